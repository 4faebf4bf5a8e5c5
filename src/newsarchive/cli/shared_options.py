"""Options that several commands share."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Literal

import typer

from newsarchive.cli.failures import UsageProblem

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
Collapse = Annotated[
    bool, typer.Option("--collapse", help="One for each story, however many copies of it there are.")
]
AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON document.")]
AsJsonLines = Annotated[bool, typer.Option("--jsonl", help="Print one JSON object a line.")]

# How pages are fetched.
Jobs = Annotated[int, typer.Option(min=1, metavar="N", help="Hosts that are asked at once.")]
Delay = Annotated[float, typer.Option(min=0, metavar="SECONDS", help="Between two requests to one host.")]
Headers = Annotated[
    list[str] | None,
    typer.Option(
        "--header", metavar="NAME:VALUE", help="Send a header to the sites named; repeatable; not archived."
    ),
]
Cookies = Annotated[
    Path | None,
    typer.Option(metavar="FILE", help="Send the cookies of a cookies.txt; they are not archived."),
]
KeepCredentials = Annotated[
    bool, typer.Option("--keep-credentials", help="Archive the headers and cookies that are sent, too.")
]
Robots = Annotated[bool, typer.Option("--robots", help="Fetch nothing that robots.txt forbids.")]
Follow = Annotated[
    bool, typer.Option("--follow", help="Follow pages that refresh to another, and AMP to the full page.")
]
AllowPrivate = Annotated[
    bool, typer.Option("--allow-private", help="Let URLs lead to private and local addresses.")
]


def header_values(lines: Sequence[str] | None) -> dict[str, str]:
    """Headers as they were typed."""
    headers = {}
    for line in lines or ():
        name, colon, value = line.partition(":")
        if not colon:
            raise UsageProblem(
                f"--header {line} has no value", hint='for example: --header "Accept-Language: de"'
            )
        headers[name.strip()] = value.strip()
    return headers
