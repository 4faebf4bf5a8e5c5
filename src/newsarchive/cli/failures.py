"""How errors reach a user: one line that says what, one that says what to do, and an exit code."""

from __future__ import annotations

import sys
import traceback
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import typer

from newsarchive.cli.render.terminal import width
from newsarchive.cli.render.terminal_text import cells, clean
from newsarchive.cli.session import Session
from newsarchive.cli.standard_streams import discard_output
from newsarchive.errors import NewsArchiveError, QueryError

if TYPE_CHECKING:
    from newsarchive.keeping.verify import Fault

NOTHING_FOUND = 1
ERROR = 2
SOME_FAILED = 3
INTERRUPTED = 130
# What shells report of a program that SIGPIPE ended.
BROKEN_PIPE = 141

_FROM_DEBUG = "run again with --debug (newsarchive --debug COMMAND) and report what it shows"


class UsageProblem(NewsArchiveError):
    """A command line that can't be meant."""


def report(error: Any, session: Session) -> int:
    """Tell an error on standard error; return the exit code."""
    if session.debug:
        traceback.print_exception(error)
    match error:
        case KeyboardInterrupt() | typer.Abort():
            _tell("interrupted: what was saved is safe; the same command continues", None)
            return INTERRUPTED
        case QueryError():
            _tell(error.message, _worded(error.hint), pointer=_pointer(session.query, error.position))
        case NewsArchiveError():
            _tell(error.message, _worded(error.hint))
        case OSError() if error.strerror:
            # What could not be written now can't be when the program ends either.
            discard_output()
            where = f": {error.filename}" if error.filename else ""
            _tell(f"{error.strerror}{where}", "check the disk and the permissions; nothing saved is lost")
        case MemoryError():
            _tell("out of memory", "try with fewer --workers; nothing saved is lost")
        case _ if type(error).__name__ == "NoArgsIsHelpError":
            # The whole help is the message.
            sys.stderr.write(f"{error.format_message()}\n")
            _tell("no command was given", "newsarchive --help")
        case _ if hasattr(error, "format_message"):
            # Imported here: it compiles patterns, and only a slip in typing needs them.
            from newsarchive.cli.usage_errors import usage_error

            _tell(*usage_error(error))
        case _:
            _tell(f"unexpected {type(error).__name__}: {error}", _FROM_DEBUG)
    return ERROR


def failure_line(source: str, error: NewsArchiveError) -> str:
    """A source that failed, why, and what to do, in one line."""
    # Many messages name their source first, as they must stand alone elsewhere.
    reason = error.message.removeprefix(source).lstrip(": ")
    hint = f" ({_worded(error.hint)})" if error.hint else ""
    return clean(f"failed: {source}: {reason}{hint}")


def fault_line(fault: Fault) -> str:
    """What verify found wrong, and what restores it, in one line."""
    return clean(str(replace(fault, hint=_worded(fault.hint))))


def _worded(hint: str | None) -> str | None:
    # Imported where something went wrong: a search has no use for it.
    from newsarchive.cli.remedies import with_command

    return with_command(hint)


def _tell(message: str, hint: str | None, *, pointer: str = "") -> None:
    lines = f"newsarchive: {clean(message)}\n{pointer}"
    if hint:
        lines += f"hint: {clean(hint)}\n"
    sys.stderr.write(lines)


def _pointer(query: str, position: int | None) -> str:
    """The query with a caret under the fault, cut to the part around it that fits."""
    if position is None or not query:
        return ""
    room = width() - 4
    start = 0 if position < room else position - room // 2
    before, after = clean(query[start:position]), clean(query[position : start + room])
    return f"  {before}{after}\n  {' ' * cells(before)}^\n"
