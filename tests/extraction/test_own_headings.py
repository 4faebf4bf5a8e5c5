"""Headings that are links: mastheads and following stories beside the page's own headline."""

from __future__ import annotations

import pytest
from extract_pages import BODY, html

from newsarchive.extraction import extract

FERRY = "Ferries to run all night from spring"
ADDRESS = "https://harbour-post.example/town/2019/ferries.html"


def headline(body: str, head: str = "", *, url: str | None = ADDRESS) -> str | None:
    return extract(html(body + BODY, head).encode(), url=url).headline


@pytest.mark.parametrize(
    "link",
    ['href="/"', 'href="https://harbour-post.example/"', 'href="/town/"', 'href="/start" rel="home"'],
)
def test_a_heading_that_leads_to_the_front_page_is_the_masthead(link: str) -> None:
    """Blogs set their own name in an h1 and the story's in an h2, or in the title alone."""
    body = f"<h1><a {link}>Notes from a quiet shore</a></h1><h2>{FERRY}</h2>"
    head = f'<title>{FERRY} | Notes from a quiet shore</title><meta property="og:title" content="{FERRY}">'
    assert headline(body, head) == FERRY


def test_a_masthead_names_the_site_in_the_title() -> None:
    """The whole end of a title is dropped, though it has a hyphen of its own."""
    body = f'<h1><a href="/">Piers - A diary of ports</a></h1><div>{FERRY}</div>'
    assert headline(body, f"<title>{FERRY} - Piers - A diary of ports</title>") == FERRY


def test_a_heading_that_leads_to_another_story_is_not_this_one_s() -> None:
    """Pages that load the next story below have its headline as a link."""
    following = '<h1><a href="/town/2019/bridge.html">Swing bridge to close for eleven weeks in May</a></h1>'
    assert headline(f"<h1>{FERRY}</h1>{following}") == FERRY
    assert headline(f"{following}<h1>{FERRY}</h1>", "<title>Night boats are coming</title>") == FERRY


@pytest.mark.parametrize(
    "link", ["ferries.html", ADDRESS, "#top", "https://www.harbour-post.example/town/2019/ferries.html?x=1"]
)
def test_a_heading_that_leads_to_its_own_page_is_the_headline(link: str) -> None:
    """A headline is often its own lasting address."""
    assert headline(f'<h1><a href="{link}">{FERRY}</a></h1>', "<title>Night boats</title>") == FERRY


def test_a_link_within_a_heading_says_nothing_of_it() -> None:
    """A headline may name its section with a link."""
    body = f'<h1><a href="/">Town:</a> {FERRY}</h1>'
    assert headline(body) == f"Town: {FERRY}"


def test_a_heading_that_is_the_only_one_stays_though_its_link_is_strange() -> None:
    """Saved pages have addresses of other hosts."""
    assert headline(f'<h1><a href="https://mirror.example/9">{FERRY}</a></h1>') == FERRY


def test_quotes_of_the_heading_are_kept() -> None:
    """Titles for search engines leave them out."""
    body = "<h1>Council calls ferry 'a floating danger'</h1>"
    head = "<title>Council calls ferry a floating danger</title>"
    assert headline(body, head) == "Council calls ferry 'a floating danger'"


def test_a_blog_s_own_headline_is_no_section() -> None:
    """It is a link to the story's lasting address, and the end of the title."""
    body = f'<h2><a rel="bookmark" href="{ADDRESS}">Night boats</a></h2>'
    assert headline(body, "<title>Archive of posts » Night boats</title>") != "Archive of posts"


def test_meta_tags_that_say_value_for_content_are_read() -> None:
    """Templates of single-page applications write the attribute so."""
    head = (
        f'<meta name="og:title" value="{FERRY}"><meta name="article:published_time" '
        'value="2019-03-08T13:00:00.000Z"><meta name="author" value="Jane Doe">'
    )
    article = extract(html(BODY, head).encode())
    assert (article.headline, str(article.date_published)[:10]) == (FERRY, "2019-03-08")
    assert article.authors == ("Jane Doe",)
