"""Tags, notes, highlights and collections: put on articles, searched by, and kept."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from archive_data import write_dataset
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from newsarchive import (
    Archive,
    ArticleNotFound,
    CollectionNotFound,
    InvalidArgument,
    MarkNotFound,
    SavedSearchNotFound,
    rebuild,
)
from newsarchive.store.marks.mark_reader import place_of


def ids(archive: Archive, query: str) -> list[int]:
    return sorted(archive.ids(query, limit=None))


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with Archive.create(tmp_path / "a") as archive:
        archive.add(write_dataset(tmp_path / "rows.jsonl", 30), workers=1).finish()
        yield archive


def test_what_is_tagged_is_found_at_once_and_not_when_the_tag_is_taken_away(archive: Archive) -> None:
    """Tags are answered from the database: no index has to catch up."""
    done = archive.tags.change("word7 OR word8", add=["Ukraine", "todo"])
    assert done.added == {"ukraine": 2, "todo": 2}
    assert ids(archive, "tag:UKRAINE") == ids(archive, "word7 OR word8") == [8, 9]
    archive.tags.change([8], remove=["todo"])
    assert ids(archive, "tag:todo") == [9]
    assert ids(archive, "tag:ukraine -tag:todo ferry") == [8]
    assert ids(archive, "has:tag") == [8, 9]
    assert archive.search("has:tag -tag:todo").hits[0].id == 8


def test_a_tag_is_there_while_an_article_has_it(archive: Archive) -> None:
    """An empty tag is a word that leads nowhere."""
    archive.tags.change([1], add=["a/b", "a/c"])
    assert archive.tags.counts() == {"a/b": 1, "a/c": 1}
    assert ids(archive, "tag:a/*") == [1]
    archive.tags.change([1], remove=["a/b"])
    assert list(archive.tags) == ["a/c"]
    assert list(archive.verify()) == []


def test_matches_are_counted_by_tag_and_collection(archive: Archive) -> None:
    """A facet shows what is left to do."""
    archive.tags.change([1, 2, 3], add=["todo"])
    archive.collections.add("Strike", [3])
    facets = archive.search("", limit=1, facets=["tag", "publisher", "collection"]).facets
    assert facets["tag"] == {"todo": 3, "": 27}
    assert facets["collection"] == {"Strike": 1, "": 29}
    assert list(facets) == ["tag", "publisher", "collection"]


@pytest.mark.parametrize("name", ["", "-a", "two words", "a*b", "x" * 65, '"', "\n"])
def test_what_can_not_be_typed_after_a_plus_is_no_tag(archive: Archive, name: str) -> None:
    """Such a tag could be given and never asked for."""
    with pytest.raises(InvalidArgument):
        archive.tags.change([1], add=[name])
    assert archive.tags.counts() == {}


def test_all_is_done_or_nothing(archive: Archive) -> None:
    """An id that is none is a slip: which others were meant is not known then."""
    with pytest.raises(ArticleNotFound):
        archive.tags.change([1, 99], add=["todo"])
    with pytest.raises(InvalidArgument):
        archive.tags.change([1], add=["todo"], remove=["TODO"])
    assert archive.tags.counts() == {}


def test_notes_are_several_dated_and_searched_by_their_words(archive: Archive) -> None:
    """Who reads an archive again after a year asks what he thought then."""
    first = archive.notes.add(3, "Ask **Ana** about the second figure.")
    archive.notes.add(3, "She says it is right.")
    assert [each.text for each in archive.notes.of(3)] == [
        "Ask **Ana** about the second figure.",
        "She says it is right.",
    ]
    assert ids(archive, 'note:"second figure"') == [3]
    assert ids(archive, "note:figur*") == [3]
    assert ids(archive, "note:ferry") == []
    archive.notes.remove(first.id)
    assert ids(archive, "note:ana") == []
    assert ids(archive, "has:note") == [3]
    with pytest.raises(MarkNotFound):
        archive.notes.remove(first.id)
    assert list(archive.verify()) == []


def test_a_collection_keeps_its_order(archive: Archive) -> None:
    """The order of a dossier is an argument."""
    assert archive.collections.add("Harbour strike", [5, 2, 9]) == 3
    assert archive.collections.add("harbour STRIKE", [2, 1]) == 1
    assert archive.collections.ids("Harbour Strike") == [5, 2, 9, 1]
    archive.collections.arrange("harbour strike", [9, 1])
    assert archive.collections.ids("harbour strike") == [9, 1, 5, 2]
    archive.collections.drop("harbour strike", [1])
    assert ids(archive, 'collection:"harbour strike"') == [2, 5, 9]
    archive.collections.remove("harbour strike")
    with pytest.raises(CollectionNotFound):
        archive.collections.ids("harbour strike")
    assert list(archive.verify()) == []


def test_a_highlight_is_found_again_in_another_state_of_the_text(tmp_path: Path) -> None:
    """It is anchored by its words and what stood around them, not by a number of characters."""
    row = '{"id": 1, "headline": "Pier", "date": "2024-05-01", "text": "%s"}\n'
    text = "The mayor spoke. The ferry left late. Then the mayor spoke again, of the ferry."
    with Archive.create(tmp_path / "a") as archive:
        (tmp_path / "r.jsonl").write_text(row % text)
        archive.add(tmp_path / "r.jsonl", workers=1).finish()
        made = archive.highlights.add(1, "the mayor spoke", comment="check this")
        assert (made.place, made.quote) == (text.index("the mayor"), "the mayor spoke")
        (tmp_path / "r.jsonl").write_text(row % ("Correction: the mayor spoke once. " + text))
        archive.add(tmp_path / "r.jsonl", workers=1).finish()
        (now,) = archive.highlights.of(1)
        assert now.place == len("Correction: the mayor spoke once. ") + text.index("the mayor")
        assert ids(archive, 'note:"check this"') == [1]
        (tmp_path / "r.jsonl").write_text(row % "The story was withdrawn by the paper after complaints.")
        archive.add(tmp_path / "r.jsonl", workers=1).finish()
        assert archive.highlights.of(1)[0].place is None
        with pytest.raises(InvalidArgument):
            archive.highlights.add(1, "the mayor spoke")
        archive.highlights.remove(made.id)
        assert list(archive.verify()) == []


@given(st.text("ab ", max_size=12), st.text("ab", min_size=1, max_size=3), st.text("ab ", max_size=12))
def test_a_passage_is_found_where_it_was_made(before: str, quote: str, after: str) -> None:
    """Whatever else the text repeats: in the same state every highlight is where it was."""
    text, start = before + quote + after, len(before)
    assert place_of(quote, before[-64:], after[:64], start, text=text) == start


def test_a_saved_search_tags_what_is_added(archive: Archive, tmp_path: Path) -> None:
    """What was there before keeps its tags: somebody has looked at it."""
    archive.saved.add("seventies", "word7* -tag:done")
    archive.tags.tag_new("seventies", ["new", "Press"])
    assert ids(archive, "tag:new") == []
    archive.add(write_dataset(tmp_path / "more.jsonl", 50, first=50), workers=1).finish()
    assert ids(archive, "tag:new") == ids(archive, "word7* has:tag")
    assert len(ids(archive, "tag:press")) == 10
    archive.tags.change("tag:new", remove=["new"])
    archive.add(write_dataset(tmp_path / "more.jsonl", 60, first=50), workers=1).finish()
    assert ids(archive, "tag:new") == []
    archive.tags.tag_new("seventies", [])
    assert archive.tags.of_searches() == {}
    with pytest.raises(SavedSearchNotFound):
        archive.tags.tag_new("none", ["a"])
    archive.tags.tag_new("seventies", ["x"])
    archive.saved.remove("seventies")
    assert list(archive.verify()) == []


def test_marks_are_plain_tables_and_altering_them_is_a_fault(archive: Archive) -> None:
    """Datasette reads them; the log tells what somebody else put in."""
    archive.tags.change([1], add=["todo"])
    archive.notes.add(1, "a")
    folder = archive.folder
    archive.close()
    with sqlite3.connect(folder / "archive.db") as database:
        assert database.execute("SELECT * FROM article_tags").fetchall() == [("todo", 1)]
        database.execute("INSERT INTO article_tags VALUES ('todo', 2)")
        database.execute("UPDATE notes SET text = 'b'")
    database.close()
    with Archive.open(folder) as archive:
        faults = [fault.message for fault in archive.verify()]
    assert len(faults) == 2
    assert "the tag todo" in faults[0]
    assert "note 1" in faults[1]


def test_a_rebuild_keeps_what_people_put_on_articles(archive: Archive, tmp_path: Path) -> None:
    """No snapshot has it; the old database has."""
    archive.tags.change([4, 5], add=["todo"])
    archive.notes.add(4, "a note")
    archive.highlights.add(5, "left the pier", comment="when?")
    archive.collections.add("dossier", [5, 4])
    archive.saved.add("all", "")
    archive.tags.tag_new("all", ["new"])
    before = [archive.tags.of(each) for each in (4, 5)], archive.tags.of_searches()
    archive.close()
    rebuild(archive.folder)
    with Archive.open(archive.folder) as again:
        assert ([again.tags.of(each) for each in (4, 5)], again.tags.of_searches()) == before
        assert again.collections.ids("dossier") == [5, 4]
        assert list(again.verify()) == []


tags = st.sampled_from(["a", "b", "c"])
numbers = st.lists(st.integers(1, 8), max_size=5, unique=True)


@settings(deadline=None, max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(st.tuples(numbers, st.sets(tags), st.sets(tags)), max_size=6))
def test_tags_are_what_a_dictionary_of_sets_would_hold(
    archive: Archive, steps: list[tuple[list[int], set[str], set[str]]]
) -> None:
    """After any changes, in any order, by the counts as by the search."""
    archive.tags.change(list(range(1, 9)), remove=["a", "b", "c"])
    held: dict[str, set[int]] = {"a": set(), "b": set(), "c": set()}
    for which, add, remove in steps:
        archive.tags.change(which, add=sorted(add - remove), remove=sorted(remove - add))
        for tag in add - remove:
            held[tag] |= set(which)
        for tag in remove - add:
            held[tag] -= set(which)
    assert archive.tags.counts() == {tag: len(articles) for tag, articles in held.items() if articles}
    assert {tag: set(ids(archive, f"tag:{tag}")) for tag in held} == held
    assert list(archive.verify(quick=True)) == []
