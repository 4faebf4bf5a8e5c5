"""ARC files, which came before WARC. Source: the Internet Archive's ARC file format, versions 1 and 2."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from newsarchive.acquire.containers.web_archives.archived_pages import Others, kind_of, page_format
from newsarchive.acquire.containers.web_archives.http_message import body_of, parse_response
from newsarchive.acquire.containers.web_archives.record_stream import Damaged, RecordStream
from newsarchive.acquire.reader import Failure, Item, Limits, printable
from newsarchive.acquire.saved_origin import moment_of_14_digits
from newsarchive.acquire.source_file import SourceFile
from newsarchive.errors import AcquireError
from newsarchive.model import Capture

_MIN_FIELDS = 5


def read(file: SourceFile, *, limits: Limits, now: datetime) -> Iterator[Item]:
    """Yield the pages of the records, streamed; a damaged record is a failure, and the rest is read."""
    others = Others(file.name)
    stream = RecordStream(file.raw, is_gzipped=file.is_gzipped, mark=b"http")
    number = 0
    while True:
        source = f"{file.name}#{number + 1}"
        try:
            if not stream.begin():
                break
            number += 1
            capture = _capture(stream, source, others, limits, now)
        except Damaged as damage:
            message = f"{file.name} has a damaged record at byte {stream.offset:,}: {damage}"
            yield Failure(source, AcquireError(message, hint="get a fresh copy of the file"))
            if not file.is_gzipped or not stream.recover():
                break
        except AcquireError as error:
            yield Failure(source, error)
        else:
            if capture is not None:
                yield capture
    yield from others.items()


def _capture(
    stream: RecordStream, source: str, others: Others, limits: Limits, now: datetime
) -> Capture | None:
    fields = stream.line().decode("utf-8", "replace").split()
    if len(fields) < _MIN_FIELDS or not fields[-1].isdecimal():
        raise Damaged("no record begins there")
    length = int(fields[-1])
    if fields[0].startswith("filedesc:") or length > limits.payload:
        stream.skip(length)
        return None
    return _page(fields, stream.read(length), source, others, limits, now)


def _page(
    fields: list[str], block: bytes, source: str, others: Others, limits: Limits, now: datetime
) -> Capture | None:
    response = parse_response(block)
    if response is None or response.status != 200:
        others.count(f"an HTTP answer {response.status}" if response else fields[3])
        return None
    payload = body_of(response, name=source, limit=limits.payload)
    format_ = page_format(payload, response.content_type)
    if format_ is None:
        others.count(kind_of(payload, response.content_type))
        return None
    moment = moment_of_14_digits(fields[2])
    return Capture(
        payload=payload,
        source=source,
        captured_at=moment or now,
        time_known=moment is not None,
        format=format_,
        content_type=response.content_type,
        url=printable(fields[0]),
    )
