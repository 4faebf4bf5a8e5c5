"""Numbers as people type them in a query: one, or a range."""

from __future__ import annotations

import re

from newsarchive.errors import QuerySyntaxError
from newsarchive.query.characters import shown

_NUMBER = re.compile(r"[0-9]{1,9}")
_COMPARED = re.compile(r"(>=?|<=?)([0-9]{1,9})")
_RANGE = re.compile(r"([0-9]{0,9})\.\.([0-9]{0,9})")


def parse_numbers(text: str, *, hint: str) -> tuple[int | None, int | None]:
    """Parse ``500``, ``>500``, ``<=500`` or ``100..500``: the lowest and the highest number, None if open.

    Raises QuerySyntaxError with the hint.
    """
    low, high = _bounds(text.strip(), hint)
    if high is not None and high < (low or 0):
        raise QuerySyntaxError(f"no number is in the range {shown(text)}", hint=hint)
    return low, high


def _bounds(text: str, hint: str) -> tuple[int | None, int | None]:
    if _NUMBER.fullmatch(text):
        return int(text), int(text)
    if (compared := _COMPARED.fullmatch(text)) is not None:
        number = int(compared[2])
        match compared[1]:
            case ">":
                return number + 1, None
            case ">=":
                return number, None
            case "<":
                return None, number - 1
            case _:
                return None, number
    found = _RANGE.fullmatch(text)
    if found is None or not (found[1] or found[2]):
        raise QuerySyntaxError(f"{shown(text)} is no number and no range of numbers", hint=hint)
    return (int(found[1]) if found[1] else None, int(found[2]) if found[2] else None)
