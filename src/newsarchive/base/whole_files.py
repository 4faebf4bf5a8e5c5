"""Where an export goes: a stream, or a file that appears whole or not at all."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from newsarchive.errors import ExportError


@contextmanager
def output(to: str | Path | BinaryIO) -> Iterator[BinaryIO]:
    """The stream to export to; a file gets its name only when it is complete."""
    if not isinstance(to, str | Path):
        yield to
        return
    path = Path(to)
    part = path.with_name(f"{path.name}.part")
    try:
        with part.open("wb") as stream:
            yield stream
        part.replace(path)
    except OSError as exc:
        raise ExportError(f"can't write {path}: {exc.strerror or exc}", hint="choose another file") from exc
    finally:
        # Whatever ended it before the end: an error of the archive, Ctrl-C.
        with suppress(OSError):
            part.unlink(missing_ok=True)
