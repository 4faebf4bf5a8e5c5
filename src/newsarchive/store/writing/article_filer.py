"""What becomes of an article that was read off a capture: new, revised, updated, or known already."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from newsarchive.model import Article
from newsarchive.store.reading.store_reader import StoreReader
from newsarchive.store.rows import Origin, identity, state_digest
from newsarchive.store.writing.article_rows import ArticleRows
from newsarchive.store.writing.combined_article import (
    FieldChange,
    changes,
    combined,
    with_better_date,
    with_user_values,
)


class Effect(StrEnum):
    """What saving a capture did."""

    ADDED = "added"
    REVISED = "revised"
    UPDATED = "updated"
    UNCHANGED = "unchanged"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Saved:
    """An acknowledgement: the capture is durable, and this is what it did."""

    effect: Effect
    article_id: int | None
    changes: tuple[FieldChange, ...] = ()


class ArticleFiler:
    """Puts articles where they belong, within a transaction of its caller's."""

    def __init__(self, rows: ArticleRows, reader: StoreReader) -> None:
        self._rows = rows
        self._reader = reader

    def file(self, origin: Origin, moment: str, article: Article, place: Callable[[int], int]) -> Saved:
        """File what was read off a capture; ``place`` gives an article that capture."""
        key = identity(article, origin)
        article_id = self._rows.named(key)
        if article_id is None:
            return self._add(key, moment, article, place)
        return self._add_capture(article_id, place(article_id), moment, article)

    def _add(self, key: str, moment: str, article: Article, place: Callable[[int], int]) -> Saved:
        article_id = self._rows.insert_article(key, moment, article)
        revision_id = self._rows.insert_revision(article_id, place(article_id), moment, article)
        self._rows.set_current_revision(article_id, revision_id)
        self._rows.record_change(article_id)
        return Saved(Effect.ADDED, article_id)

    def _add_capture(self, article_id: int, capture_id: int, moment: str, article: Article) -> Saved:
        """Another capture of an article that is known."""
        known = self._reader.articles.article(article_id)
        article = with_user_values(article, known)
        is_newest = self._rows.extend_captured(article_id, moment)
        is_same = state_digest(article) == self._rows.current_revision(article_id)[1]
        # An older capture dates an article better, perhaps; else the newest one is believed.
        now = combined(article, known, same_state=is_same) if is_newest else with_better_date(known, article)
        if is_same:
            return self._update(article_id, known, now)
        revision_id = self._rows.insert_revision(article_id, capture_id, moment, article)
        self._rows.count_revision(article_id)
        if is_newest:
            self._rows.set_current_revision(article_id, revision_id)
            self._rows.update(article_id, now)
        else:
            self._rows.record_change(article_id)
            self._update(article_id, known, now)
        return Saved(Effect.REVISED, article_id)

    def _update(self, article_id: int, known: Article, now: Article) -> Saved:
        """Take other values of a text that is the same, and keep those that they replace."""
        found = tuple(change for change in changes(known, now) if change.field != "evidence")
        if not found:
            return Saved(Effect.UNCHANGED, article_id)
        self._rows.update(article_id, now)
        self._rows.keep_replaced(article_id, found)
        return Saved(Effect.UPDATED, article_id, found)
