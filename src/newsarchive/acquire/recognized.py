"""From a file that was recognised to what it holds."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from typing import assert_never

from newsarchive.acquire.containers import container_reader
from newsarchive.acquire.listings import listing_reader
from newsarchive.acquire.reader import NOTHING_SAID, Failure, Item, Limits, Said
from newsarchive.acquire.recognized_mail import headers_of, mail_capture
from newsarchive.acquire.saved_origin import Origin, saved_origin
from newsarchive.acquire.source_file import SourceFile, damaged
from newsarchive.errors import AcquireError
from newsarchive.formats import (
    CollectionFormat,
    DatabaseFormat,
    Format,
    ListingFormat,
    OtherFormat,
    PageFormat,
    UnreadFormat,
    WebArchiveFormat,
)
from newsarchive.model import Capture

_TEXT = frozenset({OtherFormat.UNKNOWN, OtherFormat.CODE, OtherFormat.LOG})


def items_of(file: SourceFile, *, limits: Limits, now: datetime, said: Said = NOTHING_SAID) -> Iterator[Item]:
    """Yield what a file holds, or why it can't be read; what a user says of it counts more than its bytes."""
    known = replace(file, columns=said.columns) if said.columns else file
    yield from read_as(known, said.format or file.format, limits=limits, now=now)


def read_as(file: SourceFile, format_: Format, *, limits: Limits, now: datetime) -> Iterator[Item]:
    """Yield what a file holds, read as a format, or why it can't be read so."""
    try:
        match format_:
            case PageFormat():
                yield page_of(file, format_, limits=limits, now=now)
            case WebArchiveFormat() | DatabaseFormat() | CollectionFormat():
                yield from container_reader(format_).read(file, limits=limits, now=now)
            case ListingFormat():
                yield from listing_reader(format_).read(file, limits=limits)
            case UnreadFormat() | OtherFormat():
                yield Failure(file.name, refusal(file.name, format_))
            case _:
                assert_never(format_)
    except AcquireError as error:
        yield Failure(file.name, error)
    except (OSError, EOFError, zlib.error) as exc:
        yield Failure(file.name, damaged(file.name, exc))


def page_of(file: SourceFile, format_: PageFormat, *, limits: Limits, now: datetime) -> Capture:
    """The one capture of a page. Raises AcquireError where there is none."""
    payload = file.content(limits.payload)
    if not payload.strip():
        raise AcquireError(f"{file.name} is empty", hint="there is nothing to archive in it")
    if format_ is PageFormat.EML:
        return mail_capture(payload, source=file.name, now=now)
    origin = _origin(payload, format_, now)
    return Capture(
        payload=payload,
        source=file.name,
        captured_at=origin.moment or now,
        time_known=origin.moment is not None,
        url=origin.url,
        format=format_,
        content_type=format_.traits.media_types[0],
    )


def _origin(payload: bytes, format_: PageFormat, now: datetime) -> Origin:
    if format_ is PageFormat.HTML:
        return saved_origin(payload, now=now)
    if format_ is PageFormat.MHTML:
        saved, _, url = headers_of(payload)
        return Origin(url, saved if saved is not None and saved <= now else None)
    return Origin()


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
