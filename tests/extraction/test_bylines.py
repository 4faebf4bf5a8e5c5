"""Visible bylines: whose they are, and which of their words are names."""

from __future__ import annotations

import pytest
from extract_pages import BODY, html

from newsarchive.extraction import extract
from newsarchive.extraction.words.person_names import clean

HEADLINE = "<h1>Ferry stays on the harbour route</h1>"
OWN = '<p>By <a rel="author" href="/a/mv">Mara Venn</a></p>'


def authors(body: str, *, lang: str = "en") -> tuple[str, ...]:
    head = "<title>Ferry stays on the harbour route</title>"
    return extract(html(body, head, lang=lang).encode()).authors


@pytest.mark.parametrize(
    "byline",
    [
        '<div class="byline"><span class="author">By Mara Venn</span><span>July 10, 2015</span></div>',
        '<div class="byline"><span>Mara Venn</span><span>River correspondent</span><i>10 July</i></div>',
        '<p class="author"><b>Mara Venn</b><br>River correspondent<br>10 July 2015</p>',
        '<p class="author"><a href="/authors/1">Mara Venn</a><br><span>Head of Growth</span></p>',
        '<div class="byline"><a href="/authors/1">Mara Venn</a> / PAN / <span>Updated: Oct 9</span></div>',
        '<div class="byline"><div>By <span>Mara Venn</span></div><div>Port Almar Post</div></div>',
        '<div class="byline"><span class="by__name">Mara Venn</span><span>CEO</span></div>',
        '<p class="byline">By Mara Venn, Transport Correspondent</p>',
        '<p class="byline">By Mara Venn (Content Manager)</p>',
        '<p class="byline">By Mara Venn. Reviewed by Olaf Brandt</p>',
        '<p class="byline">By Mara Venn December 4, 2016</p>',
        '<p class="byline">Mara Venn Last updated May 4, 2016</p>',
        '<div class="bildautor">Bild: Olaf Brandt</div><p class="byline">By Mara Venn</p>',
    ],
)
def test_posts_places_and_days_are_no_part_of_a_name(byline: str) -> None:
    """They stand in the same box, often without a space between the elements."""
    assert authors(f"<article>{HEADLINE}{byline}{BODY}</article>") == ("Mara Venn",)


@pytest.mark.parametrize(
    ("byline", "names"),
    [
        (
            "By Mara Venn, Transport Reporter and Olaf Brandt, Crime Editor",
            ("Mara Venn", "Olaf Brandt"),
        ),
        ("By MARA VENN and OLAF BRANDT", ("Mara Venn", "Olaf Brandt")),
        ("Par ÉLÉONORE D’AUBIN-LEVÈVRE", ("Éléonore D’Aubin-Levèvre",)),
        ("Mara Venn, River Reporter, and Olaf Brandt, Town Hall Editor", ("Mara Venn", "Olaf Brandt")),
        ("Center for River Study and Research", ("Center for River Study and Research",)),
    ],
)
def test_several_names_are_parted_and_their_posts_dropped(byline: str, names: tuple[str, ...]) -> None:
    """A post is written like a name, with capitals."""
    assert clean([byline]) == names


def test_names_of_one_box_in_elements_of_their_own_are_all_authors() -> None:
    """A box holds an element for each author, or one for the first and a text for the second."""
    cards = '<i><a href="/author/1">Mara Venn</a></i><i><a href="/author/2">Olaf Brandt</a></i>'
    both = ("Mara Venn", "Olaf Brandt")
    assert authors(f'<article>{HEADLINE}<div class="byline">{cards}</div>{BODY}</article>') == both
    mixed = 'By <a href="/author/1">Mara Venn</a> and Olaf Brandt'
    assert authors(f'<article>{HEADLINE}<div class="byline">{mixed}</div>{BODY}</article>') == both


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (
            "".join(
                f'<ul><li><a href="/{n}">Another story, number {n}</a> <a rel="author" href="/a/{n}">'
                f"Olaf Brandt{n * 'a'}</a></li><li><a href='/x'>One more story of the day</a></li></ul>"
                for n in (1, 2)
            ),
            "",
        ),
        (
            "",
            '<aside class="sidebar"><p><a href="/1">Top</a> by <a rel="author">Olaf Brandt</a></p></aside>',
        ),
        ("", '<ol class="commentlist"><li><a rel="author nofollow">Olaf Brandt</a>: I agree.</li></ol>'),
        (
            "",
            f'<article><h1>Museum buys it</h1><p>By <a rel="author">Olaf Brandt</a></p>{BODY}</article>',
        ),
    ],
    ids=["river of links", "sidebar", "comments", "next story"],
)
def test_bylines_of_other_stories_and_of_comments_are_theirs(before: str, after: str) -> None:
    """They bear the same marks as the article's own."""
    assert authors(f"{before}<article>{HEADLINE}{OWN}{BODY}</article>{after}") == ("Mara Venn",)


@pytest.mark.parametrize(
    ("lang", "byline", "name"),
    [
        ("id", "Oleh: Ratna Wibowo", "Ratna Wibowo"),
        ("he", "מאת: נעמה לוין", "נעמה לוין"),
        ("tr", "Haber: Selin Aydın", "Selin Aydın"),
        ("hu", "Írta: Kovács Anna", "Kovács Anna"),
        ("fr", "De Marie Dupont", "Marie Dupont"),
        ("it", "Da Maria Rossi", "Maria Rossi"),
        ("de", "von Marie Schmitt", "Marie Schmitt"),
        ("el", "Της Μαρίας Παππά", "Μαρίας Παππά"),
        ("zh", "2022-09-06 11:21 来源：港口报 作者：林远 责编：陈安", "林远"),
        ("ru", "Автор: Прохор Заречный", "Прохор Заречный"),
    ],
)
def test_bylines_are_told_by_their_word_in_many_languages(lang: str, byline: str, name: str) -> None:
    """Where no mark says "byline", its first word does."""
    assert authors(f"<article>{HEADLINE}<p>{byline}</p>{BODY}</article>", lang=lang) == (name,)
