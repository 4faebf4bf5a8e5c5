"""What else to ask: any of the words where few articles hold all, and words close to each other."""

from __future__ import annotations

from itertools import pairwise

from newsarchive.query.ast import And, Boost, Near, Or, Query, TextField, Word, all_of, any_of

# Two words are close with at most so many others between them. Closeness has a small weight: a
# larger one lost as much on the questions of benchmarks/ranking.py as it won on half-remembered sentences.
_CLOSE = 4
_CLOSENESS = 0.1
_MOST_PAIRS = 10


def any_word(query: Query) -> Query | None:
    """The query with its bare words as alternatives; None where it has fewer than two.

    Whoever types a quotation mark, a field, a wildcard or a minus means it: these hold as before.
    """
    parts = query.parts if isinstance(query, And) else (query,)
    words = [part for part in parts if _is_bare(part)]
    if len(words) < 2:
        return None
    return all_of((any_of(words), *(part for part in parts if part not in words)))


def _is_bare(part: Query) -> bool:
    match part:
        case Word(field=field):
            return field in (TextField.ANY, TextField.HEADLINE)
        case Boost(inner):
            return _is_bare(inner)
        case Or(parts):
            return all(map(_is_bare, parts))
        case _:
            return False


def close_words(query: Query) -> tuple[Query, ...]:
    """Bare words that stand side by side in the query, close to each other.

    What stands together in a question mostly belongs together.
    """
    parts = query.parts if isinstance(query, And) else ()
    pairs = [
        Near(f"{one.text} {other.text}", _CLOSE, one.field)
        for one, other in pairwise(parts)
        if isinstance(one, Word) and isinstance(other, Word) and one.field == other.field
    ]
    return tuple(Boost(pair, _CLOSENESS) for pair in pairs[:_MOST_PAIRS])
