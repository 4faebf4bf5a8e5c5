"""Kinds of faults on strangers' pages, each by several invented neighbours."""

from __future__ import annotations

import pytest
from extract_pages import BODY, PARAGRAPH, html

from newsarchive.extraction import extract
from newsarchive.model import Article

FERRY = "Ferries to run all night from spring"
OTHER = "Weather mast to be painted red again in May"


def article(
    body: str, head: str = "", *, lang: str = "en", after: str = "", url: str | None = None
) -> Article:
    story = f"<article><h1>{FERRY}</h1>{body}{BODY}</article>{after}"
    return extract(html(story, f"<title>{FERRY}</title>{head}", lang=lang).encode(), url=url)


@pytest.mark.parametrize(
    ("language", "byline", "name"),
    [
        ("tr", "Muhabir: Ilka Marrow", "Ilka Marrow"),
        ("pl", "Tekst: Ilka Marrow", "Ilka Marrow"),
        ("fi", "Teksti: Ilka Marrow", "Ilka Marrow"),
        ("vi", "Tác giả: Lê Minh Anh", "Lê Minh Anh"),
        ("lt", "Autorė: Ilka Marrow", "Ilka Marrow"),
        ("el", "Γράφει η Ελένη Κορρέ", "Ελένη Κορρέ"),
        ("hi", "लेखक: अनिता शर्मा", "अनिता शर्मा"),
        ("th", "โดย สมชาย ใจดี", "สมชาย ใจดี"),
        ("zh", "文｜李海燕", "李海燕"),
        ("zh", "记者 李海燕", "李海燕"),
        ("ja", "文・山田花子", "山田花子"),
        ("ja", "取材・文：山田花子", "山田花子"),
        ("en", "Reported by Ilka Marrow in Port Almar", "Ilka Marrow"),
    ],
)
@pytest.mark.parametrize("mark", ["", ' class="byline"'])
def test_bylines_are_read_in_their_language(language: str, byline: str, name: str, mark: str) -> None:
    """With a mark for machines and without one, also where vowel signs are no letters to Python."""
    assert article(f"<p{mark}>{byline}</p>", lang=language).authors == (name,)


@pytest.mark.parametrize(
    "post",
    [
        "Crime and Courts Reporter",
        "Environment & Energy Editor",
        "Europe bureau chief",
        "Courier staff",
        "Political Editor, Almar Courier",
    ],
)
def test_a_post_is_no_second_author(post: str) -> None:
    """Posts hold "and", commas and houses."""
    assert article(f'<p class="byline">By Ilka Marrow, {post}</p>').authors == ("Ilka Marrow",)
    assert article("", f'<meta name="author" content="Ilka Marrow, {post}">').authors == ("Ilka Marrow",)


def test_two_names_with_posts_stay_two() -> None:
    """What follows a post is a name where it has a post of its own."""
    byline = "By Ilka Marrow, Political Editor, Tom Hale, Reporter"
    assert article(f'<p class="byline">{byline}</p>').authors == ("Ilka Marrow", "Tom Hale")


def test_commenters_are_no_authors() -> None:
    """Whatever language the box is named in."""
    comment = '<li><a rel="author" href="/u/bo">Bo Sprague</a> schreibt: <p>Sehr schön.</p></li>'
    assert article("", lang="de", after=f'<ul class="kommentare">{comment * 2}</ul>').authors == ()


@pytest.mark.parametrize(
    "box",
    ["<article>{}</article>", '<div class="story">{}</div>', "<section>{}</section>", "<hr><div>{}</div>"],
)
@pytest.mark.parametrize("rank", ["h1", "h2"])
def test_the_next_story_is_no_part_of_the_text(box: str, rank: str) -> None:
    """Pages that go on without end put the next story below, its headline a link."""
    paragraph = "The weather mast will be red again, the board said: nobody liked the white of last year. "
    story = f'<{rank}><a href="/port/mast.html">{OTHER}</a></{rank}><p>{paragraph * 2}</p><p>{paragraph}</p>'
    found = article("", after=box.format(story), url="https://courier.example/port/ferries.html")
    assert found.headline == FERRY
    assert "weather mast" not in found.text
    assert found.text.endswith(PARAGRAPH.strip())


def test_a_list_of_linked_things_is_the_article() -> None:
    """Reviews give each book a box with a linked heading."""
    lines = (
        "A keeper counts the waves for forty years, and nobody asks him why until the last page of all.",
        "Two sisters inherit a barge, quarrel about its name, and find in its hold a map of another river.",
        "The recipes are plain, the photographs better, and the chapter on eels alone is worth the price.",
        "Nothing happens in this novel, and it happens so beautifully that one reads it twice, one said.",
        "Poems about rope, from the poet who mended nets before she wrote, and who still does in winter.",
    )
    book = '<div class="book"><h2><a href="/shop/{0}">The tide, volume {0}</a></h2><p>{1}</p></div>'
    books = "".join(book.format(number, line) for number, line in enumerate(lines))
    page = html(f"<main><div><h1>{FERRY}</h1><p>{PARAGRAPH}</p></div>{books}</main>")
    assert [line for line in lines if line not in extract(page.encode()).text] == []


@pytest.mark.parametrize(
    "name",
    [
        "DC.date.published", "dc.created", "creationdate", "Date.Created", "issue_date", "article-date",
        "post-date", "createDate", "citation_date", "publish_datetime",
    ],
)  # fmt: skip
def test_meta_tags_of_publication_are_told_by_the_words_of_their_names(name: str) -> None:
    """No list of names is ever complete."""
    found = article("", f'<meta name="{name}" content="2020-03-03T10:00:00Z">')
    assert str(found.date_published)[:10] == "2020-03-03"


@pytest.mark.parametrize(
    "name", ["expiration-date", "event_date", "birthdate", "candidate-at", "update_date", "validate"]
)
def test_meta_tags_of_other_days_are_not_taken(name: str) -> None:
    """A day that is another thing's is worse than none."""
    assert article("", f'<meta name="{name}" content="2020-03-03">').date_published is None


def test_a_label_in_the_box_before_names_a_date() -> None:
    """Templates wrap label and date in boxes of their own."""
    dated = "<div>{}:</div><div><span><time datetime='2020-03-0{}T08:00'>{}. März 2020</time></span></div>"
    body = dated.format("Aktualisiert", 4, 4) + dated.format("Veröffentlicht", 1, 1)
    assert str(article(f'<div class="dates">{body}</div>', lang="de").date_published)[:10] == "2020-03-01"


@pytest.mark.parametrize("title", ["Sin título", "Sans titre", "Без названия", "Menu"])
def test_what_a_program_wrote_is_no_headline(title: str) -> None:
    """The first heading that says something is."""
    page = html(f"<h1>Main menu</h1><article><h2>{FERRY}</h2>{BODY}</article>", f"<title>{title}</title>")
    assert extract(page.encode()).headline == FERRY


def test_a_stray_quote_of_windows_is_read() -> None:
    """One byte of windows-1252 between ASCII letters of a UTF-8 page is a quote or a dash."""
    page = html(f"<p>Zur Brücke: die \x00Fähre\x01 fährt, the keeper\x02s boat.</p>{BODY}").encode()
    mixed = page.replace(b"\0", b"\x93").replace(b"\1", b"\x94").replace(b"\2", b"\x92")
    text = extract(mixed).text
    assert "keeper’s boat" in text
    assert "Brücke" in text
