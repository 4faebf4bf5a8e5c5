"""What all feeds say of a search and of an article."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID, uuid5

from newsarchive.export.clean_text import one_line
from newsarchive.export.export_source import ExportSource
from newsarchive.model import Article


def feed_title(source: ExportSource) -> str:
    """The title of the feed of a search."""
    return one_line(f"{source.search.query or 'All articles'} ({source.search.archive})")


def feed_id(source: ExportSource) -> str:
    """The same for the same search of the same archive."""
    name = source.search.query.encode("utf-8", "replace").decode()
    return f"urn:uuid:{uuid5(UUID(source.search.uuid), f'search:{name}')}"


def item_id(source: ExportSource, article: Article) -> str:
    """The same for the same article, whatever becomes of its address."""
    return f"urn:uuid:{uuid5(UUID(source.search.uuid), f'article:{article.id}')}"


def item_title(article: Article) -> str:
    """A headline on one line; readers show nothing to click where there is none."""
    return one_line(article.headline) or "(no headline)"


def link(article: Article) -> str | None:
    """The address of an article, if it is one that a reader may open."""
    url = one_line(article.url)
    return url if url.startswith(("http://", "https://")) and " " not in url else None


def updated(source: ExportSource, article: Article) -> datetime:
    """When an article was last changed; where its page names no instant, when it was last captured."""
    for stated in (article.date_modified, article.date_published):
        if stated is not None and stated.moment is not None:
            return stated.moment
    captures = source.captures(article.id or 0)
    return captures[-1].captured_at if captures else source.search.exported_at
