"""From a file that was recognised to what it holds."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from datetime import datetime
from typing import assert_never

from newsarchive.acquire.containers import container_reader
from newsarchive.acquire.reader import Failure, Item, Limits
from newsarchive.acquire.source_file import SourceFile, damaged
from newsarchive.errors import AcquireError
from newsarchive.formats import ContainerFormat, Format, OtherFormat, PageFormat, UnreadFormat
from newsarchive.model import Capture

_TEXT = frozenset({OtherFormat.UNKNOWN, OtherFormat.CODE, OtherFormat.LOG})


def items_of(file: SourceFile, *, limits: Limits, now: datetime) -> Iterator[Item]:
    """Yield what a file holds, or why it can't be read."""
    try:
        match file.format:
            case PageFormat():
                yield page_of(file, file.format, limits=limits, now=now)
            case ContainerFormat():
                yield from container_reader(file.format).read(file, limits=limits, now=now)
            case UnreadFormat() | OtherFormat():
                yield Failure(file.name, refusal(file.name, file.format))
            case _:
                assert_never(file.format)
    except AcquireError as error:
        yield Failure(file.name, error)
    except (OSError, EOFError, zlib.error) as exc:
        yield Failure(file.name, damaged(file.name, exc))


def page_of(file: SourceFile, format_: PageFormat, *, limits: Limits, now: datetime) -> Capture:
    """The one capture of a page. Raises AcquireError where there is none."""
    payload = file.content(limits.payload)
    if not payload.strip():
        raise AcquireError(f"{file.name} is empty", hint="there is nothing to archive in it")
    return Capture(
        payload=payload,
        source=file.name,
        captured_at=now,
        format=format_,
        content_type=format_.traits.media_types[0],
    )


def refusal(name: str, format_: Format) -> AcquireError:
    """Why a file of a format is not read."""
    if isinstance(format_, UnreadFormat):
        return AcquireError(
            f"{name} is {format_.label}, which newsarchive can't read yet",
            hint="save what it holds as HTML or plain text",
        )
    if format_ in _TEXT:
        return AcquireError(
            f"{name} is {format_.label}, not a page", hint="if it is an article, let its name end in .txt"
        )
    return AcquireError(f"{name} is {format_.label}, not a page", hint="give a page as HTML or plain text")
