"""``newsarchive export``: all matches to a file or folder."""

from __future__ import annotations

import inspect
import io
import sys
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Annotated, Any, BinaryIO, cast

import typer

from newsarchive.cli.batches import BatchFile, tell_failed
from newsarchive.cli.failures import SOME_FAILED, UsageProblem
from newsarchive.cli.query_arguments import join_query
from newsarchive.cli.render.progress_bar import reporter
from newsarchive.cli.render.terminal import is_terminal, say_done
from newsarchive.cli.render.terminal_text import clean, clean_lines
from newsarchive.cli.session import open_archive, session_of
from newsarchive.cli.shared_options import After, AnyWord, Before, SortBy, Words
from newsarchive.export import registry
from newsarchive.export.export_format import FileFormat
from newsarchive.export.registry import FormatOption, format_for, format_named, formats

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer

    from newsarchive.answers.batch.batch import BatchLine

_STANDARD_OUTPUT = ("-", "/dev/stdout")


def _help() -> str:
    """The epilog: click keeps the lines of a paragraph that begins with a backspace."""
    width = max(map(len, formats()))
    lines = [f"  {name:{width}}  {form.title}" for name, form in formats().items()]
    example = "Example: newsarchive export korea published:2024 --format csv -o korea.csv"
    return "\n".join(["\b", "Formats:", *lines, "", example])


EXAMPLE = _help()


def _with_format_options(function: Callable[..., None]) -> Callable[..., None]:
    """Give a command the options of all formats after its own."""
    own = inspect.signature(function, eval_str=True)
    kept = [each for each in own.parameters.values() if each.kind is not inspect.Parameter.VAR_KEYWORD]
    function.__signature__ = own.replace(parameters=[*kept, *_parameters()])  # type: ignore[attr-defined]
    return function


def _parameters() -> Iterator[inspect.Parameter]:
    for option in registry.options():
        flag = f"--{option.name.replace('_', '-')}"
        words = f"{option.help} ({_formats_of(option)})"
        if option.kind is bool:
            annotation: Any = Annotated[bool, typer.Option(flag, help=words)]
        else:
            annotation = Annotated[str | None, typer.Option(flag, help=words, show_default=False)]
        default = False if option.kind is bool else None
        yield inspect.Parameter(
            option.name, inspect.Parameter.KEYWORD_ONLY, default=default, annotation=annotation
        )


def _formats_of(option: FormatOption) -> str:
    return ", ".join(option.formats)


def _format_names(incomplete: str) -> list[str]:
    return [name for name in formats() if name.startswith(incomplete)]


@_with_format_options
def command(
    ctx: typer.Context,
    words: Words = None,
    form: Annotated[
        str | None,
        typer.Option(
            "--format",
            metavar="NAME",
            help="One of those below; else the suffix of FILE tells, else jsonl.",
            autocompletion=_format_names,
        ),
    ] = None,
    output: Annotated[
        str, typer.Option("--output", "-o", metavar="FILE", help="A file or folder; - is standard output.")
    ] = "-",
    sort: SortBy = None,
    after: After = None,
    before: Before = None,
    any_word: AnyWord = False,
    batch: BatchFile = None,
    **options: str | bool | None,
) -> None:
    """Write all matches to a file or folder, in one of many formats."""
    query = session_of(ctx).query = join_query(words)
    to_stdout = output in _STANDARD_OUTPUT
    given: dict[str, Any] = {
        name: value for name, value in options.items() if value is not None and value is not False
    }
    if batch is not None and (query or sort):
        raise UsageProblem("--batch has its own queries, and their order", hint="leave out QUERY and --sort")
    with open_archive(ctx) as archive, reporter() as report:
        to = _standard_output(form) if to_stdout else output
        asked: dict[str, Any] = {"after": after, "before": before, "any_word": any_word}
        asked["progress"] = report.progress
        failed: Sequence[BatchLine] = ()
        if batch is None:
            count = archive.export(query, sort=sort, to=to, format=form, **given, **asked)
        else:
            exported = archive.batch(batch, **asked).export(to=to, format=form, **given)
            count, failed = exported.rows, exported.failed
    if not to_stdout:
        say_done(f"{count:,} {'article' if count == 1 else 'articles'} written to {clean(output)}")
    tell_failed(failed)
    if failed:
        raise typer.Exit(SOME_FAILED)


class _Shown(io.RawIOBase):
    """Standard output where it is a terminal, which strangers' text must not drive."""

    def writable(self) -> bool:
        return True

    def write(self, data: ReadableBuffer) -> int:
        raw = bytes(data)
        sys.stdout.write(clean_lines(raw.decode("utf-8", "replace")))
        return len(raw)


def _standard_output(name: str | None) -> BinaryIO:
    form = format_for("-") if name is None else format_named(name)
    if not isinstance(form, FileFormat):
        raise UsageProblem(f"the format {form.name} is a folder of files", hint="name a folder: -o FOLDER")
    if not is_terminal():
        return sys.stdout.buffer
    if not form.is_text:
        raise UsageProblem(f"{form.name} is no text to show", hint=f"name a file: -o FILE{form.suffix}")
    return cast("BinaryIO", _Shown())
