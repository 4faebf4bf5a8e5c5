"""What changed between two states of an article: its headline, dates and description, then its text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from newsarchive.answers.results import JSON_FORMAT
from newsarchive.base.scripts import count_words
from newsarchive.errors import QueryError
from newsarchive.model import Article
from newsarchive.search.text.paragraph_alignment import ParagraphKind, align
from newsarchive.search.text.word_diff import Piece, PieceKind, diff_words
from newsarchive.store.reading.revisions import Revision

_FIELDS = ("headline", "description", "date_published", "date_modified")


@dataclass(frozen=True, slots=True)
class FieldDiff:
    """A field that says something else than before; None where nothing was stated."""

    field: str
    before: str | None
    after: str | None

    @property
    def pieces(self) -> tuple[Piece, ...]:
        """The two values, word by word."""
        return diff_words(self.before or "", self.after or "")


@dataclass(frozen=True, slots=True)
class ParagraphDiff:
    """What became of one paragraph. ``pieces`` are its words; ``before`` and ``after`` count from 1."""

    kind: ParagraphKind
    before: int | None
    after: int | None
    pieces: tuple[Piece, ...]

    @property
    def is_edited(self) -> bool:
        """Whether its words changed, wherever it stands."""
        return any(piece.kind is not PieceKind.SAME for piece in self.pieces)


@dataclass(frozen=True, slots=True)
class ArticleDiff:
    """Two states of an article, by their numbers in its history, and all that differs between them."""

    article_id: int
    before: int
    after: int
    before_at: datetime
    after_at: datetime
    fields: tuple[FieldDiff, ...]
    paragraphs: tuple[ParagraphDiff, ...]

    @property
    def is_empty(self) -> bool:
        """Whether the two states say the same."""
        same = all(each.kind is ParagraphKind.SAME for each in self.paragraphs)
        return same and not self.fields

    @property
    def words_added(self) -> int:
        """Words of the later text that the earlier one lacks at their place; moved ones don't count."""
        return self._words(PieceKind.ADDED)

    @property
    def words_removed(self) -> int:
        """Words of the earlier text that the later one lacks at their place."""
        return self._words(PieceKind.REMOVED)

    def _words(self, kind: PieceKind) -> int:
        return sum(
            count_words(piece.text)
            for paragraph in self.paragraphs
            for piece in paragraph.pieces
            if piece.kind is kind
        )

    def to_html(self, article: Article) -> str:
        """A page to send, in HTML; ``article`` is the one that was compared."""
        from newsarchive.answers.versions.diff_page import diff_page

        return diff_page(self, article)

    def to_dict(self) -> dict[str, Any]:
        """The JSON form."""
        return {
            "format": JSON_FORMAT,
            "id": self.article_id,
            "before": {"revision": self.before, "captured_at": self.before_at.isoformat()},
            "after": {"revision": self.after, "captured_at": self.after_at.isoformat()},
            "words_added": self.words_added,
            "words_removed": self.words_removed,
            "fields": [
                {"field": each.field, "before": each.before, "after": each.after} for each in self.fields
            ],
            "paragraphs": [
                {
                    "kind": each.kind.value,
                    "before": each.before,
                    "after": each.after,
                    "pieces": [{"kind": piece.kind.value, "text": piece.text} for piece in each.pieces],
                }
                for each in self.paragraphs
            ],
        }


def diff_revisions(article_id: int, before: Revision, after: Revision) -> ArticleDiff:
    """Compare two states of an article."""
    return ArticleDiff(
        article_id=article_id,
        before=before.number,
        after=after.number,
        before_at=before.captured_at,
        after_at=after.captured_at,
        fields=tuple(_field_diffs(before, after)),
        paragraphs=tuple(diff_paragraphs(before.text, after.text)),
    )


def diff_paragraphs(before: str, after: str) -> Iterator[ParagraphDiff]:
    """Compare two texts paragraph by paragraph, in the order of the later one."""
    old, new = before.splitlines(), after.splitlines()
    for each in align(old, new):
        earlier = "" if each.before is None else old[each.before]
        later = "" if each.after is None else new[each.after]
        yield ParagraphDiff(each.kind, _number(each.before), _number(each.after), diff_words(earlier, later))


def states(revisions: Sequence[Revision]) -> list[Revision]:
    """The states that the publisher made: of each, what the newest extraction reads of it.

    A newer reading of the same capture follows the older one, and is no edit.
    """
    following = [*revisions[1:], None]
    return [
        revision
        for revision, after in zip(revisions, following, strict=True)
        if after is None or not after.is_reextracted
    ]


def diff_history(
    article_id: int, revisions: Sequence[Revision], before: int | None, after: int | None
) -> ArticleDiff | None:
    """Compare two revisions by their numbers: by default the newest state with the one before.

    None where there is nothing to compare with. Raises QueryError.
    """
    history = states(revisions)
    later = history[-1] if after is None else chosen(revisions, after)
    if before is None:
        earlier = [state for state in history if state.number < later.number]
        return diff_revisions(article_id, earlier[-1], later) if earlier else None
    return diff_revisions(article_id, chosen(revisions, before), later)


def chosen(revisions: Sequence[Revision], number: int) -> Revision:
    """A revision by its number in the history. Raises QueryError."""
    if 1 <= number <= len(revisions):
        return revisions[number - 1]
    raise QueryError(
        f"there is no revision {number}", hint=f"the article has revisions 1 to {len(revisions)}"
    )


def _field_diffs(before: Revision, after: Revision) -> Iterator[FieldDiff]:
    for name in _FIELDS:
        old, new = _stated(getattr(before, name)), _stated(getattr(after, name))
        if old != new:
            yield FieldDiff(name, old, new)


def _stated(value: object) -> str | None:
    return None if value is None else str(value)


def _number(at: int | None) -> int | None:
    return None if at is None else at + 1
