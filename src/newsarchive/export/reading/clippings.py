"""A clippings book: all articles on one page of HTML, with contents, to read, print and hand on."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

from newsarchive.export.clean_text import one_line, xml
from newsarchive.export.export_format import FileFormat, NoOptions
from newsarchive.export.export_source import ExportSource
from newsarchive.export.reading.html_parts import (
    PAGE_STYLE,
    STYLE,
    article_html,
    date_html,
    method,
    page_head,
)


def write(source: ExportSource, stream: BinaryIO, options: NoOptions) -> int:
    """Write the contents, then the articles; both as they come, in two passes."""
    del options
    stream.writelines(part.encode() for part in _beginning(source))
    count = 0
    for article in source.articles():
        stream.write(article_html(source, article).encode())
        count += 1
    stream.write(b"</main>\n</body>\n</html>\n")
    return count


def clippings_html(source: ExportSource) -> tuple[str, int]:
    """The whole page, and how many articles are on it."""
    articles = [article_html(source, article) for article in source.articles()]
    return "".join([*_beginning(source), *articles, "</main>\n</body>\n</html>\n"]), len(articles)


def _beginning(source: ExportSource) -> Iterator[str]:
    title = one_line(source.search.query) or "All articles"
    yield page_head(title, style=f"<style>{STYLE}{PAGE_STYLE}</style>\n")
    yield f'<header>\n<h1 dir="auto">{xml(title)}</h1>\n<p class="method">{method(source)}</p>\n</header>\n'
    yield '<nav aria-label="Contents">\n<ol class="list">\n'
    for article in source.articles():
        headline = xml(one_line(article.headline) or "(no headline)")
        publisher = f" · {xml(one_line(article.publisher))}" if article.publisher else ""
        yield (
            f'<li><a href="#a{article.id}" dir="auto">{headline}</a><br/>'
            f'<span class="about">{date_html(article)}{publisher}</span></li>\n'
        )
    yield "</ol>\n</nav>\n<main>\n"


FORMAT = FileFormat(
    name="clippings",
    title="a clippings book: one page of HTML to read and print",
    suffix=".html",
    media_type="text/html; charset=utf-8",
    is_text=True,
    options=NoOptions,
    write=write,
)
