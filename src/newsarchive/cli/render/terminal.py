"""What standard output is: a terminal or not, its width, its colours."""

from __future__ import annotations

import os
import shutil
import sys
from contextlib import suppress

from newsarchive.cli.standard_streams import OutputClosed

_CODES = {"bold": "1", "dim": "2", "cyan": "36", "match": "1;33", "added": "32", "removed": "9;31"}
_NARROWEST = 20
# Whoever reads from a pipe wants lines that are whole.
_ENDLESS = 1_000_000


def is_terminal() -> bool:
    """Whether a person sees what is written to standard output."""
    return sys.stdout.isatty()


def width() -> int:
    """Columns for charts and tables: those of the terminal, or of COLUMNS; 80 where there is neither."""
    return max(_NARROWEST, shutil.get_terminal_size((80, 24)).columns)


def line_width(widest: int) -> int:
    """Columns for prose: at most ``widest``; without end where no terminal and no COLUMNS bounds a line."""
    if is_terminal() or os.environ.get("COLUMNS"):
        return min(width(), widest)
    return _ENDLESS


def has_color() -> bool:
    """Whether to use colour: on a terminal, unless NO_COLOR asks for none (https://no-color.org)."""
    return is_terminal() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def styled(text: str, style: str) -> str:
    """The text in a style, where there is colour."""
    if not text or not has_color():
        return text
    return f"\x1b[{_CODES[style]}m{text}\x1b[0m"


def say_done(text: str) -> None:
    """Write a line that says what was done; where standard output is closed, it is done all the same."""
    with suppress(OutputClosed):
        say(text)


def say(text: str = "") -> None:
    """Write a line to standard output."""
    sys.stdout.write(f"{text}\n")
