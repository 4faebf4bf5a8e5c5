"""``newsarchive export``: all matches to a file."""

from __future__ import annotations

import io
import sys
from typing import TYPE_CHECKING, Annotated, BinaryIO, cast

import typer

from newsarchive.cli.query_arguments import join_query
from newsarchive.cli.render.progress_bar import reporter
from newsarchive.cli.render.terminal import is_terminal, say
from newsarchive.cli.render.terminal_text import clean, clean_lines
from newsarchive.cli.session import open_archive, session_of
from newsarchive.cli.shared_options import After, AnyWord, Before, Format, SortBy, Words

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer

EXAMPLE = "Example: newsarchive export korea published:2024 --format csv -o korea.csv"


def command(
    ctx: typer.Context,
    words: Words = None,
    form: Annotated[Format, typer.Option("--format", help="JSON Lines, or CSV for spreadsheets.")] = "jsonl",
    output: Annotated[
        str, typer.Option("--output", "-o", metavar="FILE", help="- is standard output.")
    ] = "-",
    sort: SortBy = None,
    after: After = None,
    before: Before = None,
    any_word: AnyWord = False,
) -> None:
    """Write all matches to a file."""
    query = session_of(ctx).query = join_query(words)
    with open_archive(ctx) as archive, reporter() as report:
        target = _standard_output() if output == "-" else output
        count = archive.export(
            query,
            format=form,
            to=target,
            sort=sort,
            after=after,
            before=before,
            any_word=any_word,
            progress=report.progress,
        )
    if output != "-":
        say(f"{count:,} {'article' if count == 1 else 'articles'} written to {clean(output)}")


class _Shown(io.RawIOBase):
    """Standard output where it is a terminal, which strangers' text must not drive."""

    def writable(self) -> bool:
        return True

    def write(self, data: ReadableBuffer) -> int:
        raw = bytes(data)
        sys.stdout.write(clean_lines(raw.decode("utf-8", "replace")))
        return len(raw)


def _standard_output() -> BinaryIO:
    return cast("BinaryIO", _Shown()) if is_terminal() else sys.stdout.buffer
