"""Datasets in JSON Lines."""

from __future__ import annotations

import gzip
import json
import tracemalloc
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsarchive.acquire import Failure, Limits
from newsarchive.acquire.containers.json_lines import Line, dataset
from newsarchive.acquire.reader import Item
from newsarchive.acquire.sources.files import FileReader
from newsarchive.formats import PageFormat
from newsarchive.model import Capture

NOW = datetime(2024, 5, 1, tzinfo=UTC)


def read(path: Path, content: bytes, **limits: int) -> list[Item]:
    path.write_bytes(content)
    return list(FileReader(Limits(**limits)).read(str(path), now=NOW))


def test_row_is_kept_byte_for_byte_without_its_line_end(tmp_path: Path) -> None:
    """The capture is what the dataset says, spelling included."""
    path = tmp_path / "wire.2024.jsonl"
    row, last = read(path, b'\xef\xbb\xbf{"id" : 7,  "title":"\\u00e9"}\r\n\n{"id": "b"}')
    assert row == Capture(
        payload=b'{"id" : 7,  "title":"\\u00e9"}',
        source=f"{path}:1",
        captured_at=NOW,
        format=PageFormat.ROW,
        content_type="application/json",
        dataset="wire.2024",
        identifier="7",
    )
    assert last.source == f"{path}:3"


@pytest.mark.parametrize("name", ["wire.jsonl", "wire.ndjson", "wire.jsonl.gz", "WIRE.NDJSON.GZ"])
def test_dataset_has_the_name_of_its_file_however_it_is_packed(tmp_path: Path, name: str) -> None:
    """A row is the same article when its dataset is gzipped."""
    content = b'{"id": 1}\n'
    (row,) = read(tmp_path / name, gzip.compress(content) if name.lower().endswith("gz") else content)
    assert isinstance(row, Capture)
    assert (row.dataset or "").lower() == "wire"


@pytest.mark.parametrize(
    ("row", "identifier"),
    [
        ({"id": "a"}, "a"),
        ({"id": 12}, "12"),
        ({"id": 0}, "0"),
        ({"id": 1.5}, "1.5"),
        ({"id": ""}, None),
        ({"id": True}, None),
        ({"id": None}, None),
        ({"id": [1]}, None),
        ({"id": float("nan")}, None),
        ({"id": "x" * 1_001}, None),
        ({"id": "\ud800"}, "\\ud800"),
        ({}, None),
    ],
)
def test_identifier_is_a_short_string_or_a_number(
    tmp_path: Path, row: dict[str, object], identifier: str | None
) -> None:
    """What is no identifier must not become an article's identity."""
    (result,) = read(tmp_path / "a.jsonl", json.dumps(row).encode())
    assert isinstance(result, Capture)
    assert result.identifier == identifier


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (b"{broken", "is no JSON: "),
        (b"[1]", "is no JSON object"),
        (b'"text"', "is no JSON object"),
        (b'{"a": "\xff"}', "is not UTF-8"),
        (b"[" * 900, "is no"),
        (b'{"a":' + b"[" * 50_000 + b"]" * 50_000 + b"}", "is nested too deep"),
        (b'{"a": ' + b"1" * 5_000 + b"}", "holds a number too long"),
        (b'{"a": "' + b"x" * 200_000 + b'"}', "is longer than 200,000 bytes"),
    ],
    ids=["broken", "array", "string", "latin-1", "open", "deep", "number", "long"],
)
def test_bad_line_is_a_failure_and_the_next_is_read(tmp_path: Path, line: bytes, reason: str) -> None:
    """One bad row in a million must not cost the others."""
    path = tmp_path / "a.jsonl"
    first, bad, last = read(path, b'{"id": 1}\n' + line + b'\n{"id": 2}\n', line=200_000)
    assert isinstance(first, Capture)
    assert isinstance(last, Capture)
    assert isinstance(bad, Failure)
    assert bad.source == f"{path}:2"
    assert reason in bad.error.message
    assert bad.error.message.startswith(bad.source)


@pytest.mark.parametrize("size", [99, 100, 101, 199, 200, 201, 300, 301])
def test_line_longer_than_the_cap_is_skipped_to_its_end(tmp_path: Path, size: int) -> None:
    """Lines that end where a read does are where such code goes wrong."""
    long = b'{"a": "' + b"x" * (size - 9) + b'"}'
    results = read(tmp_path / "a.jsonl", long + b'\n{"id": 2}\n', line=100)
    assert [type(result) for result in results] == [Failure if size > 100 else Capture, Capture]


def test_cut_gzip_gives_its_rows_and_then_one_failure(tmp_path: Path) -> None:
    """What arrived is not lost, and that something is missing is told."""
    rows = b"".join(b'{"id": %d, "text": "%x"}\n' % (n, n**9) for n in range(2_000))
    results = read(tmp_path / "a.jsonl.gz", gzip.compress(rows)[:-2_000])
    *good, last = results
    assert len(good) > 1_000
    assert all(isinstance(result, Capture) for result in good)
    assert isinstance(last, Failure)
    assert "ends early" in last.error.message


@pytest.mark.parametrize("content", [b"", b"\n \n", b"not gzip"], ids=["empty", "blank", "not-gzip"])
@pytest.mark.parametrize("name", ["a.jsonl", "a.jsonl.gz"])
def test_dataset_without_rows_is_one_failure(tmp_path: Path, name: str, content: bytes) -> None:
    """Silence would look like success."""
    packed = gzip.compress(content) if name.endswith("gz") and b"gzip" not in content else content
    (result,) = read(tmp_path / name, packed)
    assert isinstance(result, Failure)


def test_missing_dataset_is_a_failure(tmp_path: Path) -> None:
    """A mistyped name is told as for pages."""
    (result,) = FileReader().read(str(tmp_path / "no.jsonl"), now=NOW)
    assert isinstance(result, Failure)
    assert "no such file" in result.error.message


def test_gzip_bomb_of_one_line_takes_the_memory_of_a_line(tmp_path: Path) -> None:
    """50 KB packed are 50 MB unpacked, and could as well be 50 GB."""
    path = tmp_path / "a.jsonl.gz"
    path.write_bytes(gzip.compress(bytes(50_000_000)))
    tracemalloc.start()
    results = list(FileReader(Limits(line=100_000)).read(str(path), now=NOW))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert [type(result) for result in results] == [Failure]
    assert peak < 5_000_000


def test_lines_are_counted_ahead(tmp_path: Path) -> None:
    """Progress needs a total; a last line needs no line end."""
    path = tmp_path / "a.jsonl.gz"
    path.write_bytes(gzip.compress(b'{"id": 1}\n{"id": 2}\n{"id": 3}'))
    assert FileReader().count(str(path)) == 3
    path.write_bytes(gzip.compress(b'{"id": 1}\n{"id": 2}\n{"id": 3}')[:-9])
    assert FileReader().count(str(path)) is None


@given(st.lists(st.binary(max_size=80), max_size=8))
def test_any_lines_give_an_outcome_each(lines: list[bytes]) -> None:
    """Datasets come from strangers."""
    numbered = (Line(number, content) for number, content in enumerate(lines, 1))
    results = list(dataset(numbered, source="a.jsonl", dataset="a", now=NOW))
    rows = sum(1 for line in lines if line.strip())
    assert len(results) == max(rows, 1)
