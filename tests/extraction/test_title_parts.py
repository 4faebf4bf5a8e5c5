"""Headlines of pages whose title holds more than the headline, and which have no h1 that says it."""

from __future__ import annotations

import pytest
from extract_pages import BODY, html

from newsarchive.extraction import extract

NAV = '<nav><a href="/">Home</a> <a href="/town">Town</a></nav>'
SITE = '<meta property="og:site_name" content="Harbour Post">'
FERRY = "Ferries to run all night"


def headline(body: str, head: str) -> str | None:
    return extract(html(NAV + body + BODY, head).encode()).headline


@pytest.mark.parametrize(
    ("head", "body"),
    [
        (f"{SITE}<title>{FERRY} | Town | Harbour Post</title>", ""),
        (f"{SITE}<title>Harbour Post » Town » {FERRY}</title>", f"<h2>{FERRY}</h2>"),
        (f"<title>Harbour Post: {FERRY}</title>", f"<font size='5'><b>{FERRY}</b></font>"),
        (f"<title>{FERRY} - wtarrow</title>", f"<h1>wtarrow</h1><h2>{FERRY}</h2>"),
        (f"<title>{FERRY} – Harbour Post</title>", f"<h1>Site navigation</h1><h2>{FERRY}</h2>"),
        ("<title>Untitled Document</title>", f"<h2>{FERRY}</h2>"),
        (
            f'<title>{FERRY} — The Harbour Post</title><meta property="og:title" '
            f'content="{FERRY} - The Harbour Post Co. All local">',
            f"<h2>{FERRY}</h2>",
        ),
    ],
)
def test_section_and_site_are_no_part_of_the_headline(head: str, body: str) -> None:
    """What the page shows as a line of its own is the headline; what it links to is a section."""
    assert headline(body, head) == FERRY


def test_a_kicker_that_is_shown_is_not_the_headline() -> None:
    """The part that another outweighs is its subject."""
    title = "River and port: Ferries to run all night from spring"
    assert headline("<div>River and port</div><div>Another text</div>", f"<title>{title}</title>") == title


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("Piers &amp;amp; piles: &amp;quot;never&amp;quot;", 'Piers & piles: "never"'),
        ("\u200fإغلاق الجسر\u200f", "إغلاق الجسر"),
    ],
)
def test_a_headline_is_free_of_what_no_reader_sees(written: str, read: str) -> None:
    """Templates escape twice, and editors leave marks of direction."""
    assert headline(f"<h1>{written}</h1>", f"<title>{written}</title>") == read
