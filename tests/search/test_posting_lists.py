"""The bytes of posting lists: plain Python and numpy agree, and damage is told."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from plain_lists import encode, positions_of

from newsarchive.search.whoosh.segment import posting_arrays
from newsarchive.search.whoosh.segment.postings import BLOCK, Postings
from newsarchive.search.whoosh.segment.sections import SectionFile, SectionWriter


class Entry(NamedTuple):
    """An article of a list."""

    document: int
    extra: int
    positions: list[int]


_NUMBERS = st.sampled_from([3, 200, 255, 256, 60_000, 65_535, 65_536, 2**31]).flatmap(
    lambda highest: st.integers(0, highest)
)


@st.composite
def _lists(draw: st.DrawFn, largest: int = 12) -> list[Entry]:
    """A list of a few articles, or of some blocks of like ones."""
    documents = sorted(draw(st.sets(_NUMBERS, min_size=1, max_size=largest)))
    positioned = draw(st.booleans())
    extras = st.sampled_from([0, 0, 0, 2, 300, 70_000])
    places = st.sets(_NUMBERS, min_size=1, max_size=5).map(sorted)
    entries = [Entry(at, draw(extras), draw(places) if positioned else []) for at in documents]
    if draw(st.integers(0, 9)) == 0:
        last = entries[-1]
        more = range(1, BLOCK * draw(st.integers(1, 3)))
        entries += [Entry(last.document + step, last.extra, last.positions) for step in more]
    return entries


def _arrays(entries: Sequence[Entry]) -> tuple[list[int], list[int], list[int], list[int]]:
    positioned = bool(entries[0].positions)
    return (
        [entry.document for entry in entries],
        [(len(entry.positions) or 1) + entry.extra for entry in entries],
        [len(entry.positions) for entry in entries] if positioned else [],
        [position for entry in entries for position in entry.positions],
    )


def _together(found: Sequence[Sequence[Entry]]) -> posting_arrays.Lists:
    columns = [_arrays(entries) for entries in found]
    counts = [counts or [0] * len(documents) for documents, _, counts, _ in columns]
    numbers = [
        np.array([number for column in part for number in column], np.uint32)
        for part in ([c[0] for c in columns], [c[1] for c in columns], counts, [c[3] for c in columns])
    ]
    return posting_arrays.Lists(np.array([len(entries) for entries in found], np.int64), *numbers)


@settings(deadline=None)
@given(st.lists(_lists(), min_size=1, max_size=8))
def test_numpy_writes_the_bytes_that_plain_python_writes(found: list[list[Entry]]) -> None:
    """Two writers of one format: an index may be begun by one and merged by the other."""
    encoded = posting_arrays.encode(_together(found))
    one_by_one = [encode(*_arrays(entries)) for entries in found]
    assert encoded.kinds.tolist() == [kind for kind, _ in one_by_one]
    assert encoded.lengths.tolist() == [len(data) for _, data in one_by_one]
    assert encoded.data.tobytes() == b"".join(data for _, data in one_by_one)


@settings(deadline=None)
@given(st.lists(_lists(), min_size=1, max_size=8))
def test_numpy_reads_back_what_it_wrote(found: list[list[Entry]]) -> None:
    """Merging reads whole ranges of lists at once."""
    whole = _together(found)
    encoded = posting_arrays.encode(whole)
    starts = np.cumsum(encoded.lengths) - encoded.lengths
    again = posting_arrays.decode(encoded.data, starts, whole.sizes, encoded.kinds)
    for name in ("documents", "weights", "counts", "positions"):
        assert getattr(again, name).tolist() == getattr(whole, name).tolist(), name


@settings(deadline=None)
@given(_lists())
def test_plain_python_reads_back_what_it_wrote(entries: list[Entry]) -> None:
    """Searching in a fresh process does without numpy."""
    documents, weights, counts, positions = _arrays(entries)
    kind, data = encode(documents, weights, counts, positions)
    found = Postings(memoryview(data), len(documents), kind)
    assert found.documents.tolist() == documents
    assert found.weights.tolist() == weights
    assert found.counts.tolist() == counts
    assert found.positions.tolist() == positions
    if positions:
        assert [positions_of(found, at).tolist() for at in range(len(entries))] == [
            entry.positions for entry in entries
        ]


@settings(deadline=None)
@given(_lists(), st.data())
def test_list_that_is_cut_off_is_told(entries: list[Entry], data: st.DataObject) -> None:
    """Reading beyond a list would give the articles of the next term."""
    kind, whole = encode(*_arrays(entries))
    rest = -len(whole) % 4 + 4
    cut = memoryview(whole)[: max(0, len(whole) - data.draw(st.integers(rest, len(whole) + rest)))]
    with pytest.raises(ValueError, match="cut off"):
        _read_all(Postings(cut, len(entries), kind))


def _read_all(found: Postings) -> None:
    assert found.documents is not None
    assert found.weights is not None
    assert found.positions is not None


@pytest.fixture
def sections(tmp_path: Path) -> Path:
    """A file of two sections over some chunks."""
    writer = SectionWriter(tmp_path / "sections")
    writer.add("first", bytes(range(256)) * 200)
    writer.begin("second")
    for _ in range(5):
        writer.append(array("I", range(3000)).tobytes())
    writer.close()
    return tmp_path / "sections"


def test_sections_are_read_back(sections: Path) -> None:
    """In whole or in part."""
    with SectionFile(sections) as file:
        assert bytes(file.read("first")) == bytes(range(256)) * 200
        assert bytes(file.read("second", 4, 12)) == array("I", [1, 2]).tobytes()
        assert file.size("second") == 5 * 12_000
        with pytest.raises(ValueError, match="not in"):
            file.read("second", 0, 60_001)


def test_every_changed_byte_is_told(sections: Path) -> None:
    """A disk that rots bits leaves size and time as they were."""
    whole = sections.read_bytes()
    for at in [*range(0, len(whole), 997), *range(len(whole) - 200, len(whole))]:
        damaged = bytearray(whole)
        damaged[at] ^= 0x41
        sections.write_bytes(damaged)
        with pytest.raises(ValueError, match="sections"):
            _read_sections(sections)


def _read_sections(path: Path) -> None:
    with SectionFile(path) as file:
        file.read("first")
        file.read("second")


def test_file_that_is_cut_off_is_told(sections: Path) -> None:
    """At any length, before anything is read from it."""
    whole = sections.read_bytes()
    for size in [1, 15, 16, 40, *range(64, len(whole), 5_001), len(whole) - 1]:
        sections.write_bytes(whole[:size])
        with pytest.raises(ValueError, match="sections"), SectionFile(sections):
            pass
