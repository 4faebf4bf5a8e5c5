"""The WARC record of a capture, as warcio reads it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from io import BytesIO

from hypothesis import given
from hypothesis import strategies as st
from warcio.archiveiterator import ArchiveIterator
from warcio.recordloader import ArcWarcRecord

from newsarchive import Capture
from newsarchive.formats import PageFormat
from newsarchive.store.snapshots.resource_record import resource_record

_NOON = datetime(2024, 5, 2, 12, tzinfo=UTC)
_ANY = st.none() | st.text(max_size=30)


@given(payload=st.binary(max_size=300), url=_ANY, content_type=_ANY)
def test_warcio_reads_back_what_was_received(
    payload: bytes, url: str | None, content_type: str | None
) -> None:
    """Other tools read the archive: length and both digests are right for any bytes, whatever the headers."""
    record = resource_record(_capture(payload, url=url, content_type=content_type))
    ((found, read),) = _read(record)
    assert read == payload
    assert found.digest_checker.passed is not False
    assert found.rec_headers.get_header("WARC-Date") == "2024-05-02T12:00:00Z"


def test_a_url_with_line_breaks_adds_no_header() -> None:
    """A stranger's URL or type must not say how long the record is."""
    hostile = "https://a.example/\r\nContent-Length: 1\r\n\r\nx"
    record = resource_record(_capture(b"<p>Text</p>", url=hostile, content_type=hostile))
    ((found, read),) = _read(record)
    names = [name for name, _ in found.rec_headers.headers]
    assert len(names) == len(set(names)) == 8
    assert read == b"<p>Text</p>"


def test_a_row_is_named_by_its_dataset_and_id() -> None:
    """Nothing of this computer's folders goes into the archive."""
    row = Capture(
        payload=b"{}",
        source="/home/user/d.jsonl:1",
        captured_at=_NOON,
        format=PageFormat.ROW,
        dataset="d/x",
        identifier="7 a",
    )
    ((found, _),) = _read(resource_record(row))
    assert found.rec_headers.get_header("WARC-Target-URI") == "urn:newsarchive:dataset:d%2Fx:7%20a"


def _capture(payload: bytes, *, url: str | None, content_type: str | None) -> Capture:
    return Capture(
        payload=payload,
        source="page.html",
        captured_at=_NOON,
        format=PageFormat.HTML,
        url=url,
        content_type=content_type,
    )


def _read(record: bytes) -> Iterator[tuple[ArcWarcRecord, bytes]]:
    records = ArchiveIterator(BytesIO(record), check_digests="raise")
    return ((found, found.content_stream().read()) for found in records)
