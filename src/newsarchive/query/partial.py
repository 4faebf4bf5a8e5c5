"""What to ask when few articles hold all the words: the same, with any of the words."""

from __future__ import annotations

from newsarchive.query.ast import And, Boost, Or, Query, TextField, Word, all_of, any_of


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
