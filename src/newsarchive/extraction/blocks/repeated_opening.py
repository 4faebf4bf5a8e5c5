"""Takes headline, standfirst, byline and date, which have fields, off the beginning of a body."""

from __future__ import annotations

from newsarchive.extraction.dates.written_dates import find_date
from newsarchive.extraction.words.boilerplate import without_bullet
from newsarchive.extraction.words.strings import key

# The headline is repeated within the first lines, if at all.
_REACH = 6
_MAX_DATE_LINE = 60
_BESIDE = 20


def without_front(
    lines: list[str], *, titles: tuple[str, ...], standfirst: str | None, byline: tuple[str, ...]
) -> list[str]:
    """Drop a repeated headline, standfirst, byline and date from the first lines; never all lines."""
    repeated = {key(text) for text in (*titles, standfirst or "")}
    names = [key(name) for name in byline]
    kept = [line for line in lines[:_REACH] if not _repeats(without_bullet(line), repeated, names)]
    return kept + lines[_REACH:] or lines


def _repeats(line: str, repeated: set[str], names: list[str]) -> bool:
    name = key(line)
    if name in repeated or _is_date(line):
        return True
    named = [author for author in names if author in name]
    return bool(named) and len(name) - sum(map(len, named)) <= _BESIDE


def _is_date(line: str) -> bool:
    """Whether a line says when, and hardly anything else; a number alone is a year or a count."""
    if len(line) > _MAX_DATE_LINE:
        return False
    if not any(letter.isalpha() for letter in line):
        return True
    found = find_date(line)
    return found is not None and len(key(line[: found.start] + line[found.end :])) <= _BESIDE
