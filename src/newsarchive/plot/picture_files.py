"""Pictures as files: the name tells the kind."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from newsarchive.base.whole_files import output
from newsarchive.errors import ExportError


def save_picture(path: str | Path, kinds: Mapping[str, Callable[[], bytes]]) -> None:
    """Write a picture, whole or not at all; ``kinds`` draws it by suffix. Raises ExportError."""
    draw = kinds.get(Path(path).suffix.lower())
    if draw is None:
        raise ExportError(f"can't draw {path}", hint=f"choose a file that ends in {' or '.join(kinds)}")
    picture = draw()
    with output(path) as stream:
        stream.write(picture)
