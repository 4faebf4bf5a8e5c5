"""A static site: works from a disk or any web server, and asks nothing of any other place."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from pathlib import Path

from newsarchive.export.export_format import FolderFormat, NoOptions
from newsarchive.export.export_source import ExportSource
from newsarchive.export.reading.html_parts import PAGE_STYLE, STYLE
from newsarchive.export.reading.site import search_script
from newsarchive.export.reading.site.pages import (
    ListedArticle,
    Listing,
    article_page,
    index_page,
    listing_page,
)
from newsarchive.export.reading.site.search_script import SearchFiles


def write(source: ExportSource, folder: Path, options: NoOptions) -> int:
    """Write a page an article; what is held in memory is the lists."""
    del options
    (folder / "articles").mkdir()
    search, listed = SearchFiles(folder / "search"), []
    for article in source.articles():
        _put(folder / "articles" / f"{article.id}.html", article_page(source, article))
        search.add(article)
        listed.append(ListedArticle.of(article))
    search.flush()
    listings = _listings(sorted(listed, key=lambda each: each.sort_key, reverse=True))
    for listing in listings:
        _put_listing(listing, folder)
    _put(folder / "index.html", index_page(source, listings, chunks=search.files))
    _put(folder / "style.css", STYLE + PAGE_STYLE + search_script.STYLE)
    _put(folder / "search.js", search_script.SCRIPT)
    return len(listed)


def _listings(articles: Iterable[ListedArticle]) -> list[Listing]:
    listed = list(articles)
    return [
        Listing.of(
            "by-date",
            "By date",
            _grouped(listed, lambda each: each.month, newest_first=True),
        ),
        Listing.of(
            "by-publisher",
            "By publisher",
            _grouped(listed, lambda each: each.publisher),
        ),
        Listing.of("by-section", "By section", _grouped(listed, lambda each: each.section)),
    ]


def _grouped(
    articles: Iterable[ListedArticle],
    key: Callable[[ListedArticle], str],
    *,
    newest_first: bool = False,
) -> dict[str, list[ListedArticle]]:
    groups: dict[str, list[ListedArticle]] = defaultdict(list)
    for article in articles:
        groups[key(article)].append(article)
    # What is not stated comes last, either way.
    stated = sorted((name for name in groups if not name.startswith("(")), reverse=newest_first)
    return {name: groups[name] for name in [*stated, *sorted(groups.keys() - set(stated))]}


def _put_listing(listing: Listing, folder: Path) -> None:
    (folder / listing.folder).mkdir()
    for value, articles in listing.values.items():
        _put(folder / listing.files[value], listing_page(value, articles))


def _put(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8", newline="\n")


FORMAT = FolderFormat(
    name="site",
    title="a folder of web pages with search, without a server",
    options=NoOptions,
    write=write,
)
