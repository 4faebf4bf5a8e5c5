"""Options that several commands share."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Literal

import typer

# The names that the library knows; a test holds them to its own.
Sort = Literal["relevance", "newest", "oldest", "publisher", "captured", "recent"]
Period = Literal["day", "week", "month", "year"]
DatedFacet = Literal["publisher", "language", "section"]
Group = Literal["publisher", "day"]


class Facet(StrEnum):
    """What to count by; an enum, as typer takes no list of a Literal."""

    PUBLISHER = "publisher"
    LANGUAGE = "language"
    SECTION = "section"
    AUTHOR = "author"
    KEYWORD = "keyword"
    YEAR = "year"
    MONTH = "month"
    DAY = "day"
    TAG = "tag"
    COLLECTION = "collection"


Words = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="QUERY", help="Words, phrases and fields; see the query language.", show_default=False
    ),
]
After = Annotated[
    str | None, typer.Option(metavar="DATE", help="Only what was published on this date or later.")
]
Before = Annotated[
    str | None, typer.Option(metavar="DATE", help="Only what was published on this date or earlier.")
]
SortBy = Annotated[
    Sort | None,
    typer.Option(
        "--sort",
        metavar="ORDER",
        help="Default: relevance if the query has words, else newest; recent: relevance fading with age.",
    ),
]
ArticleId = Annotated[int, typer.Argument(metavar="ID", help="The number of an article.")]


def which_articles(words: list[str]) -> str | list[int]:
    """The articles meant by what the shell has split: numbers are ids, all else is a query."""
    if words and all(word.isascii() and word.isdigit() for word in words):
        return [int(word) for word in words]
    return " ".join(words)


AnyWord = Annotated[bool, typer.Option("--any", help="Any of the words is enough, not only all of them.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON document.")]
AsJsonLines = Annotated[bool, typer.Option("--jsonl", help="Print one JSON object a line.")]
