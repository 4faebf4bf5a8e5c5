"""What becomes of an article that was read off a capture: new, revised, updated, or known already."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum

from newsarchive.model import Article
from newsarchive.store.reading.store_reader import StoreReader
from newsarchive.store.rows import Origin, identity, state_digest
from newsarchive.store.writing.article_rows import ArticleRows
from newsarchive.store.writing.capture_remarks import CaptureRemark, remark
from newsarchive.store.writing.combined_article import (
    FieldChange,
    changes,
    combined,
    with_better_date,
    with_user_values,
)
from newsarchive.store.writing.trivial_edits import essence


class Effect(StrEnum):
    """What saving a capture did."""

    ADDED = "added"
    REVISED = "revised"
    UPDATED = "updated"
    UNCHANGED = "unchanged"
    FAILED = "failed"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class Saved:
    """An acknowledgement: the capture is durable, and this is what it did."""

    effect: Effect
    article_id: int | None
    changes: tuple[FieldChange, ...] = ()
    remark: CaptureRemark | None = None
    removed_at: str | None = None


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
        # What a row of a dataset says, somebody means: it is neither a wall nor an error.
        is_page = origin.dataset is None
        return self._add_capture(article_id, place(article_id), moment, article, is_page=is_page)

    def keep_elsewhere(self, article_id: int, moment: str, found: CaptureRemark, capture_id: int) -> Saved:
        """Keep a capture of an article's address that led to something else than an article."""
        self._rows.extend_captured(article_id, moment)
        self._rows.remark(capture_id, found)
        return Saved(Effect.UNCHANGED, article_id, remark=found)

    def _add(self, key: str, moment: str, article: Article, place: Callable[[int], int]) -> Saved:
        article_id = self._rows.insert_article(key, moment, article)
        revision_id = self._rows.insert_revision(article_id, place(article_id), moment, article)
        self._rows.set_current_revision(article_id, revision_id)
        self._rows.record_change(article_id)
        return Saved(Effect.ADDED, article_id)

    def _add_capture(
        self, article_id: int, capture_id: int, moment: str, article: Article, *, is_page: bool
    ) -> Saved:
        """Another capture of an article that is known."""
        known = self._rows.decisions.without(self._reader.articles.article(article_id))
        article = with_user_values(article, known)
        is_newest = self._rows.extend_captured(article_id, moment)
        if is_page and (found := remark(known, article)) is not None:
            self._rows.remark(capture_id, found)
            return Saved(Effect.UNCHANGED, article_id, remark=found)
        is_same = self._says_the_same(article_id, known, article)
        if is_same:
            # Of a state that was edited in nothing but marks and counters the first text stays.
            article = replace(article, headline=known.headline, text=known.text)
        # The values of the newest capture are taken; of an older one only a better publication date.
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

    def _says_the_same(self, article_id: int, known: Article, article: Article) -> bool:
        if state_digest(article) == self._rows.current_revision(article_id)[1]:
            return True
        return essence(article.headline, article.text) == essence(known.headline, known.text)

    def _update(self, article_id: int, known: Article, now: Article) -> Saved:
        """Take other values of a text that is the same, and keep those that they replace."""
        found = tuple(change for change in changes(known, now) if change.field != "evidence")
        if not found:
            return Saved(Effect.UNCHANGED, article_id)
        self._rows.update(article_id, now)
        self._rows.keep_replaced(article_id, found)
        said = self._rows.decisions.overruled_fields(known)
        seen = tuple(change for change in found if change.field not in said)
        return Saved(Effect.UPDATED if seen else Effect.UNCHANGED, article_id, seen)
