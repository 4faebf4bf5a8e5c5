"""The index stays a Whoosh index: what we write, Whoosh's own reader reads."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from search_samples import ARCHIVE, random_changes
from whoosh.index import FileIndex

from newsarchive.search.whoosh.engine import WhooshEngine
from newsarchive.search.whoosh.layout import Field
from newsarchive.search.whoosh.packing import pack_names, pack_positions, unpack_names, unpack_positions
from newsarchive.search.whoosh.segment import SegmentFiles
from newsarchive.search.whoosh.terms import TermDictionary
from newsarchive.search.whoosh.writer import storage


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An index of several segments with deletions, one of them with posting lists of several blocks."""
    folder = tmp_path_factory.mktemp("format") / "index"
    changes = list(random_changes(random.Random(5), 700))
    engine = WhooshEngine(folder, archive=ARCHIVE)
    for start, end in ((0, 600), (600, 650), (650, 700)):
        engine.apply(changes[start:end])
    engine.close()
    return folder


def _readers(folder: Path) -> list[Any]:
    open_index: Any = FileIndex
    reader = open_index(storage(folder)).reader()
    return [leaf for leaf, _ in reader.leaf_readers()]


def test_whoosh_reads_the_same_terms_and_postings(folder: Path) -> None:
    """So that another tool, or another version of this one, can be checked against it."""
    names = [path.name for path in folder.iterdir()]
    for reader in _readers(folder):
        segment = reader.segment()
        files = SegmentFiles(folder, segment.segment_id(), segment.doc_count_all(), names)
        for field, term, postings in files.all_terms():
            matcher = reader.postings(field, term)
            live = [
                (number, weight)
                for number, weight in zip(postings.documents, postings.weights, strict=True)
                if not reader.is_deleted(number)
            ]
            found = []
            while matcher.is_active():
                found.append((matcher.id(), matcher.weight()))
                matcher.next()
            assert found == live
        files.close()
        reader.close()


def test_whoosh_reads_the_same_positions(folder: Path) -> None:
    """Phrases rest on them."""
    names = [path.name for path in folder.iterdir()]
    for reader in _readers(folder):
        segment = reader.segment()
        files = SegmentFiles(folder, segment.segment_id(), segment.doc_count_all(), names)
        for term, entry in files.terms(Field.TEXT, b"b"):
            postings = files.read(entry)
            ours = {number: postings.positions_of(at) for at, number in enumerate(postings.documents)}
            matcher = reader.postings(Field.TEXT.value, term)
            while matcher.is_active():
                assert matcher.value_as("positions") == list(ours[matcher.id()])
                matcher.next()
        files.close()
        reader.close()


def test_terms_of_the_dictionary_are_those_of_whoosh(folder: Path) -> None:
    """Found one by one, from a beginning, and not where there are none."""
    for reader in _readers(folder):
        dictionary = TermDictionary(folder / f"{reader.segment().segment_id()}.trm")
        terms = list(reader.all_terms())
        assert [(field, term) for field, term, _ in dictionary.all()] == terms
        assert all(dictionary.find(field, term) is not None for field, term in terms)
        assert dictionary.find("text", b"\xff\xff") is None
        assert dictionary.find("text", b"") is None
        assert dictionary.find("nowhere", b"a") is None
        dictionary.close()
        reader.close()


@pytest.mark.parametrize("damage", [lambda data: data[:40], lambda data: b"", lambda data: b"x" + data[1:]])
def test_damaged_term_file_is_closed_and_told(
    folder: Path, tmp_path: Path, damage: Callable[[bytes], bytes]
) -> None:
    """Whatever is raised, no file stays open."""
    path = tmp_path / "broken.trm"
    path.write_bytes(damage(next(folder.glob("*.trm")).read_bytes()))
    with pytest.raises(Exception):  # noqa: B017 - the engine's guard turns any of them into one
        TermDictionary(path)


@given(st.lists(st.integers(0, 2**32 - 1), min_size=1, unique=True).map(sorted))
def test_positions_survive_packing(positions: list[int]) -> None:
    """16 bits for most texts, 32 for the few that are longer."""
    assert list(unpack_positions(pack_positions(positions))) == positions


@given(st.lists(st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]))))
def test_names_survive_packing(names: list[str]) -> None:
    """Facets show them as stored."""
    assert unpack_names(pack_names(names)) == names
