"""WACZ files: a ZIP file of WARC files with their digests. Source: WACZ 1.1.1 (webrecorder/specs)."""

from __future__ import annotations

import hashlib
import json
import shutil
import zipfile
import zlib
from collections.abc import Iterator
from datetime import datetime
from tempfile import TemporaryFile
from typing import BinaryIO

from newsarchive.acquire.containers.web_archives.warc import records_in
from newsarchive.acquire.reader import Failure, Item, Limits
from newsarchive.acquire.source_file import SourceFile
from newsarchive.errors import AcquireError

_INDEX = "datapackage.json"
_MAX_INDEX = 50_000_000
_CHUNK = 1_000_000
_GZIP = b"\x1f\x8b"
# Above this, a member is a bomb and no crawl: WARC files hardly shrink, they are compressed already.
_MAX_MEMBER = 20_000_000_000


def read(file: SourceFile, *, limits: Limits, now: datetime) -> Iterator[Item]:
    """Yield the pages of its WARC files; one whose digest is wrong is a failure."""
    file.raw.seek(0)
    try:
        with zipfile.ZipFile(file.raw) as archive:
            yield from _archives(archive, file.name, limits, now)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError) as exc:
        raise AcquireError(f"{file.name} is a damaged ZIP file: {exc}", hint="get a fresh copy") from exc


def _archives(archive: zipfile.ZipFile, name: str, limits: Limits, now: datetime) -> Iterator[Item]:
    digests = _digests(archive)
    found = False
    for member in archive.infolist():
        if member.filename.startswith("archive/") and member.filename.endswith((".warc", ".warc.gz")):
            found = True
            source = f"{name}/{member.filename}"
            with TemporaryFile() as copy:
                error = _unpack(archive, member, copy, source, digests.get(member.filename))
                if error is not None:
                    yield Failure(source, error)
                    continue
                copy.seek(0)
                is_gzipped = copy.read(2) == _GZIP
                copy.seek(0)
                yield from records_in(copy, name=source, is_gzipped=is_gzipped, limits=limits, now=now)
    if not found:
        yield Failure(name, AcquireError(f"{name} holds no WARC file", hint="get a fresh copy"))


def _unpack(
    archive: zipfile.ZipFile, member: zipfile.ZipInfo, copy: BinaryIO, source: str, digest: str | None
) -> AcquireError | None:
    """Unpack a member, whose reader goes back and forth; tell what is wrong with it."""
    if member.file_size > _MAX_MEMBER:
        return AcquireError(f"{source} states {member.file_size:,} bytes", hint="unpack it by hand")
    try:
        with archive.open(member) as stream:
            shutil.copyfileobj(stream, copy, _CHUNK)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError) as exc:
        return AcquireError(f"{source} can't be unpacked: {exc}", hint="get a fresh copy")
    if digest is not None and _sha256(copy) != digest:
        return AcquireError(
            f"{source} is not what {_INDEX} says: its digest is another", hint="get a fresh copy"
        )
    return None


def _sha256(copy: BinaryIO) -> str:
    copy.seek(0)
    return hashlib.file_digest(copy, "sha256").hexdigest()  # type: ignore[arg-type]


def _digests(archive: zipfile.ZipFile) -> dict[str, str]:
    """The SHA-256 of each file, as far as the index states them."""
    try:
        with archive.open(_INDEX) as stream:
            index = json.loads(stream.read(_MAX_INDEX))
        resources = index["resources"]
        stated = {item["path"]: item["hash"] for item in resources if "hash" in item}
    except (KeyError, TypeError, ValueError, RecursionError, zipfile.BadZipFile, zlib.error):
        return {}
    return {
        path: value.removeprefix("sha256:") for path, value in stated.items() if value.startswith("sha256:")
    }
