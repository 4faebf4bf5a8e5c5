"""Checks that every byte of the snapshots is what was written, and none is missing."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

from newsarchive.errors import StoreError
from newsarchive.keeping.verifying.fault import Fault
from newsarchive.keeping.verifying.written import Written
from newsarchive.store.log.segments import UNKNOWN
from newsarchive.store.reading.captures import CaptureReader, StoredCapture
from newsarchive.store.snapshots import SNAPSHOTS
from newsarchive.store.snapshots.snapshot_files import plain_file

_FROM_BACKUP = "restore the file from a backup; the articles and all other captures are unaffected"
_CHUNK = 1 << 20


def check_lengths(
    folder: Path, captures: CaptureReader, written: Written, notify: Callable[[str], None]
) -> Iterator[Fault]:
    """Each file against the length that was acknowledged; what lies behind is told and no fault."""
    acknowledged = captures.snapshot_lengths()
    ends: dict[str, tuple[int, datetime | None]] = {}
    for segment, written_at in written.segments:
        if segment.start != ends.get(segment.name, (0, None))[0]:
            yield Fault("log", f"bytes of {segment.name} before {segment.start:,} are in no entry")
        ends[segment.name] = (segment.end, written_at)
    for name in sorted(acknowledged.keys() | ends.keys()):
        nothing: tuple[int, datetime | None] = (0, None)
        end, made_at = ends.get(name, nothing)
        if acknowledged.get(name) != end:
            message = f"the acknowledged length of {name} is {acknowledged.get(name)}, not {end:,}"
            yield Fault("database", message, None, made_at)
        yield from _check_length(folder / SNAPSHOTS / name, end, made_at, notify)
    _tell_strangers(folder / SNAPSHOTS, acknowledged.keys() | ends.keys(), notify)


def _check_length(
    path: Path, end: int, made_at: datetime | None, notify: Callable[[str], None]
) -> Iterator[Fault]:
    if not plain_file(path):
        yield Fault("snapshots", f"{path.name} is missing", _FROM_BACKUP, made_at)
        return
    size = path.stat().st_size
    if size < end:
        yield Fault("snapshots", f"{path.name} has {size:,} bytes of {end:,}", _FROM_BACKUP, made_at)
    elif size > end:
        notify(
            f"{size - end:,} bytes at the end of {path.name} were never acknowledged; the next add moves them"
        )


def _tell_strangers(folder: Path, names: set[str], notify: Callable[[str], None]) -> None:
    for path in sorted(folder.glob("*.warc.gz")):
        if path.name not in names and (not plain_file(path) or path.stat().st_size):
            notify(f"{SNAPSHOTS}/{path.name} was never acknowledged; the next add moves it")


def check_bytes(
    folder: Path,
    captures: CaptureReader,
    written: Written,
    payload: Callable[[StoredCapture], bytes],
    step: Callable[[], None],
) -> Iterator[Fault]:
    """Each stretch of bytes against its digest; captures one by one where there is none, or it differs."""
    doubtful: list[tuple[str, int, int]] = []
    for segment, made_at in written.segments:
        step()
        found = _digest(folder / SNAPSHOTS / segment.name, segment.start, segment.end)
        if found == segment.sha256:
            continue
        doubtful.append((segment.name, segment.start, segment.end))
        if segment.sha256 != UNKNOWN:
            where = f"bytes {segment.start:,} to {segment.end:,} of {segment.name}"
            yield Fault("snapshots", f"{where} are not what was written", _FROM_BACKUP, made_at)
    for capture in captures.all_captures() if doubtful else ():
        if _lies_in(capture, doubtful):
            try:
                payload(capture)
            except StoreError as error:
                message = f"capture {capture.id} ({capture.source}): {error.message}"
                yield Fault("snapshots", message, error.hint, capture.captured_at)


def _lies_in(capture: StoredCapture, stretches: list[tuple[str, int, int]]) -> bool:
    start, end = capture.record_offset, capture.record_offset + capture.record_length
    return any(name == capture.snapshot and start < b and a < end for name, a, b in stretches)


def _digest(path: Path, start: int, end: int) -> str | None:
    if not plain_file(path):
        return None
    digest, left = hashlib.sha256(), end - start
    try:
        with path.open("rb") as file:
            file.seek(start)
            while left and (data := file.read(min(_CHUNK, left))):
                digest.update(data)
                left -= len(data)
    except OSError:
        return None
    return None if left else digest.hexdigest()
