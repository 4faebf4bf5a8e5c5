"""The pages of a static site."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from newsarchive.export.clean_text import one_line, xml
from newsarchive.export.export_source import ExportSource
from newsarchive.export.reading.file_names import slug
from newsarchive.export.reading.html_parts import (
    article_html,
    date_html,
    method,
    page_head,
)
from newsarchive.model import Article

# Files of the site alone: "self" is what a page from a web server needs, "file:" one from a disk.
_POLICY = (
    "default-src 'none'; style-src 'self' file:; script-src 'self' file:; base-uri 'none'; form-action 'none'"
)


@dataclass(frozen=True, slots=True)
class ListedArticle:
    """What lists say of an article; ``date`` is HTML, ``month`` groups by date."""

    id: int
    headline: str
    publisher: str
    section: str
    month: str
    sort_key: str
    date: str

    @classmethod
    def of(cls, article: Article) -> ListedArticle:
        """The entry of an article."""
        published = article.date_published
        return cls(
            id=article.id or 0,
            headline=one_line(article.headline) or "(no headline)",
            publisher=one_line(article.publisher) or "(not stated)",
            section=one_line(article.section) or "(not stated)",
            month=str(published)[:7] if published else "(not stated)",
            sort_key=published.sort_key if published else "",
            date=date_html(article),
        )


@dataclass(frozen=True, slots=True)
class Listing:
    """One way to look through a site: a page a value, below a folder."""

    folder: str
    title: str
    values: Mapping[str, Sequence[ListedArticle]]
    files: Mapping[str, str]

    @classmethod
    def of(cls, folder: str, title: str, values: Mapping[str, Sequence[ListedArticle]]) -> Listing:
        """A listing with a page for each value; a number tells two values of one slug apart."""
        files = {value: f"{folder}/{number}-{slug(value)}.html" for number, value in enumerate(values)}
        return cls(folder, title, values, files)


def article_page(source: ExportSource, article: Article) -> str:
    """The page of an article."""
    title = one_line(article.headline) or "(no headline)"
    back = '<nav class="screen"><a href="../index.html">All articles</a></nav>\n'
    return _page(
        title,
        f"{back}<main>\n{article_html(source, article, heading='h1')}</main>\n",
        up="../",
    )


def listing_page(title: str, articles: Iterable[ListedArticle]) -> str:
    """The page of a month, a publisher or a section."""
    items = "".join(_item(article) for article in articles)
    back = '<nav><a href="../index.html">All articles</a></nav>\n'
    return _page(
        title,
        f'{back}<h1 dir="auto">{xml(title)}</h1>\n<ul class="list">\n{items}</ul>\n',
        up="../",
    )


def index_page(source: ExportSource, listings: Iterable[Listing], *, chunks: int) -> str:
    """The first page: search, and the ways to look through."""
    title = one_line(source.search.query) or "All articles"
    parts = [f'<h1 dir="auto">{xml(title)}</h1>\n<p class="method">{method(source)}</p>\n{_SEARCH}']
    for listing in listings:
        items = "".join(_value(listing, value, found) for value, found in listing.values.items())
        opened = " open" if listing.folder == "by-date" else ""
        parts.append(
            f"<details{opened}><summary><h2>{listing.title}</h2></summary>\n"
            f'<ul class="list columns">\n{items}</ul></details>\n'
        )
    script = f'<script src="search.js" data-chunks="{chunks}"></script>\n'
    return _page(title, "".join(parts) + script, up="")


_SEARCH = """<div class="search screen" role="search">
<label for="words">Search these articles</label>
<input id="words" type="search" autocomplete="off" placeholder="all of these words">
<p id="found" class="about" role="status"></p>
<ul id="hits" class="list"></ul>
</div>
<noscript><p class="about">Search needs JavaScript; the lists below don't.</p></noscript>
"""


def _value(listing: Listing, value: str, found: Sequence[ListedArticle]) -> str:
    return (
        f'<li><a href="{xml(listing.files[value])}" dir="auto">{xml(value)}</a> '
        f'<span class="about">{len(found):,}</span></li>\n'
    )


def _item(article: ListedArticle) -> str:
    return (
        f'<li><a href="../articles/{article.id}.html" dir="auto">{xml(article.headline)}</a><br>'
        f'<span class="about">{article.date} · {xml(article.publisher)}</span></li>\n'
    )


def _page(title: str, body: str, *, up: str) -> str:
    style = f'<link rel="stylesheet" href="{up}style.css">\n'
    return f"{page_head(title, style=style, policy=_POLICY)}{body}</body>\n</html>\n"
