"""What the index holds: fields of terms, columns and flags, and what an article has for each.

The functions name every field of the query language, so that a new one is an error of
type checking until its place is said here. Each engine says it for itself.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from enum import IntEnum, StrEnum
from typing import TYPE_CHECKING

from newsarchive.base.dates import DateInterval
from newsarchive.model import Article, Confidence, IndexedArticle
from newsarchive.query.fields import Change, DateField, Flag, NameField, NumberField, Presence, TextField

if TYPE_CHECKING:
    from newsarchive.search.text.edited_words import Edit

# To be raised with every change of fields, columns or their encoding.
INDEX_VERSION = 6

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
    ADDED = "added"
    REMOVED = "removed"
    URL = "url"


class ColumnName(StrEnum):
    """Columns. Days are proleptic Gregorian ordinals; 0 is "not stated"."""

    ID = "c_id"
    # All words that are ranked by, those of headline and description too.
    WORDS = "c_words"
    TEXT_WORDS = "c_text_words"
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
    # The days of edits, in ISO 8601.
    EDITED = "c_edited"


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
    CHANGED_HEADLINE = 1 << 16
    CHANGED_TEXT = 1 << 17
    CHANGED_DESCRIPTION = 1 << 18
    CHANGED_PUBLISHED = 1 << 19
    CHANGED_MODIFIED = 1 << 20


STEM_FIELD = {Field.TEXT: Field.TEXT_STEM, Field.HEADLINE: Field.HEADLINE_STEM}

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
        ColumnName.EDITED,
    }
)
_LONG = frozenset({ColumnName.ID, ColumnName.PUBLISHED_KEY})
TYPECODE: Mapping[ColumnName, str] = {name: "q" if name in _LONG else "i" for name in ColumnName}


def term_field(field: TextField) -> Field:
    """The field of terms that holds the words of a field."""
    match field:
        case TextField.ANY:
            return Field.TEXT
        case TextField.HEADLINE:
            return Field.HEADLINE
        case TextField.AUTHOR:
            return Field.AUTHOR
        case TextField.PUBLISHER:
            return Field.PUBLISHER
        case TextField.SECTION:
            return Field.SECTION
        case TextField.KEYWORD:
            return Field.KEYWORD
        case TextField.ADDED:
            return Field.ADDED
        case TextField.REMOVED:
            return Field.REMOVED


def texts(field: TextField, indexed: IndexedArticle) -> Sequence[str | None]:
    """What an article has in a field, one value after the other; no phrase reaches over two."""
    article = indexed.article
    match field:
        case TextField.ANY:
            return (article.headline, article.description, article.text)
        case TextField.HEADLINE:
            return (article.headline,)
        case TextField.AUTHOR:
            return article.authors
        case TextField.PUBLISHER:
            return (article.publisher, *indexed.spellings)
        case TextField.SECTION:
            return (article.section,)
        case TextField.KEYWORD:
            return article.keywords
        case TextField.ADDED:
            return [run for edit in _edits(indexed) for run in edit.added]
        case TextField.REMOVED:
            return [run for edit in _edits(indexed) for run in edit.removed]


def name_column(field: NameField) -> ColumnName:
    """The column with the names of a field."""
    match field:
        case NameField.AUTHOR:
            return ColumnName.AUTHORS
        case NameField.PUBLISHER:
            return ColumnName.PUBLISHER
        case NameField.SECTION:
            return ColumnName.SECTION
        case NameField.KEYWORD:
            return ColumnName.KEYWORDS
        case NameField.LANG:
            return ColumnName.LANGUAGE


def day_columns(field: DateField) -> tuple[ColumnName, ColumnName]:
    """The columns with the earliest and the latest day of a field."""
    match field:
        case DateField.PUBLISHED:
            return ColumnName.PUBLISHED_EARLIEST, ColumnName.PUBLISHED_LATEST
        case DateField.MODIFIED:
            return ColumnName.MODIFIED_EARLIEST, ColumnName.MODIFIED_LATEST
        case DateField.CAPTURED:
            return ColumnName.CAPTURED_FIRST, ColumnName.CAPTURED_LAST
        case DateField.EDITED:
            raise TypeError("edits have a column of their own, as an article may have many")


def days(field: DateField, indexed: IndexedArticle) -> DateInterval | None:
    """The days of an article in a field."""
    published, modified = indexed.article.date_published, indexed.article.date_modified
    match field:
        case DateField.PUBLISHED:
            return None if published is None else published.interval
        case DateField.MODIFIED:
            return None if modified is None else modified.interval
        case DateField.CAPTURED:
            return DateInterval(*indexed.captured)
        case DateField.EDITED:
            raise TypeError("an article may be edited on many days: edited_days")


def _edits(indexed: IndexedArticle) -> Sequence[Edit]:
    if not indexed.states:
        return ()
    # Imported here: comparing texts needs a library that no search needs.
    from newsarchive.search.text.edited_words import edits_of

    return edits_of(indexed.states)


def edited_days(indexed: IndexedArticle) -> str:
    """The days on which edits of an article were captured."""
    return SEPARATOR.join(sorted({edit.day.isoformat() for edit in _edits(indexed)}))


def has_changed(change: Change, indexed: IndexedArticle) -> bool:
    """Whether an edit of an article changed this."""
    return any(change in edit.changed for edit in _edits(indexed))


def number_column(field: NumberField) -> ColumnName:
    """The column with the numbers of a field."""
    match field:
        case NumberField.WORDS:
            return ColumnName.TEXT_WORDS


def number(field: NumberField, indexed: IndexedArticle) -> int:
    """The number of an article in a field."""
    match field:
        case NumberField.WORDS:
            return indexed.article.word_count


def bit(asked: Flag | Presence | Change | Confidence) -> Bit:
    """The flag for what is asked: a property, a stated field, or how sure the publication date is."""
    match asked:
        case Flag():
            return Bit[f"IS_{asked.name}"]
        case Change():
            return Bit[f"CHANGED_{asked.name}"]
        case Presence():
            return Bit[f"HAS_{asked.name}"]
        case Confidence():
            return Bit[f"CONFIDENCE_{asked.name}"]


def is_so(flag: Flag, indexed: IndexedArticle) -> bool:
    """Whether an article has a property."""
    match flag:
        case Flag.PAYWALLED:
            return indexed.article.is_accessible_for_free is False
        case Flag.REVISED:
            return indexed.revisions > 1


def stated(presence: Presence) -> Callable[[Article], object]:  # noqa: C901  a line a member
    """Gives what an article states in a field that it may lack."""
    match presence:
        case Presence.AUTHOR:
            return lambda article: article.authors
        case Presence.PUBLISHED:
            return lambda article: article.date_published
        case Presence.MODIFIED:
            return lambda article: article.date_modified
        case Presence.PUBLISHER:
            return lambda article: article.publisher
        case Presence.SECTION:
            return lambda article: article.section
        case Presence.KEYWORD:
            return lambda article: article.keywords
        case Presence.URL:
            return lambda article: article.url
        case Presence.IMAGE:
            return lambda article: article.image
        case Presence.LANG:
            return lambda article: article.language
        case Presence.DESCRIPTION:
            return lambda article: article.description
        case Presence.HEADLINE:
            return lambda article: article.headline
