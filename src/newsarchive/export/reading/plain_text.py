"""Plain text: one article after the other, each with what is known of it above its text."""

from __future__ import annotations

from typing import BinaryIO

from newsarchive.export.clean_text import encodable, one_line, paragraphs
from newsarchive.export.export_format import FileFormat, NoOptions
from newsarchive.export.export_source import ExportSource
from newsarchive.model import Article

_RULE = "=" * 72


def write(source: ExportSource, stream: BinaryIO, options: NoOptions) -> int:
    """Write articles with a rule between them."""
    del options
    count = 0
    for article in source.articles():
        rule = f"\n{_RULE}\n\n" if count else ""
        stream.write(encodable(rule + "\n".join(_lines(article)) + "\n").encode())
        count += 1
    return count


def _lines(article: Article) -> list[str]:
    guess = " (a guess)" if article.date_is_guess else ""
    date = f"{article.date_published}{guess}" if article.date_published else ""
    about = [", ".join(article.authors), article.publisher, article.section, date, article.url]
    head = [one_line(article.headline) or "(no headline)", *filter(None, map(one_line, about))]
    body = [one_line(article.description), *map(one_line, paragraphs(article.text))]
    return [*head, *(line for each in body if each for line in ("", each))]


FORMAT = FileFormat(
    name="text",
    title="plain text, one article after the other",
    suffix=".txt",
    media_type="text/plain; charset=utf-8",
    is_text=True,
    options=NoOptions,
    write=write,
)
