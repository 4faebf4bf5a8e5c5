"""WARC, ARC and WACZ files: pages with the address and time of their records."""

from __future__ import annotations

import gzip
import hashlib
import io
import json
import tempfile
import zipfile
import zlib
from datetime import UTC, datetime
from pathlib import Path

import brotli
import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st

from newsarchive import Archive
from newsarchive.acquire import Failure, Item, Limits, NotRead, acquire, readers
from newsarchive.model import Capture

NOW = datetime(2024, 5, 1, tzinfo=UTC)
URL = "https://harbour.example/2019/ferry"
PAGE = b"<!DOCTYPE html><h1>Ferry sails again</h1><p>The ferry of Port Almar sails again from Monday.</p>"


def response(body: bytes, *headers: str, status: str = "200 OK") -> bytes:
    lines = [f"HTTP/1.1 {status}", *(headers or ("Content-Type: text/html; charset=utf-8",))]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


def record(
    block: bytes, *, url: str = URL, kind: str = "response", date: str = "2019-03-08T20:00:00Z"
) -> bytes:
    type_ = "application/http; msgtype=response" if block.startswith(b"HTTP/") else "text/html"
    head = (
        f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:{hashlib.md5(block).hexdigest()}>\r\n"
        f"WARC-Date: 2019-03-08T20:00:00Z\r\nWARC-Target-URI: {url}\r\nContent-Type: {type_}\r\n"
        f"Content-Length: {len(block)}\r\n\r\n"
    )
    return head.encode() + block + b"\r\n\r\n"


def read(path: Path, content: bytes) -> list[Item]:
    path.write_bytes(content)
    return list(acquire([str(path)], readers(Limits(payload=1_000_000)), now=NOW))


def captures(items: list[Item]) -> list[Capture]:
    return [item for item in items if isinstance(item, Capture)]


STORIES = [record(response(PAGE + b"%d" % number), url=f"{URL}/{number}") for number in range(4)]


@pytest.mark.parametrize("name", ["a.warc", "a.warc.gz", "renamed.bin"])
def test_each_page_comes_with_the_address_and_time_of_its_record(tmp_path: Path, name: str) -> None:
    """A page of 2019 that is added today is of 2019."""
    pieces = [gzip.compress(one, mtime=0) for one in STORIES] if name.endswith("gz") else STORIES
    found = captures(read(tmp_path / name, b"".join(pieces)))
    assert [capture.url for capture in found] == [f"{URL}/{number}" for number in range(4)]
    assert {capture.captured_at for capture in found} == {datetime(2019, 3, 8, 20, tzinfo=UTC)}
    assert all(capture.time_known and not capture.fetched for capture in found)
    assert [capture.source for capture in found] == [f"{tmp_path / name}#{number}" for number in range(1, 5)]


@pytest.mark.parametrize(
    ("body", "headers"),
    [
        (b"%x\r\n%b\r\n0\r\n\r\n" % (len(PAGE), PAGE), ["Transfer-Encoding: chunked"]),
        (PAGE, ["Transfer-Encoding: chunked"]),
        (gzip.compress(PAGE), ["Content-Encoding: gzip"]),
        (PAGE, ["Content-Encoding: gzip"]),
        (zlib.compress(PAGE), ["Content-Encoding: deflate"]),
        (brotli.compress(PAGE), ["Content-Encoding: br"]),
        (zstandard.compress(PAGE), ["Content-Encoding: zstd"]),
    ],
    ids=["chunked", "chunks-joined", "gzip", "gzip-undone", "deflate", "brotli", "zstd"],
)
def test_bodies_are_read_as_browsers_do(tmp_path: Path, body: bytes, headers: list[str]) -> None:
    """Crawlers keep what servers send, encodings and all."""
    block = response(body, "Content-Type: text/html", *headers)
    (capture,) = captures(read(tmp_path / "a.warc", record(block)))
    assert capture.payload == PAGE


def test_what_is_no_page_is_counted_by_kind(tmp_path: Path) -> None:
    """A crawl has ten pictures for a page; a line for each would hide what matters."""
    picture = record(response(b"\x89PNG", "Content-Type: image/png"))
    missing = record(response(PAGE, status="404 Not Found"))
    robots = record(response(b"User-agent: *\n", "Content-Type: text/plain"))
    items = read(tmp_path / "a.warc", picture + picture + missing + robots + STORIES[0])
    assert len(captures(items)) == 1
    found = {item.kind: item.number for item in items if isinstance(item, NotRead)}
    assert found == {"image/png": 2, "an HTTP answer 404": 1, "text/plain": 1}


@pytest.mark.parametrize("gzipped", [False, True])
def test_a_damaged_record_is_told_with_its_place_and_the_rest_is_read(tmp_path: Path, gzipped: bool) -> None:
    """A crawl of a year must not be lost for one bad sector."""
    pieces = [gzip.compress(one, mtime=0) for one in STORIES] if gzipped else list(STORIES)
    middle = len(pieces[1]) // 2
    pieces[1] = pieces[1][:20] + b"\xff" * (middle - 20) + pieces[1][middle:]
    items = read(tmp_path / "a.warc", b"".join(pieces))
    assert [capture.url for capture in captures(items)] == [f"{URL}/{number}" for number in (0, 2, 3)]
    (failure,) = [item for item in items if isinstance(item, Failure)]
    assert f"at byte {len(pieces[0]):,}" in failure.error.message


@pytest.mark.parametrize("gzipped", [False, True])
def test_a_file_that_is_cut_gives_what_is_whole(tmp_path: Path, gzipped: bool) -> None:
    """Half a page must not be archived as the page."""
    data = b"".join(gzip.compress(one, mtime=0) if gzipped else one for one in STORIES)
    items = read(tmp_path / "a.warc", data[:-40])
    assert len(captures(items)) == 3
    assert isinstance(items[-1], Failure)


def test_arc_files_are_read_too(tmp_path: Path) -> None:
    """Archives before 2009 are in this format."""
    info = b"1 0 InternetArchive\nURL IP-address Archive-date Content-type Archive-length\n"
    block = response(PAGE)
    data = b"filedesc://a.arc 0.0.0.0 20050614070144 text/plain %d\n%b\n" % (len(info), info)
    data += b"%b 192.0.2.1 20050614070200 text/html %d\n%b\n" % (URL.encode(), len(block), block)
    (capture,) = captures(read(tmp_path / "a.arc", data))
    assert (capture.url, capture.captured_at) == (URL, datetime(2005, 6, 14, 7, 2, tzinfo=UTC))


def wacz(warc: bytes, digest: str) -> bytes:
    index = {"resources": [{"path": "archive/data.warc.gz", "hash": f"sha256:{digest}"}]}
    output = io.BytesIO()
    with zipfile.ZipFile(output, "w") as archive:
        archive.writestr("archive/data.warc.gz", warc)
        archive.writestr("datapackage.json", json.dumps(index))
    return output.getvalue()


def test_a_wacz_file_gives_the_pages_of_its_archives(tmp_path: Path) -> None:
    """Browsertrix and ArchiveWeb.page write these."""
    warc = b"".join(gzip.compress(one, mtime=0) for one in STORIES)
    items = read(tmp_path / "a.wacz", wacz(warc, hashlib.sha256(warc).hexdigest()))
    assert len(captures(items)) == 4
    assert items[0].source == f"{tmp_path / 'a.wacz'}/archive/data.warc.gz#1"


def test_a_wacz_file_whose_digest_is_wrong_is_refused(tmp_path: Path) -> None:
    """The digests are there to be checked."""
    warc = b"".join(gzip.compress(one, mtime=0) for one in STORIES)
    (item,) = read(tmp_path / "a.wacz", wacz(warc, "0" * 64))
    assert isinstance(item, Failure)
    assert "digest" in item.error.message


def test_a_web_archive_added_twice_is_unchanged_and_its_records_are_copies(tmp_path: Path) -> None:
    """Importing again must cost nothing, and what is kept replays as the page that it was."""
    (tmp_path / "a.warc").write_bytes(b"".join(STORIES))
    with Archive.create(tmp_path / "archive") as archive:
        assert [outcome.name for outcome in archive.add([tmp_path / "a.warc"])] == ["added"] * 4
        assert [outcome.name for outcome in archive.add([tmp_path / "a.warc"])] == ["unchanged"] * 4
        assert list(archive.verify()) == []
        (capture,) = archive.captures(1)
        assert (capture.url, capture.captured_at) == (f"{URL}/0", datetime(2019, 3, 8, 20, tzinfo=UTC))
    (snapshot,) = (tmp_path / "archive" / "snapshots").glob("*.warc.gz")
    assert STORIES[0] in gzip.decompress(snapshot.read_bytes())


def test_the_snapshots_of_an_archive_give_another_the_same_articles(tmp_path: Path) -> None:
    """An archive must not be the only reader of what it keeps."""
    (tmp_path / "a.warc").write_bytes(b"".join(STORIES[:2]))
    (tmp_path / "coast.jsonl").write_bytes(
        b'{"id": "a1", "headline": "Pier opens", "text": "The pier opens."}\n'
    )
    with Archive.create(tmp_path / "one") as one, Archive.create(tmp_path / "two") as two:
        list(one.add([tmp_path / "a.warc", tmp_path / "coast.jsonl"]))
        list(two.add(sorted((tmp_path / "one" / "snapshots").glob("*.warc.gz"))))
        for number in (1, 2, 3):
            first, second = one.article(number), two.article(number)
            assert (first.headline, first.url, first.text) == (second.headline, second.url, second.text)
            assert one.captures(number)[0].sha256 == two.captures(number)[0].sha256
        assert two.captures(3)[0].identifier == "a1"


@given(st.integers(0, 3), st.integers(0, 200), st.binary(min_size=1, max_size=30), st.booleans())
def test_any_damage_leaves_the_other_records(which: int, place: int, noise: bytes, gzipped: bool) -> None:
    """Damage has any form."""
    pieces = [gzip.compress(one, mtime=0) if gzipped else one for one in STORIES]
    piece = pieces[which]
    pieces[which] = piece[:place] + noise + piece[place + len(noise) :]
    with tempfile.TemporaryDirectory() as folder:
        items = read(Path(folder, "a.warc"), b"".join(pieces))
    addresses = {item.url for item in items if isinstance(item, Capture)}
    behind = {f"{URL}/{number}" for number in range(4) if number != which}
    # A length that says more than there is swallows what follows it.
    assert which == 0 or addresses >= {f"{URL}/{number}" for number in range(which)}
    assert len(addresses & behind) >= min(2, which) or which == 0
