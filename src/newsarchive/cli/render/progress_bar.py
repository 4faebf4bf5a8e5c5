"""A progress bar on standard error, if a person is looking."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from newsarchive.base.frozen import frozen
from newsarchive.cli.render.terminal_text import clean

if TYPE_CHECKING:
    from newsarchive.base.progress import Notice, Progress


@frozen
class Reporter:
    """``progress`` is for Archive (None: nobody looks); ``say`` writes a line above the bar."""

    progress: Callable[[Progress | Notice], None] | None
    say: Callable[[str], None]


@contextmanager
def reporter() -> Iterator[Reporter]:
    """Report a long job on standard error: with a bar on a terminal, else by lines only."""
    if not sys.stderr.isatty():
        yield Reporter(None, _say)
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TaskID, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as Bar

    from newsarchive.base.progress import FETCHING, Notice

    console = Console(stderr=True, highlight=False, markup=False)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Bar(*columns, console=console, transient=True) as bar:
        tasks: dict[str, TaskID] = {}

        def show(progress: Progress | Notice) -> None:
            if isinstance(progress, Notice):
                console.print(clean(f"note: {progress.message}"), soft_wrap=True)
                return
            if progress.stage not in tasks:
                tasks[progress.stage] = bar.add_task(progress.stage, total=progress.total)
            # A host that is done makes room for those that are not.
            is_over = progress.stage.startswith(FETCHING) and progress.done == progress.total
            bar.update(
                tasks[progress.stage],
                completed=progress.done,
                total=progress.total,
                visible=not is_over,
            )

        yield Reporter(show, lambda line: console.print(clean(line), soft_wrap=True))


def _say(line: str) -> None:
    sys.stderr.write(f"{clean(line)}\n")
