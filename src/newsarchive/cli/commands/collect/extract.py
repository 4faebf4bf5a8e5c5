"""``newsarchive extract``: extraction alone, no archive needed."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated

import typer

from newsarchive.cli.failures import SOME_FAILED, failure_line
from newsarchive.cli.render.progress_bar import Reporter, reporter
from newsarchive.cli.render.terminal import say
from newsarchive.cli.render.terminal_text import to_json
from newsarchive.cli.shared_options import AsJsonLines
from newsarchive.errors import NewsArchiveError

EXAMPLE = "Example: newsarchive extract page.html"


def command(
    files: Annotated[
        list[str], typer.Argument(metavar="FILE", help="Pages, texts, datasets; - is standard input.")
    ],
    as_json: Annotated[
        bool, typer.Option("--json", help="Print an indented JSON document each; the default.")
    ] = False,
    as_jsonl: AsJsonLines = False,
) -> None:
    """Print articles as JSON; needs no archive."""
    with reporter() as report:
        failed = _extract(files, report, indent=None if as_jsonl and not as_json else 2)
    if failed:
        raise typer.Exit(SOME_FAILED)


def _extract(files: list[str], report: Reporter, *, indent: int | None) -> int:
    """Print the article of each capture; return how many failed."""
    from newsarchive.acquire import Failure, Link, NotRead, acquire, readers
    from newsarchive.extraction.workers.worker_pool import WorkerPool

    failed = 0
    # A page from a stranger may hang or crash a parser: it gets a process that can be killed.
    with WorkerPool(1) as pool:
        for item in acquire(files, readers(), now=datetime.now(UTC)):
            if isinstance(item, NotRead | Link):
                continue
            try:
                if isinstance(item, Failure):
                    raise item.error
                article = pool.submit(item).result()
            except NewsArchiveError as error:
                failed += 1
                report.say(failure_line(item.source, error))
            else:
                say(to_json(article.to_dict(), indent=indent))
    return failed
