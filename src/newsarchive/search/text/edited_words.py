"""What edits changed in an article: the words that each brought in and took out. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from itertools import pairwise

from newsarchive.base.frozen import frozen
from newsarchive.model import ArticleState
from newsarchive.query.fields import Change
from newsarchive.search.text.paragraph_alignment import align
from newsarchive.search.text.word_diff import Piece, PieceKind, diff_words


@frozen
class Edit:
    """One edit: the day (UTC) on which it was captured, its words as runs, and what it changed."""

    day: date
    added: tuple[str, ...]
    removed: tuple[str, ...]
    changed: frozenset[Change]


# The index asks several times for those of one article.
@lru_cache(maxsize=2)
def edits_of(states: tuple[ArticleState, ...]) -> tuple[Edit, ...]:
    """The edits between the states of an article, the oldest first."""
    return tuple(_edit(before, after) for before, after in pairwise(states))


def _edit(before: ArticleState, after: ArticleState) -> Edit:
    pieces = list(_pieces(before, after))
    return Edit(
        after.day,
        tuple(piece.text for piece in pieces if piece.kind is PieceKind.ADDED),
        tuple(piece.text for piece in pieces if piece.kind is PieceKind.REMOVED),
        frozenset(change for change in Change if _value(change, before) != _value(change, after)),
    )


def _pieces(before: ArticleState, after: ArticleState) -> Iterator[Piece]:
    yield from diff_words(before.headline or "", after.headline or "")
    yield from diff_words(before.description or "", after.description or "")
    old, new = before.text.splitlines(), after.text.splitlines()
    for each in align(old, new):
        yield from diff_words(
            "" if each.before is None else old[each.before], "" if each.after is None else new[each.after]
        )


def _value(change: Change, state: ArticleState) -> str:
    match change:
        case Change.HEADLINE:
            return state.headline or ""
        case Change.TEXT:
            return state.text
        case Change.DESCRIPTION:
            return state.description or ""
        case Change.PUBLISHED:
            return state.date_published or ""
        case Change.MODIFIED:
            return state.date_modified or ""
