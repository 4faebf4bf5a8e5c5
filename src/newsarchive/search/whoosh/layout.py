"""The names of what the index holds: fields, columns, flags, and numbers that stand for dates and URLs."""

from __future__ import annotations

from collections.abc import Mapping
from enum import IntEnum, StrEnum

from newsarchive.base import urls
from newsarchive.base.dates import PartialDate
from newsarchive.model import Confidence
from newsarchive.query.ast import Flag, Presence, TextField

# To be raised with every change of fields, columns or their encoding.
INDEX_VERSION = 3

# Between the values of a column that holds several, as one name.
SEPARATOR = "\n"


class Field(StrEnum):
    """Fields of terms. The ``…_STEM`` fields hold stems other than their own word, as ``language:stem``."""

    TEXT = "text"
    TEXT_STEM = "text_stem"
    HEADLINE = "headline"
    HEADLINE_STEM = "headline_stem"
    AUTHOR = "author"
    PUBLISHER = "publisher"
    SECTION = "section"
    KEYWORD = "keyword"
    URL = "url"


class ColumnName(StrEnum):
    """Columns. Days are proleptic Gregorian ordinals; 0 is "not stated"."""

    ID = "c_id"
    WORDS = "c_words"
    FLAGS = "c_flags"
    PUBLISHED_EARLIEST = "c_pub_from"
    PUBLISHED_LATEST = "c_pub_to"
    PUBLISHED_KEY = "c_pub_key"
    MODIFIED_EARLIEST = "c_mod_from"
    MODIFIED_LATEST = "c_mod_to"
    CAPTURED_FIRST = "c_cap_from"
    CAPTURED_LAST = "c_cap_to"
    PUBLISHER = "c_publisher"
    LANGUAGE = "c_language"
    SECTION = "c_section"
    AUTHORS = "c_authors"
    KEYWORDS = "c_keywords"


class Bit(IntEnum):
    """What ``is:``, ``has:`` and ``confidence:`` ask, a bit each."""

    IS_PAYWALLED = 1 << 0
    IS_REVISED = 1 << 1
    CONFIDENCE_HIGH = 1 << 2
    CONFIDENCE_MEDIUM = 1 << 3
    CONFIDENCE_LOW = 1 << 4
    HAS_AUTHOR = 1 << 5
    HAS_PUBLISHED = 1 << 6
    HAS_MODIFIED = 1 << 7
    HAS_PUBLISHER = 1 << 8
    HAS_SECTION = 1 << 9
    HAS_KEYWORD = 1 << 10
    HAS_URL = 1 << 11
    HAS_IMAGE = 1 << 12
    HAS_LANG = 1 << 13
    HAS_DESCRIPTION = 1 << 14
    HAS_HEADLINE = 1 << 15


TERM_FIELD = {
    TextField.ANY: Field.TEXT,
    TextField.HEADLINE: Field.HEADLINE,
    TextField.AUTHOR: Field.AUTHOR,
    TextField.PUBLISHER: Field.PUBLISHER,
    TextField.SECTION: Field.SECTION,
    TextField.KEYWORD: Field.KEYWORD,
}
STEM_FIELD = {Field.TEXT: Field.TEXT_STEM, Field.HEADLINE: Field.HEADLINE_STEM}
FLAG_BIT = {Flag.PAYWALLED: Bit.IS_PAYWALLED, Flag.REVISED: Bit.IS_REVISED}
PRESENCE_BIT = {presence: Bit[f"HAS_{presence.name}"] for presence in Presence}
CONFIDENCE_BIT = {level: Bit[f"CONFIDENCE_{level.name}"] for level in Confidence}

# Fields of terms that no phrase is searched in.
WITHOUT_POSITIONS = frozenset({Field.TEXT_STEM, Field.HEADLINE_STEM, Field.URL})
# Columns of names; the others are of numbers, those named here of 8 bytes ("q"), the rest of 4 ("i").
NAME_COLUMNS = frozenset(
    {
        ColumnName.PUBLISHER,
        ColumnName.LANGUAGE,
        ColumnName.SECTION,
        ColumnName.AUTHORS,
        ColumnName.KEYWORDS,
    }
)
_LONG = frozenset({ColumnName.ID, ColumnName.PUBLISHED_KEY})
TYPECODE: Mapping[ColumnName, str] = {name: "q" if name in _LONG else "i" for name in ColumnName}


def url_key(url: str) -> str | None:
    """A URL without scheme and ``www.``, as both articles and queries name it; None if it is none."""
    normal = urls.normalize(url if "://" in url else f"http://{url}")
    return None if normal is None else normal.partition("://")[2].removeprefix("www.")


# What a sort key is divided by to count days, months and years.
DAY = 24 * 60 * 60
MONTH = 32 * DAY
YEAR = 13 * MONTH


def sort_key(date: PartialDate | None) -> int:
    """A number that orders dates as ``PartialDate.sort_key`` does; 0 for none."""
    if date is None:
        return 0
    day = (date.year * 13 + (date.month or 0)) * 32 + (date.day or 0)
    return ((day * 24 + (date.hour or 0)) * 60 + (date.minute or 0)) * 60 + (date.second or 0)


def key_parts(key: int) -> tuple[int, int, int]:
    """Year, month and day of a sort key, 0 for what is unknown."""
    months, day = divmod(key // DAY, 32)
    year, month = divmod(months, 13)
    return year, month, day
