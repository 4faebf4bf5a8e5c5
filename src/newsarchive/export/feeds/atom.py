"""Atom of a search. Source: RFC 4287; ``dc:date`` says what is known of a date where no instant is."""

from __future__ import annotations

from typing import BinaryIO

from newsarchive.base.dates import utc_text
from newsarchive.export.clean_text import paragraphs_html, xml
from newsarchive.export.export_format import FileFormat, NoOptions
from newsarchive.export.export_source import ExportSource
from newsarchive.export.feeds.feed_items import feed_id, feed_title, item_id, item_title, link, updated
from newsarchive.model import Article

_HEAD = """<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xmlns:dc="http://purl.org/dc/elements/1.1/">
<id>{id}</id>
<title>{title}</title>
<updated>{updated}</updated>
<author><name>{archive}</name></author>
<generator version="{version}">newsarchive</generator>
"""


def write(source: ExportSource, stream: BinaryIO, options: NoOptions) -> int:
    """Write an entry an article."""
    del options
    head = _HEAD.format(
        id=feed_id(source),
        title=xml(feed_title(source)),
        updated=utc_text(source.search.exported_at),
        archive=xml(source.search.archive),
        version=source.search.version,
    )
    stream.write(head.encode())
    count = 0
    for article in source.articles():
        stream.write("".join(_entry(source, article)).encode())
        count += 1
    stream.write(b"</feed>\n")
    return count


def _entry(source: ExportSource, article: Article) -> list[str]:
    published, address = article.date_published, link(article)
    moment = None if published is None else published.moment
    language = f' xml:lang="{xml(article.language)}"' if article.language else ""
    summary = article.description
    return [
        f"<entry{language}>\n<id>{item_id(source, article)}</id>\n",
        f"<title>{xml(item_title(article))}</title>\n",
        f"<updated>{updated(source, article).isoformat()}</updated>\n",
        f"<published>{moment.isoformat()}</published>\n" if moment else "",
        f"<dc:date>{published}</dc:date>\n" if published else "",
        f'<link rel="alternate" href="{xml(address)}"/>\n' if address else "",
        *(f"<author><name>{xml(name)}</name></author>\n" for name in article.authors),
        f"<dc:publisher>{xml(article.publisher)}</dc:publisher>\n" if article.publisher else "",
        *(f'<category term="{xml(word)}"/>\n' for word in article.keywords),
        f"<summary>{xml(summary)}</summary>\n" if summary else "",
        f'<content type="html">{xml(paragraphs_html(article.text))}</content>\n</entry>\n',
    ]


FORMAT = FileFormat(
    name="atom",
    title="Atom, for feed readers",
    suffix=".atom",
    media_type="application/atom+xml",
    is_text=True,
    options=NoOptions,
    write=write,
)
