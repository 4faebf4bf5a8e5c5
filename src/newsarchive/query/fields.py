"""The fields of the query language: one table, from which all else derives.

Parsing, hints, explanations, the reference page (``make docs``) and the tests' samples
read what a member says of itself. What an engine keeps of a field, and what the naive
scan of the tests looks at, are functions that name every member: forgetting one is an
error of type checking. CONTRIBUTING says how to add one.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Self

from newsarchive.base.frozen import frozen


@frozen
class About:
    """What people are told of a field.

    ``finds`` and ``example`` are its row on the reference page, ``hint`` are queries to
    copy, ``said`` is how an explanation names it, ``meant_by`` are words by which other
    tools and everyday speech call it: no spelling correction would find these.
    """

    finds: str
    example: str
    hint: str
    said: str
    meant_by: tuple[str, ...] = ()


class _Field(StrEnum):
    """A name to type, with what is told of it."""

    about: About

    def __new__(cls, name: str, about: About) -> Self:
        member = str.__new__(cls, name)
        member._value_ = name
        member.about = about
        return member


class TextField(_Field):
    """Fields whose words are searched. ANY is headline, description and text together."""

    ANY = "any", About("", "", "", "")
    HEADLINE = (
        "headline",
        About(
            "words of the headline",
            "headline:troops",
            'headline:troops or headline:"peace talks"',
            " in the headline",
            ("title",),
        ),
    )
    AUTHOR = (
        "author",
        About(
            "names in the byline",
            'author:"Ana Lima"',
            'author:sybiha or author:"Andrii Sybiha"',
            " in an author's name",
            ("by", "byline"),
        ),
    )
    PUBLISHER = (
        "publisher",
        About(
            "the outlet",
            "publisher:herald",
            'publisher:reuters or publisher:"Global Village Space"',
            " in the publisher's name",
            ("outlet", "source"),
        ),
    )
    SECTION = (
        "section",
        About("the section or desk", "section:world", "section:world", " in the section", ("category",)),
    )
    KEYWORD = (
        "keyword",
        About(
            "keywords and topics",
            "keyword:ukraine",
            'keyword:ukraine or keyword:"climate change"',
            " in a keyword",
            ("topic",),
        ),
    )

    ADDED = (
        "added",
        About(
            "words that an edit brought in, as `diff` shows them, in headline, description or text",
            "added:alleged",
            'added:alleged or added:"police said"',
            " brought in by an edit",
        ),
    )
    REMOVED = (
        "removed",
        About(
            "words that an edit took out",
            'removed:"sources said"',
            'removed:alleged or removed:"sources said"',
            " taken out by an edit",
        ),
    )


class DateField(_Field):
    """Fields that hold dates."""

    PUBLISHED = (
        "published",
        About(
            "the publication date",
            "published:2024-10",
            "published:2024-10, published:2024-10..2024-12 or published:yesterday",
            "a publication date",
            ("date",),
        ),
    )
    MODIFIED = (
        "modified",
        About(
            "the date of the last change that the page states",
            "modified:2024",
            "modified:2024-10, modified:2024-10..2024-12 or modified:yesterday",
            "a date of change",
            ("updated",),
        ),
    )
    CAPTURED = (
        "captured",
        About(
            "the day on which the page was archived (in UTC, and `today` too), first capture to last",
            "captured:today",
            "captured:2024-10, captured:2024-10..2024-12 or captured:yesterday",
            "a capture",
            ("archived",),
        ),
    )

    EDITED = (
        "edited",
        About(
            "the days (in UTC, and `today` too) on which an edit was captured",
            "edited:2024-05",
            "edited:2024-10, edited:2024-10..2024-12 or edited:yesterday",
            "an edit captured",
        ),
    )


class NumberField(_Field):
    """Fields that hold a whole number, from 0 on; every article has one."""

    WORDS = (
        "words",
        About(
            "how many words the text has; in scripts without spaces, characters",
            "words:500..",
            "words:500.., words:..500 or words:100..500",
            "words in the text",
            ("word_count", "length", "wordcount"),
        ),
    )


class OtherField(_Field):
    """Fields whose values are of a kind of their own."""

    LANG = (
        "lang",
        About(
            "the language, as a code; `en` finds `en-GB` too",
            "lang:pt-BR",
            "lang:en or lang:pt-BR",
            "the language",
            ("language",),
        ),
    )
    URL = (
        "url",
        About(
            "a host (with or without `www.`), or all that is below an address",
            "url:example.com/world",
            "url:example.com or url:example.com/world",
            "an address",
            ("site", "domain", "host"),
        ),
    )
    IS = "is", About("a property, see below", "is:paywalled", "is:paywalled or is:revised", "")
    CHANGED = (
        "changed",
        About("what an edit changed, see below", "changed:headline", "changed:headline or changed:text", ""),
    )
    HAS = "has", About("articles that state a field", "has:author", "has:author or -has:published", "")
    CONFIDENCE = (
        "confidence",
        About(
            "how sure the publication date is",
            "confidence:high",
            "confidence:high, confidence:medium or confidence:low",
            "a publication date",
        ),
    )
    QUERY = (
        "query",
        About(
            "what a saved search finds, by its name",
            "query:strikes",
            'query:strikes or query:"harbor strikes"',
            "what the saved search",
        ),
    )


class NameField(StrEnum):
    """Fields that are found by a whole name too, as facets list them: ``publisher:="Harbour Post"``."""

    AUTHOR = "author"
    PUBLISHER = "publisher"
    SECTION = "section"
    KEYWORD = "keyword"
    LANG = "lang"


class MarkField(_Field):
    """Fields of what people put on articles; see ``ast.Marked``."""

    TAG = (
        "tag",
        About(
            "what people tagged so; `tag:ukraine/*` finds all tags that begin so",
            "tag:todo",
            "tag:todo or tag:ukraine/*",
            "the tag",
            ("tags", "label", "labels"),
        ),
    )
    NOTE = (
        "note",
        About(
            "words of the notes on an article, and of the comments on its highlights",
            "note:verify",
            'note:verify or note:"ask Ana"',
            "a note with",
            ("notes", "comment"),
        ),
    )
    COLLECTION = (
        "collection",
        About(
            "what is in a collection, by its name",
            "collection:strike",
            'collection:strike or collection:"harbour strike"',
            "a place in the collection",
            ("collections", "folder"),
        ),
    )


class _Value(StrEnum):
    """A value to type, and how an explanation says it."""

    said: str

    def __new__(cls, name: str, said: str) -> Self:
        member = str.__new__(cls, name)
        member._value_ = name
        member.said = said
        return member


class Flag(_Value):
    """What ``is:`` tells of an article."""

    PAYWALLED = "paywalled", "a paywall, as the page says"
    REVISED = "revised", "more than one text, captured at different times"


class Change(_Value):
    """What ``changed:`` asks for: what an edit has changed."""

    HEADLINE = "headline", "an edited headline"
    TEXT = "text", "an edited text"
    DESCRIPTION = "description", "an edited description"
    PUBLISHED = "published", "another publication date than in an earlier state"
    MODIFIED = "modified", "another date of change than in an earlier state"


class Presence(_Value):
    """What ``has:`` asks for: fields that an article may lack."""

    AUTHOR = "author", "an author"
    PUBLISHED = "published", "a publication date"
    MODIFIED = "modified", "a date of change"
    PUBLISHER = "publisher", "a publisher"
    SECTION = "section", "a section"
    KEYWORD = "keyword", "a keyword"
    URL = "url", "a URL"
    IMAGE = "image", "an image"
    LANG = "lang", "a language"
    DESCRIPTION = "description", "a description"
    HEADLINE = "headline", "a headline"


Field = TextField | DateField | NumberField | MarkField | OtherField
FIELDS: Mapping[str, Field] = {
    field.value: field
    for kind in (TextField, DateField, NumberField, MarkField, OtherField)
    for field in kind
    if field is not TextField.ANY
}
_MEANT = {word: field.value for field in FIELDS.values() for word in field.about.meant_by}
# Words that name a field together with a side of its range.
_MEANT_RANGES = {
    "after": "published:2024-10..",
    "before": "published:..2024-10",
    "since": "published:2024-10..",
    "until": "published:..2024-10",
}
# Names of at least so many letters are told from a slip, and where a space follows the colon.
_SHORTEST, _SHORTEST_LOOSE = 5, 6


def names_field(name: str, *, is_loose: bool) -> bool:
    """Whether a word before a colon is a field, or was probably meant as one; else it is just a word.

    Where the colon ``is_loose``, a space follows, as in a headline that was pasted ("Date: …").
    """
    typed = name.lower()
    if is_loose:
        return typed in FIELDS or bool(slip_of(typed, shortest=_SHORTEST_LOOSE))
    return typed in FIELDS or bool(meant_by(typed) or slip_of(typed))


def meant_by(name: str) -> str:
    """What to type for a word that other tools or everyday speech name a field by; "" if it is none."""
    meant = _MEANT.get(name, "")
    return _MEANT_RANGES.get(name) or (f"{meant}:" if meant else "")


def slip_of(name: str, *, shortest: int = _SHORTEST) -> str:
    """What to type for a name that is one slip of the finger away from a field's; "" if it is not.

    Short names are an edit away from too many words: "Gas: prices rise" is no slip of ``has:``.
    """
    if name in _MEANT or name in _MEANT_RANGES:
        return ""
    known = [each for each in (*FIELDS, *_MEANT) if len(each) >= shortest]
    return next((_typed(each) for each in known if _is_slip(name, each)), "")


def _typed(known: str) -> str:
    return f"{known}:" if known in FIELDS else meant_by(known)


def _is_slip(name: str, known: str) -> bool:
    """Whether one letter is left out, added or other, or two neighbors are swapped."""
    if abs(len(name) - len(known)) > 1:
        return False
    at = next((at for at, (one, other) in enumerate(zip(name, known, strict=False)) if one != other), None)
    if at is None:
        return True
    one, other = name[at:], known[at:]
    swapped = one[:2] == other[1::-1] and one[2:] == other[2:]
    return swapped or one[1:] == other[1:] or one[1:] == other or one == other[1:]
