"""What a reference to an article says, in whatever format."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date

from newsarchive.base.dates import PartialDate, utc_text
from newsarchive.export.clean_text import one_line
from newsarchive.export.export_source import ExportSource
from newsarchive.export.references.cited_names import PersonName, split_name
from newsarchive.model import Article

_LONGEST_KEY = 24


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """An article as bibliographies see it. ``accessed`` is the day (UTC) of its newest capture."""

    key: str
    title: str
    authors: tuple[PersonName, ...]
    issued: PartialDate | None
    is_uncertain: bool
    publisher: str
    section: str
    url: str
    language: str
    abstract: str
    keywords: tuple[str, ...]
    accessed: date | None
    archive: str
    note: str


def reference_to(source: ExportSource, article: Article) -> Reference:
    """The reference of an article, with where and when it was archived, which state, and its digest."""
    article_id = article.id or 0
    captures, revisions = source.captures(article_id), source.revisions(article_id)
    captured = utc_text(captures[-1].captured_at)[:10] if captures else ""
    archive = f"{one_line(source.search.archive)} ({source.search.uuid})"
    stated = [
        f"archived {captured}" if captured else "archived",
        f"article {article_id} of {archive}",
        f"revision {revisions[-1].number}" if revisions else "",
        f"SHA-256 of the capture {captures[-1].sha256}" if captures else "",
        "date of publication uncertain" if article.date_is_guess else "",
    ]
    return Reference(
        key=_key(article),
        title=one_line(article.headline) or "(no headline)",
        authors=tuple(split_name(name, article.language) for name in article.authors if one_line(name)),
        issued=article.date_published,
        is_uncertain=article.date_is_guess,
        publisher=one_line(article.publisher),
        section=one_line(article.section),
        url=_url(article.url),
        language=one_line(article.language),
        abstract=one_line(article.description),
        keywords=tuple(filter(None, map(one_line, article.keywords))),
        accessed=date.fromisoformat(captured) if captured else None,
        archive=archive,
        note="; ".join(filter(None, stated)),
    )


def _url(url: str | None) -> str:
    text = one_line(url)
    return re.sub(r"[\s{}\\]", lambda found: f"%{ord(found[0]):02X}", text)


def _key(article: Article) -> str:
    """A key of plain letters; the id makes it the only one."""
    names = [split_name(name, article.language) for name in article.authors[:1]]
    words = [name.family or name.literal for name in names] or [article.publisher or ""]
    plain = unicodedata.normalize("NFKD", words[0]).encode("ascii", "ignore").decode().lower()
    year = article.date_published.year if article.date_published else ""
    return f"{re.sub('[^a-z]', '', plain)[:_LONGEST_KEY] or 'article'}{year}-{article.id}"
