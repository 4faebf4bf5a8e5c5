"""Captures as received, in WARC 1.1 files: append-only, one gzip member a record.

Source: ISO 28500:2017 (WARC 1.1); annex D for the record at a time compression.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import re
import zlib
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

from warcio.archiveiterator import ArchiveIterator
from warcio.bufferedreaders import DecompressingBufferedReader
from warcio.recordloader import ArchiveLoadFailed, ArcWarcRecordLoader
from warcio.warcwriter import WARCWriter

from newsarchive.base.folder_renames import sync_folder
from newsarchive.errors import SnapshotDamaged
from newsarchive.model import Capture
from newsarchive.store.log.segments import Segment
from newsarchive.store.snapshots.resource_record import resource_record
from newsarchive.store.snapshots.snapshot_records import MAX_RECORD

# Large enough to keep files few, small enough to copy and to check one at a time.
MAX_FILE = 1_000_000_000
_SOFTWARE = "newsarchive"
# What this program names them; a name from a stranger's database leads nowhere else.
_NAME = re.compile(r"\d{5,12}\.warc\.gz")


@dataclass(frozen=True, slots=True)
class RecordPlace:
    """Where a record lies: the file below snapshots/, offset and length in bytes."""

    snapshot: str
    offset: int
    length: int


class SnapshotWriter:
    """Appends captures; ``sync`` makes them durable, ``rollback`` takes back what was not synced.

    ``committed`` is what the database acknowledges: file name -> length. What lies
    behind it was never acknowledged here; whoever opens the writer has set it aside.
    """

    def __init__(self, folder: Path, committed: dict[str, int], *, max_file: int = MAX_FILE) -> None:
        self._folder = folder
        self._committed = dict(committed)
        self._max_file = max_file
        self._name = max(committed, default="")
        self._file: _DigestingFile | None = None
        self._segments: list[Segment] = []
        self._folder.mkdir(exist_ok=True)

    def append(self, capture: Capture) -> RecordPlace:
        """Write the record(s) of a capture and return the place of the one that holds the payload."""
        file = self._writable()
        if capture.exchange is not None:
            return self._append_exchange(file, capture.exchange)
        offset = file.tell()
        file.write(resource_record(capture))
        return RecordPlace(self._name, offset, file.tell() - offset)

    def _append_exchange(self, file: _DigestingFile, exchange: bytes) -> RecordPlace:
        start = file.tell()
        offset, length = _last_response(exchange)
        file.write(exchange)
        return RecordPlace(self._name, start + offset, length)

    def sync(self) -> list[Segment]:
        """Make all that was appended durable; return it for the database to acknowledge."""
        self._sync_file()
        segments, self._segments = self._segments, []
        return segments

    def _sync_file(self) -> None:
        if self._file is None:
            return
        self._file.flush()
        os.fsync(self._file.fileno())
        start, end = self._committed.get(self._name, 0), self._file.tell()
        if end > start:
            self._segments.append(Segment(self._name, start, end, self._file.take_digest()))
        self._committed[self._name] = end

    def rollback(self, committed: dict[str, int]) -> None:
        """Cut everything after what the database acknowledges."""
        self.close()
        self._segments = []
        self._committed = dict(committed)
        self._name = max(committed, default="")
        for path in sorted(self._folder.glob("*.warc.gz")):
            _cut(path, self._committed.get(path.name, 0))

    def close(self) -> None:
        """Close the file; closing twice is harmless."""
        if self._file is not None:
            # After a full disk, closing tries to flush once more and fails again;
            # what is in the buffer was never acknowledged.
            with contextlib.suppress(OSError):
                self._file.close()
            self._file = None

    def _writable(self) -> _DigestingFile:
        if self._file is not None and self._file.tell() >= self._max_file:
            self._sync_file()
            self.close()
        if self._file is None:
            full = self._committed.get(self._name, 0) >= self._max_file
            if not self._name or full:
                self._name = f"{len(self._committed) + 1:05}.warc.gz"
            self._file = self._open(self._name)
        return self._file

    def _open(self, name: str) -> _DigestingFile:
        path = self._folder / name
        new = not path.exists() or path.stat().st_size == 0
        file = _DigestingFile(path.open("ab"))
        if new:
            writer = WARCWriter(file, gzip=True, warc_version="1.1")
            info = {"software": _SOFTWARE, "format": "WARC File Format 1.1"}
            writer.write_record(writer.create_warcinfo_record(name, info))
            sync_folder(self._folder)
        return file


class _DigestingFile:
    """A file that is written to, and the digest of what was written since it was last asked for."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._digest = hashlib.sha256()
        self.flush, self.tell, self.close, self.fileno = file.flush, file.tell, file.close, file.fileno

    def write(self, data: bytes) -> int:
        self._digest.update(data)
        return self._file.write(data)

    def take_digest(self) -> str:
        digest, self._digest = self._digest.hexdigest(), hashlib.sha256()
        return digest


def read_payload(folder: Path, place: RecordPlace, *, sha256: str) -> bytes:
    """Read back the payload of a capture, checked against its digest.

    Raises SnapshotDamaged if the file is missing, cut or altered.
    """
    path = folder / place.snapshot
    if _NAME.fullmatch(place.snapshot) is None or not plain_file(path):
        raise SnapshotDamaged(f"{path} is no snapshot file", hint=_REPAIR)
    try:
        with path.open("rb") as file:
            file.seek(max(0, place.offset))
            payload = _first_payload(BytesIO(file.read(max(0, min(place.length, MAX_RECORD)))))
    except OSError as exc:
        raise SnapshotDamaged(f"can't read {path}: {exc.strerror or exc}", hint=_REPAIR) from exc
    if payload is None or hashlib.sha256(payload).hexdigest() != sha256:
        raise SnapshotDamaged(f"{path}: the record at offset {place.offset} is damaged", hint=_REPAIR)
    return payload


def plain_file(path: Path) -> bool:
    """Whether it is a file: no link, pipe, device or folder in the place of one."""
    return path.is_file() and not path.is_symlink()


def read_record(folder: Path, place: RecordPlace, *, sha256: str) -> bytes:
    """The record itself, gzipped, byte for byte; its payload is checked. Raises SnapshotDamaged."""
    read_payload(folder, place, sha256=sha256)
    with (folder / place.snapshot).open("rb") as file:
        file.seek(place.offset)
        return file.read(place.length)


def is_snapshot(path: Path) -> bool:
    """Whether this program can have made it."""
    return _NAME.fullmatch(path.name) is not None and plain_file(path)


_REPAIR = "restore the file from a backup; all other captures and the articles themselves are unaffected"


def _first_payload(stream: BinaryIO) -> bytes | None:
    # The loader, not ArchiveIterator, which complains of damaged records on stderr.
    # warcio raises many kinds of error on damaged bytes, zlib's and its own among them.
    try:
        record = ArcWarcRecordLoader().parse_record_stream(DecompressingBufferedReader(stream))
        data: bytes = record.content_stream().read(MAX_RECORD + 1)
    except (ArchiveLoadFailed, OSError, ValueError, EOFError, AttributeError, KeyError, zlib.error):
        return None
    # A few bytes that swell to more than any capture holds are none of ours.
    return data if len(data) <= MAX_RECORD else None


def _last_response(exchange: bytes) -> tuple[int, int]:
    place = (0, len(exchange))
    iterator = ArchiveIterator(BytesIO(exchange))
    for record in iterator:
        is_response = record.rec_type == "response"
        iterator.read_to_end(record)
        if is_response:
            place = (iterator.get_record_offset(), iterator.get_record_length())
    return place


def _cut(path: Path, length: int) -> None:
    if path.stat().st_size > length:
        os.truncate(path, length)
