"""How commands ask all queries of a file: errors by line, and an exit code for all of them."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from newsarchive.cli.failures import NOTHING_FOUND, SOME_FAILED, failure_line
from newsarchive.cli.render.batch_table import as_csv, show_batch, summary
from newsarchive.cli.render.terminal import say
from newsarchive.cli.render.terminal_text import to_json

if TYPE_CHECKING:
    from newsarchive.answers.batch.batch import BatchLine, BatchResults

BatchFile = Annotated[
    str | None,
    typer.Option(
        "--batch",
        metavar="FILE",
        help="Ask all queries of a file of one a line, or of a table with a column query.",
    ),
]
# Hits that are shown of each query.
TOP = 3


def show_results(results: BatchResults, form: str) -> None:
    """Write what the queries found, in lines, csv, json or jsonl; end with the code that tells of them."""
    match form:
        case "csv":
            sys.stdout.write(as_csv(results.lines))
        case "json":
            say(to_json(results.to_dict(), indent=2))
        case "jsonl":
            for line in results:
                say(to_json(line.to_dict()))
        case _:
            show_batch(results.lines)
    sys.stdout.flush()
    tell_failed(results.failed)
    sys.stderr.write(f"{summary(results)}\n")
    if results.failed:
        raise typer.Exit(SOME_FAILED)
    if not results.found:
        raise typer.Exit(NOTHING_FOUND)


def tell_failed(lines: Sequence[BatchLine]) -> None:
    """Name each query that could not be answered, with its line, and why."""
    for line in lines:
        if line.error is not None:
            sys.stderr.write(failure_line(f"line {line.line}, {line.query}", line.error) + "\n")
