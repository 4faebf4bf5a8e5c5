"""What standard output is: a terminal or not, its width, its colours."""

from __future__ import annotations

import os
import shutil
import sys

_CODES = {"bold": "1", "dim": "2", "cyan": "36", "match": "1;33", "added": "32", "removed": "9;31"}
_NARROWEST = 20


def is_terminal() -> bool:
    """Whether a person sees what is written to standard output."""
    return sys.stdout.isatty()


def width() -> int:
    """Columns of the terminal; 80 where there is none."""
    return max(_NARROWEST, shutil.get_terminal_size((80, 24)).columns)


def has_color() -> bool:
    """Whether to use colour: on a terminal, unless NO_COLOR asks for none (https://no-color.org)."""
    return is_terminal() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def styled(text: str, style: str) -> str:
    """The text in a style, where there is colour."""
    if not text or not has_color():
        return text
    return f"\x1b[{_CODES[style]}m{text}\x1b[0m"


def say(text: str = "") -> None:
    """Write a line to standard output."""
    sys.stdout.write(f"{text}\n")
