"""The index stays a Whoosh index: what we write, Whoosh's own searchers read, and the other way round."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from plain_lists import positions_of
from search_samples import ARCHIVE, random_changes
from whoosh.fields import ID, TEXT, Schema
from whoosh.query.positional import Phrase
from whoosh.query.terms import FuzzyTerm, Prefix, Term
from whoosh.writing import SegmentWriter
from whoosh_reading import ReadableCodec, ReadableIndex

from newsarchive.query import ast
from newsarchive.search.engines import SearchRequest
from newsarchive.search.whoosh.engine import WhooshEngine
from newsarchive.search.whoosh.layout import ColumnName, Field
from newsarchive.search.whoosh.segment.packing import pack_names, unpack_names
from newsarchive.search.whoosh.segment.sections import SectionFile
from newsarchive.search.whoosh.segment.segment import SegmentFiles
from newsarchive.search.whoosh.segment.term_dictionary import TermDictionary
from newsarchive.search.whoosh.write.whoosh_schema import PackedPositions
from newsarchive.search.whoosh.write.whoosh_writer import storage


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
    open_index: Any = ReadableIndex
    reader = open_index(storage(folder)).reader()
    return [leaf for leaf, _ in reader.leaf_readers()]


def test_whoosh_reads_the_same_terms_and_postings(folder: Path) -> None:
    """So that another tool, or another version of this one, can be checked against it."""
    for reader in _readers(folder):
        segment = reader.segment()
        files = SegmentFiles(folder, segment.segment_id(), segment.doc_count_all())
        assert [(field, term) for field, term, _ in files.all_terms()] == list(reader.all_terms())
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
    for reader in _readers(folder):
        segment = reader.segment()
        files = SegmentFiles(folder, segment.segment_id(), segment.doc_count_all())
        for term, entry in files.terms(Field.TEXT, b"b"):
            postings = files.read(entry)
            ours = {number: positions_of(postings, at) for at, number in enumerate(postings.documents)}
            matcher = reader.postings(Field.TEXT.value, term)
            while matcher.is_active():
                assert matcher.value_as("positions") == list(ours[matcher.id()])
                matcher.next()
        files.close()
        reader.close()


def test_searchers_of_whoosh_find_the_same_articles(folder: Path) -> None:
    """Its matchers walk our postings: words, phrases, beginnings and near misses of words."""
    open_index: Any = ReadableIndex
    engine = WhooshEngine(folder, archive=ARCHIVE)
    ids: dict[int, int] = {}
    with open_index(storage(folder)).searcher() as searcher:
        for leaf, start in searcher.reader().leaf_readers():
            segment = leaf.segment()
            files = SegmentFiles(folder, segment.segment_id(), segment.doc_count_all())
            ids |= {start + number: found for number, found in enumerate(files.numbers(ColumnName.ID))}
            files.close()
        for ours, theirs in (
            (ast.Prefix("brid"), Prefix("text", "brid")),
            (ast.Phrase("bridge voted"), Phrase("text", ["bridge", "voted"])),
            (ast.Phrase("bridge"), Term("text", "bridge")),
            (ast.Phrase("bridge"), FuzzyTerm("text", "bridgq", prefixlength=2)),
        ):
            expected = engine.search(SearchRequest(query=ours, limit=None))
            found = {ids[number] for number in theirs.docs(searcher)}
            assert found >= {match.article_id for match in expected.matches} != set()
            assert isinstance(theirs, FuzzyTerm) or len(found) == expected.total
    engine.close()


def test_writers_of_whoosh_write_through_the_codec(tmp_path: Path) -> None:
    """One codec for whoever writes: a plain Whoosh writer makes segments that our reader reads."""
    new_writer: Any = SegmentWriter
    codec: Any = ReadableCodec
    text = TEXT(phrase=True)
    text.format = PackedPositions()
    files: Any = storage(tmp_path)
    index = files.create_index(Schema(text=text, name=ID(stored=True)), indexname="MAIN")
    writer = new_writer(index, codec=codec(), compound=False)
    writer.add_document(text="alfa bravo alfa", name="one")
    writer.add_document(text="bravo charlie", name="two")
    writer.commit()
    with index.searcher() as searcher:
        found = Phrase("text", ["bravo", "alfa"]).docs(searcher)
        assert [searcher.stored_fields(number)["name"] for number in found] == ["one"]
    (path,) = tmp_path.glob("*.seg")
    segment = SegmentFiles(tmp_path, path.stem, 2)
    lists = {term: segment.read(entry) for term, entry in segment.terms(Field.TEXT, b"")}
    assert list(lists[b"alfa"].positions) == [0, 2]
    assert list(lists[b"bravo"].weights) == [1, 1]
    segment.close()


def test_terms_are_found_by_bisection(folder: Path) -> None:
    """Found one by one, from a beginning, and not where there are none."""
    path = next(folder.glob("*.seg"))
    with SectionFile(path) as file:
        dictionary = TermDictionary(file)
        entries = {(field, term): entry for field, term, entry in dictionary.all()}
        for field, places in dictionary.fields.items():
            terms = dictionary.terms(field)
            assert terms == sorted(set(terms)) == [term for name, term in entries if name == field]
            assert len(terms) == len(places)
            assert all(dictionary.find(field, term) == entries[field, term] for term in terms)
            assert [term for term, _ in dictionary.starting_at(field, terms[-1])] == terms[-1:]
        assert dictionary.find("text", b"\xff\xff") is None
        assert dictionary.find("text", b"") is None
        assert dictionary.find("nowhere", b"a") is None


@given(st.lists(st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]))))
def test_names_survive_packing(names: list[str]) -> None:
    """Facets show them as stored."""
    assert unpack_names(pack_names(names)) == names
