"""RSS 2.0 of a search.

A ``pubDate`` is an instant, so it stands only where a page names one; ``dc:date``
says what is known, a month as a month.
Source: RSS Advisory Board, RSS 2.0.11; W3C-DTF.
"""

from __future__ import annotations

from email.utils import format_datetime
from typing import BinaryIO

from newsarchive.export.clean_text import paragraphs_html, xml
from newsarchive.export.export_format import FileFormat, NoOptions
from newsarchive.export.export_source import ExportSource
from newsarchive.export.feeds.feed_items import feed_title, item_id, item_title, link
from newsarchive.model import Article

_HEAD = """<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" \
xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel>
<title>{title}</title>
<link>urn:uuid:{uuid}</link>
<description>{total} articles that match in the archive {archive}</description>
<lastBuildDate>{built}</lastBuildDate>
<generator>newsarchive {version}</generator>
"""


def write(source: ExportSource, stream: BinaryIO, options: NoOptions) -> int:
    """Write an item an article."""
    del options
    search = source.search
    head = _HEAD.format(
        title=xml(feed_title(source)),
        uuid=search.uuid,
        total=search.total,
        archive=xml(search.archive),
        built=format_datetime(search.exported_at),
        version=search.version,
    )
    stream.write(head.encode())
    count = 0
    for article in source.articles():
        stream.write("".join(_item(source, article)).encode())
        count += 1
    stream.write(b"</channel>\n</rss>\n")
    return count


def _item(source: ExportSource, article: Article) -> list[str]:
    published = article.date_published
    address = link(article)
    moment = None if published is None else published.moment
    return [
        f"<item>\n<title>{xml(item_title(article))}</title>\n",
        f"<link>{xml(address)}</link>\n" if address else "",
        f'<guid isPermaLink="false">{item_id(source, article)}</guid>\n',
        f"<pubDate>{format_datetime(moment)}</pubDate>\n" if moment else "",
        f"<dc:date>{published}</dc:date>\n" if published else "",
        *(f"<dc:creator>{xml(name)}</dc:creator>\n" for name in article.authors),
        f"<dc:publisher>{xml(article.publisher)}</dc:publisher>\n" if article.publisher else "",
        f"<dc:language>{xml(article.language)}</dc:language>\n" if article.language else "",
        *(f"<category>{xml(word)}</category>\n" for word in article.keywords),
        f"<description>{xml(article.description)}</description>\n" if article.description else "",
        f"<content:encoded>{xml(paragraphs_html(article.text))}</content:encoded>\n</item>\n",
    ]


FORMAT = FileFormat(
    name="rss",
    title="RSS, for feed readers",
    suffix=".rss",
    media_type="application/rss+xml",
    is_text=True,
    options=NoOptions,
    write=write,
)
