"""Hits as rows of a list."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from newsarchive.answers.results import Hit
from newsarchive.model import Article
from newsarchive.web.shown.marked_text import snippet_html


@dataclass(frozen=True, slots=True)
class Row:
    """A hit as it is shown."""

    article: Article
    headline: Markup
    snippet: Markup
    is_partial: bool


@dataclass(frozen=True, slots=True)
class Group:
    """Rows under a label; None where they stand in one list."""

    label: str | None
    rows: Sequence[Row]


def row(hit: Hit) -> Row:
    """One hit."""
    return Row(hit.article, snippet_html(hit.headline), snippet_html(hit.snippet), hit.partial)


def grouped(rows: Iterable[Row], by: str) -> list[Group]:
    """Rows under the labels that they share, in the order in which these first come."""
    groups: dict[str | None, list[Row]] = {}
    for each in rows:
        groups.setdefault(_label(each.article, by), []).append(each)
    return [Group(label, found) for label, found in groups.items()]


def _label(article: Article, by: str) -> str | None:
    match by:
        case "publisher":
            return article.publisher or ""
        case "day":
            return "" if article.date_published is None else article.date_published.isoformat()[:10]
        case _:
            return None
