"""A page names many stories in JSON-LD, microdata and links; its fields come from its own."""

from __future__ import annotations

import json
from typing import Any

import pytest
from extract_pages import BODY, html, ld
from hypothesis import given
from hypothesis import strategies as st

from newsarchive.base.sites import site_of
from newsarchive.extraction import extract
from newsarchive.extraction.page.structured.broken_json import mended
from newsarchive.extraction.page.structured.json_ld import parse

OWN = {
    "@type": "NewsArticle",
    "headline": "Ferry stays on the harbour route",
    "url": "https://post.example/port/ferry-stays-on-route",
    "datePublished": "2023-01-12T10:00:00+01:00",
    "author": {"@type": "Person", "name": "Mara Venn"},
}
OTHER = {
    "@type": "NewsArticle",
    "headline": "Museum buys a crane",
    "url": "https://post.example/port/museum-buys-crane-for-one",
    "datePublished": "2011-05-10",
    "author": {"@type": "Person", "name": "Olaf Brandt"},
}
ARTICLE = f"<article><h1>{OWN['headline']}</h1>{BODY}</article>"


def read(body: str = ARTICLE, head: str = "", **about: Any) -> Any:
    return extract(html(body, head).encode(), **about)


@pytest.mark.parametrize("known", ["address", "headline"])
def test_fields_come_from_the_story_that_is_the_page_s_own(known: str) -> None:
    """Sites list what else they have in the same script, often before the page's own story."""
    dropped = {"address": "headline", "headline": "url"}[known]
    nodes = [{name: value for name, value in node.items() if name != dropped} for node in (OTHER, OWN)]
    found = read(head=ld(*nodes), url=OWN["url"] if known == "address" else None)
    assert found.authors == ("Mara Venn",)
    assert str(found.date_published) == OWN["datePublished"]


def test_a_lone_story_of_other_words_is_the_page_s_own() -> None:
    """Publishers reword headlines for search engines."""
    found = read(head=ld({**OTHER, "url": None, "headline": "Boat goes nowhere"}))
    assert found.authors == ("Olaf Brandt",)


@pytest.mark.parametrize(
    "fault",
    [
        lambda text: text.replace("{", "/* by the desk */ {", 1),
        lambda text: text.replace("}", ",}"),
        lambda text: text.replace("Ferry stays", 'The "ferry" stays'),
        lambda text: text + text.replace("Mara", "Nora"),
        lambda text: text[:-4],
        lambda text: text.replace('"@type"', "@type").replace(",", ",,"),
        lambda text: text.replace("stays", "st\\ays"),
    ],
)
def test_faults_in_several_places_are_mended_where_they_stand(fault: Any) -> None:
    """Each is common, and a script with two of them would otherwise say nothing at all."""
    broken = fault(fault(json.dumps({**OWN, "description": "He said"}).replace("He said", 'He "said" so')))
    (first, *_) = parse(broken)
    assert isinstance(first, dict)
    assert first["author"]["name"] in ("Mara Venn", "Nora Venn")
    assert first["datePublished"] == OWN["datePublished"]


any_json = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)


@given(st.dictionaries(st.text(st.characters(categories=["L"]), min_size=1), st.integers(), max_size=4))
def test_mending_leaves_what_is_whole(value: object) -> None:
    """A repair that changed right values would be worse than none."""
    assert list(mended(json.dumps(value))) == [value]


@given(any_json, st.data())
def test_no_script_makes_mending_raise(value: object, data: Any) -> None:
    """Scripts are strangers' text, cut anywhere."""
    text = json.dumps(value, ensure_ascii=False)
    cut = data.draw(st.integers(0, len(text)))
    list(mended(text[:cut] + data.draw(st.sampled_from(['"', "}", ",", "/*", "\\", ""])) + text[cut:]))


def test_lists_and_references_by_a_bare_address_are_followed() -> None:
    """JSON-LD may wrap a list in @list, and refer to a node by its @id alone."""
    wrapped = {**OWN, "author": {"@list": ["https://post.example/#mara", {"@value": "Olaf Brandt"}]}}
    person = {"@type": "Person", "@id": "https://post.example/#mara", "name": "Mara Venn"}
    assert read(head=ld(wrapped, person)).authors == ("Mara Venn", "Olaf Brandt")


def test_properties_belong_to_the_item_that_they_stand_in() -> None:
    """Teasers, comments and cited works on a page have authors and days of their own."""
    item = 'itemscope itemtype="https://schema.org/{}"'.format
    teaser = (
        f'<li {item("Article")}><a itemprop="headline">Museum buys a crane</a>'
        '<span itemprop="author">Olaf Brandt</span><meta itemprop="datePublished" content="2011-05-10"></li>'
    )
    comment = (
        f'<div itemprop="comment" {item("Comment")}><span itemprop="author">tern88</span>'
        '<time itemprop="datePublished" datetime="2024-02-02">2 Feb</time></div>'
    )
    own = '<p>By <b itemprop="author">Mara Venn</b><meta itemprop="datePublished" content="2023-01-12"></p>'
    found = read(
        f'<article {item("NewsArticle")}><ul>{teaser}</ul><h1 itemprop="headline">{OWN["headline"]}</h1>'
        f"{BODY}{comment}{own}</article>"
    )
    assert found.authors == ("Mara Venn",)
    assert str(found.date_published) == "2023-01-12"


@pytest.mark.parametrize(
    ("head", "address"),
    [
        ('<link rel="canonical" href="//post.example/port/ferry-stays-on-route">', OWN["url"]),
        ('<link rel="canonical" href="https://https://post.example/port/ferry-stays-on-route">', OWN["url"]),
        (
            '<base href="https://post.example/port/"><meta property="og:url" content="ferry-stays-on-route">',
            OWN["url"],
        ),
        ('<link rel="canonical" href="https://post.example/">', None),
    ],
)
def test_written_amiss_an_address_still_names_the_page(head: str, address: str | None) -> None:
    """Templates leave out the scheme or write it twice, and saved pages have only a base."""
    teaser = '<div><link rel="canonical" href="https://post.example/port/museum-buys-crane-for-one"></div>'
    assert read(ARTICLE + teaser, head).url == address


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("https://www.post.example.co.uk/1", "https://amp.post.example.co.uk/1", False),
        ("https://mara.blogspot.com/1", "https://olaf.blogspot.com/1", False),
        ("https://mara.github.io/1", "https://olaf.github.io/1", False),
        ("https://mara.wordpress.com/1", "https://olaf.wordpress.com/1", False),
        ("https://www.post.com/1", "https://amp.post.com/1", True),
        ("https://news.bbc.co.uk/1", "https://www.bbc.co.uk/1", True),
        ("https://1.2.3.4/1", "https://9.2.3.4/1", False),
    ],
)
def test_customers_of_one_host_are_sites_of_their_own(one: str, other: str, same: bool) -> None:
    """A canonical link to another blog of the host would make two articles one."""
    assert (site_of(one) == site_of(other)) is (same or "post.example.co.uk" in one)
