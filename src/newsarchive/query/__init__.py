"""The query language: text to tree and back.

``parse`` gives the tree that engines answer, ``format_query`` the text of a tree.
"""

from newsarchive.query.ast import (
    And,
    Boost,
    DateConfidence,
    DateField,
    DateRange,
    Everything,
    Flag,
    Has,
    Is,
    Language,
    Not,
    Or,
    Phrase,
    Prefix,
    Presence,
    Query,
    TextField,
    Url,
    Word,
    all_of,
    any_of,
    positive_terms,
)
from newsarchive.query.format import format_query
from newsarchive.query.parse import parse

__all__ = [
    "And",
    "Boost",
    "DateConfidence",
    "DateField",
    "DateRange",
    "Everything",
    "Flag",
    "Has",
    "Is",
    "Language",
    "Not",
    "Or",
    "Phrase",
    "Prefix",
    "Presence",
    "Query",
    "TextField",
    "Url",
    "Word",
    "all_of",
    "any_of",
    "format_query",
    "parse",
    "positive_terms",
]
