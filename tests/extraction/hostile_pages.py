"""Pages made to cost a reader minutes or gigabytes, most with one short article in them.

The tests and ``benchmarks/hostile.py`` ask the same pages.
"""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Mapping

HEADLINE = "Harbour council keeps the old ferry"
SENTENCE = "The council voted on Tuesday to keep the old ferry, and nobody in the hall objected to it."
_PARAGRAPH = (
    f"{SENTENCE} Its master said that he would paint the hull himself before the first guests arrive "
    "in spring, and that the bell would stay where it has hung for ninety years."
)
STORY = f"<article><h1>{HEADLINE}</h1>{''.join(f'<p>{_PARAGRAPH} ({n}.)</p>' for n in range(1, 7))}</article>"


def _page(body: str, head: str = "") -> bytes:
    head = f"<head><title>{HEADLINE}</title>{head}</head>"
    return f'<!doctype html><html lang="en">{head}<body>{body}</body></html>'.encode()


def _large() -> bytes:
    teaser = (
        '<div class="teaser"><a href="/story-{0}"><h3>Story {0}</h3></a><p>Read what came of it.</p></div>'
    )
    return _page(STORY + "".join(teaser.format(number) for number in range(175_000)))


def _article_at_five_megabytes() -> bytes:
    item = '<li><a href="/place/{0}">Place {0}</a></li>'
    return _page(f"<nav><ul>{''.join(item.format(n) for n in range(115_000))}</ul></nav>{STORY}")


def _attributes() -> bytes:
    return _page(f"<div {' '.join(f'data-{n}=v{n}' for n in range(200_000))}>{STORY}</div>")


def _quoted_attributes() -> bytes:
    """Each value holds a ``>``: no pattern that ends a tag at the first one sees the whole of it."""
    attributes = " ".join(f'data-{n}="a>b"' for n in range(200_000))
    return _page(f"<div {attributes}>{STORY}</div>")


def _nested_tags() -> bytes:
    return _page(f"{'<div>' * 100_000}{STORY}{'</div>' * 100_000}")


def _nested_inline() -> bytes:
    return _page(f"{STORY}<p>{'<b><i>' * 50_000}bold{'</i></b>' * 50_000}</p>")


def _unclosed_paragraphs() -> bytes:
    return _page(STORY + "".join(f"<p>{number} hello world" for number in range(200_000)))


def _json_ld(script: str) -> bytes:
    return _page(STORY, f'<script type="application/ld+json">{script}</script>')


def _nested_lists_in_json_ld() -> bytes:
    return _json_ld("[" * 500_000 + "]" * 500_000)


def _nested_nodes_in_json_ld() -> bytes:
    depth = 50_000
    return _json_ld('{"@type":"NewsArticle","author":' * depth + "{}" + "}" * depth)


def _wide_json_ld() -> bytes:
    people = [{"@type": "Person", "@id": f"#{n}", "name": f"Person {n}"} for n in range(30_000)]
    return _json_ld(json.dumps({"@graph": [{"@type": "NewsArticle", "author": people}, *people]}))


def _nuls() -> bytes:
    return _page(STORY.replace(" ", " \0") + "\0" * 3_000_000)


def _random_bytes_after_the_story() -> bytes:
    return _page(STORY) + random.Random(1).randbytes(5_000_000)


def _random_bytes() -> bytes:
    return b"<html><body>" + random.Random(2).randbytes(2_000_000)


def _tables() -> bytes:
    row = f"<tr>{'<td>12.5</td>' * 20}</tr>"
    return _page(STORY + f"<table>{row * 400}</table>" * 40)


def _nested_tables() -> bytes:
    return _page(STORY + "<table><tr><td>cell" * 30_000)


def _long_attribute_values() -> bytes:
    return _page(STORY + f'<div data-state="{"x" * 1_000_000}">more</div>' * 5)


def _long_class() -> bytes:
    return _page(f'<div class="{"col " * 250_000}" id="{"x" * 1_000_000}">{STORY}</div>')


def _comments() -> bytes:
    return _page(STORY + "<!---->" * 1_000_000)


def _open_comment() -> bytes:
    return _page(f"{STORY}<!-- {'- <p>' * 500_000}")


def _long_paragraph() -> bytes:
    return _page(f"{STORY}<p>{'and so on, ' * 100_000}</p>")


def _long_word() -> bytes:
    return _page(f"{STORY}<p>{'x' * 1_000_000}</p>")


def _blanks() -> bytes:
    return _page(f"{STORY}<p>{' ' * 1_000_000}</p>")


def _entities() -> bytes:
    return _page(f"{STORY}<p>{'&amp;' * 200_000}</p>")


def _links() -> bytes:
    return _page(STORY + "".join(f'<a href="/{n}">Story {n}</a> ' for n in range(150_000)))


def _metas() -> bytes:
    return _page(STORY, "".join(f'<meta name="author" content="Person {n}">' for n in range(60_000)))


def _times() -> bytes:
    stamp = (
        '<time datetime="2024-11-02T10:0{0}:00Z">2 November 2024</time><span itemprop="author">A. B.</span>'
    )
    return _page(STORY + "".join(stamp.format(n % 10) for n in range(40_000)))


def _open_tags() -> bytes:
    return _page(STORY + "<div " * 1_000_000)


def _open_quote() -> bytes:
    return _page(f'{STORY}<div title="{"<p>never closed " * 200_000}')


def _line_breaks() -> bytes:
    return _page(STORY + "line<br>" * 500_000)


def _long_fields() -> bytes:
    """Every field that a head states, 200 kB long."""
    long = "by and 1/2/24 | - " * 12_000
    stated = {"@type": "NewsArticle", "headline": long, "datePublished": "2024-" * 40_000, "author": long}
    metas = "".join(
        f'<meta property="{name}" content="{long}">'
        for name in (
            "og:title",
            "og:site_name",
            "author",
            "article:published_time",
            "keywords",
            "description",
        )
    )
    script = f'<script type="application/ld+json">{json.dumps(stated)}</script>'
    return _page(STORY, f"<title>{long}</title>{metas}{script}")


def _long_visible_fields() -> bytes:
    long = "By Ann and Bob, 1/2/24, 10:00:00, 2 hours ago | " * 4_000
    shown = "".join(
        f'<p class="byline">{long}</p><time datetime="{"2024-11-" * 20_000}">{long}</time>' for _ in range(2)
    )
    return _page(f'<h1 class="title">{long}</h1>{shown}{STORY}')


def _markup_in_json_ld() -> bytes:
    body = "<p>" * 200_000 + "&lt;" * 200_000
    return _json_ld(json.dumps({"@type": "NewsArticle", "articleBody": body}))


def _closing_tags() -> bytes:
    return _page(STORY + "</p></div></b>" * 350_000)


def _unclosed_inline() -> bytes:
    return _page(STORY + "<a href=x><b>word " * 200_000)


def _short_paragraphs() -> bytes:
    return _page(STORY + "<div><p>one two three four</p></div>" * 100_000)


def _plain_lines() -> bytes:
    return f"{HEADLINE}\n\n{_PARAGRAPH}\n\n{_PARAGRAPH}\n\n".encode() + b"a short line of text\n" * 250_000


# Pages in which the article must be found.
WITH_ARTICLE: Mapping[str, Callable[[], bytes]] = {
    "20 MB": _large,
    "article at 5 MB": _article_at_five_megabytes,
    "200,000 attributes": _attributes,
    "200,000 attributes that hold >": _quoted_attributes,
    "100,000 nested tags": _nested_tags,
    "100,000 nested inline tags": _nested_inline,
    "200,000 unclosed paragraphs": _unclosed_paragraphs,
    "JSON-LD, 500,000 lists deep": _nested_lists_in_json_ld,
    "JSON-LD, 50,000 nodes deep": _nested_nodes_in_json_ld,
    "JSON-LD, 30,000 authors": _wide_json_ld,
    "NULs": _nuls,
    "random bytes after the story": _random_bytes_after_the_story,
    "40 huge tables": _tables,
    "30,000 nested tables": _nested_tables,
    "1 MB attribute values": _long_attribute_values,
    "1 MB class around the story": _long_class,
    "1,000,000 comments": _comments,
    "a comment that never ends": _open_comment,
    "1 MB paragraph": _long_paragraph,
    "1 MB word": _long_word,
    "1 MB of blanks": _blanks,
    "200,000 entities": _entities,
    "150,000 links": _links,
    "60,000 meta tags": _metas,
    "40,000 times and bylines": _times,
    "1,000,000 open tags": _open_tags,
    "a quote that never ends": _open_quote,
    "500,000 line breaks": _line_breaks,
    "fields of 200 kB in the head": _long_fields,
    "fields of 200 kB on the page": _long_visible_fields,
    "markup in JSON-LD": _markup_in_json_ld,
    "1,000,000 closing tags": _closing_tags,
    "200,000 unclosed links": _unclosed_inline,
    "100,000 short paragraphs": _short_paragraphs,
    "250,000 lines of plain text": _plain_lines,
}
# Pages that hold none: an answer of any kind will do.
WITHOUT_ARTICLE: Mapping[str, Callable[[], bytes]] = {"random bytes": _random_bytes}
