"""Two states of an article side by side, paragraph by paragraph."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from newsarchive.answers.versions.article_diff import ArticleDiff
from newsarchive.search.text.word_diff import Piece, PieceKind


@dataclass(frozen=True, slots=True)
class StateRow:
    """A paragraph as it was and as it became: pieces of each, what differs marked as such."""

    kind: str
    before: Sequence[Piece]
    after: Sequence[Piece]


def rows(diff: ArticleDiff) -> list[StateRow]:
    """The fields that differ, then all paragraphs in the order of the later state."""
    fields = [_row(each.field, each.pieces) for each in diff.fields]
    return [*fields, *(_row(each.kind.value, each.pieces) for each in diff.paragraphs)]


def _row(kind: str, pieces: Sequence[Piece]) -> StateRow:
    return StateRow(
        kind,
        [piece for piece in pieces if piece.kind is not PieceKind.ADDED],
        [piece for piece in pieces if piece.kind is not PieceKind.REMOVED],
    )
