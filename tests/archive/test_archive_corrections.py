"""Values corrected by hand, and publishers made one of their spellings: durable, logged, undone."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from newsarchive import Archive, ArticleNotFound, InvalidArgument
from newsarchive.answers.versions.correcting import Corrections
from newsarchive.keeping.rebuilding import rebuild
from newsarchive.model import EvidenceSource

ROW = {
    "id": "1",
    "headline": "Pilots meet",
    "text": "The pilots met at noon in the old customs house of Port Almar.",
    "date": "2024-05-02",
    "authors": ["A. Lima"],
    "publisher": "Harbour Post",
    "language": "en",
}


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with Archive.open(tmp_path / "archive", create=True) as archive:
        add(archive, tmp_path)
        yield archive


def add(archive: Archive, tmp_path: Path, **row: object) -> list[str]:
    """One row, or another state of it."""
    path = tmp_path / "rows.jsonl"
    path.write_text(json.dumps({**ROW, **row}), encoding="utf-8")
    return [outcome.name for outcome in archive.add([path], workers=1)]


VALUES = {
    "headline": ("Pilots walk out", "headline:walk"),
    "published": ("2024-10-30", "published:2024-10-30"),
    "modified": ("2 Nov 2024", "modified:2024-11-02"),
    "authors": ("Ana Lima; Bo Berg", 'author:"Bo Berg"'),
    "publisher": ("Almar Gazette", "publisher:gazette"),
    "section": ("Harbour", "section:harbour"),
    "language": ("de", "lang:de"),
    "keywords": ("ferries; strikes", "keyword:strikes"),
    "url": ("https://Harbour.example/a?utm_source=x#top", "url:harbour.example/a"),
    "description": ("A meeting at noon", "has:description"),
    "image": ("https://harbour.example/a.jpg", "has:image"),
    "free": ("no", "is:paywalled"),
}


@pytest.mark.parametrize("field", VALUES)
def test_a_value_that_is_set_is_found_outlives_captures_and_is_undone(
    archive: Archive, tmp_path: Path, field: str
) -> None:
    """All that a correction is for, of every field."""
    value, query = VALUES[field]
    before = archive.article(1)
    said = archive.corrections.set(1, {field: value}, because="printed edition")
    assert archive.search(query).total == 1
    (correction,) = archive.corrections.of(1)
    assert correction.because == "printed edition"
    evidence = [item for item in said.evidence if item.source is EvidenceSource.USER]
    assert {item.field for item in evidence} == {correction.field}
    assert archive.reextract("all").finish().counts["unchanged"] == 1
    assert add(archive, tmp_path, text=f"{ROW['text']} They meet again.", date="2024-05-03") == ["revised"]
    assert getattr(archive.article(1), correction.field) == getattr(said, correction.field)
    assert add(archive, tmp_path) == ["unchanged"]
    assert archive.search(query).total == 1
    assert list(archive.verify()) == []
    after = archive.corrections.unset(1, field)
    assert archive.search(query).total == 0
    assert not any(item.source is EvidenceSource.USER for item in after.evidence)
    if field != "published":
        assert getattr(after, correction.field) == getattr(before, correction.field)
    assert list(archive.verify()) == []


def test_undoing_gives_what_the_newest_page_says(archive: Archive, tmp_path: Path) -> None:
    """Not what was read when the correction was made."""
    archive.corrections.set(1, {"authors": "Ana Lima"}, because="she said so")
    assert add(archive, tmp_path, authors=["Ana L."]) == ["unchanged"]
    assert archive.article(1).authors == ("Ana Lima",)
    assert archive.corrections.unset(1).authors == ("Ana L.",)


def test_a_corrected_headline_makes_no_revision(archive: Archive, tmp_path: Path) -> None:
    """A revision is what a page says; the same page again is no edit."""
    archive.corrections.set(1, {"headline": "Pilots walk out"}, because="printed edition")
    assert add(archive, tmp_path, section="World") == ["updated"]
    assert len(archive.revisions(1)) == 1
    assert archive.revisions(1)[0].headline == "Pilots meet"


def test_a_value_can_be_said_to_be_missing(archive: Archive, tmp_path: Path) -> None:
    """A byline that is no name is corrected to none, and stays so."""
    archive.corrections.set(1, {"authors": "", "published": None}, because="neither is printed")
    article = archive.article(1)
    assert (article.authors, article.date_published, article.date_confidence) == ((), None, None)
    assert archive.reextract("all").finish().counts["unchanged"] == 1
    assert archive.search("has:author OR has:published").total == 0
    assert archive.corrections.unset(1).authors == ("A. Lima",)


def test_another_correction_takes_the_place_of_the_first(archive: Archive) -> None:
    """Undone, both are gone."""
    archive.corrections.set(1, {"section": "Harbour"}, because="a guess")
    archive.corrections.set(1, {"section": "World"}, because="printed edition")
    assert [each.value for each in archive.corrections] == ["World"]
    assert archive.corrections.unset(1).section is None
    assert list(archive.verify()) == []


def test_each_act_is_an_entry_of_the_log(archive: Archive) -> None:
    """What a person did can be told from what pages said, and when."""
    archive.corrections.set(1, {"section": "Harbour"}, because="printed edition")
    archive.corrections.unset(1)
    archive.corrections.alias("Post", "Harbour Post")
    archive.corrections.unalias("Harbour Post")
    with sqlite3.connect(archive.folder / "archive.db") as database:
        acts = database.execute("SELECT kind, act FROM log WHERE act IS NOT NULL ORDER BY entry").fetchall()
    database.close()
    acts = [(kind, json.loads(act)) for kind, act in acts][-4:]
    assert [kind for kind, _ in acts] == ["set", "unset", "alias", "unalias"]
    assert acts[0][1]["fields"] == {"section": {"value": "Harbour", "typed": "Harbour"}}
    assert acts[0][1]["because"] == "printed edition"


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE corrections SET because = 'none'",
        "DELETE FROM corrections",
        "UPDATE overruled_values SET fields = '{}'",
        "UPDATE publisher_aliases SET publisher = 'Almar Gazette'",
        "UPDATE evidence SET raw = 'x' WHERE source = 'user'",
    ],
)
def test_what_users_said_can_not_be_altered_unnoticed(archive: Archive, statement: str) -> None:
    """The log covers the tables of corrections, too."""
    archive.corrections.set(1, {"section": "Harbour"}, because="printed edition")
    archive.corrections.alias("Post", "Harbour Post")
    with sqlite3.connect(archive.folder / "archive.db") as database:
        database.execute(statement)
    database.close()
    assert [fault.part for fault in archive.verify()] == ["database"]


def test_a_rebuild_does_all_acts_again(archive: Archive, tmp_path: Path) -> None:
    """From the log, so that rows that were altered come out as they were said; twice gives the same."""
    archive.corrections.set(1, {"section": "Harbour", "authors": "Ana Lima"}, because="printed edition")
    archive.corrections.unset(1, "authors")
    archive.corrections.alias("Post", ["Harbour Post"])
    archive.close()
    with sqlite3.connect(archive.folder / "archive.db") as database:
        database.execute("UPDATE corrections SET value = '\"forged\"'")
    database.close()
    for _ in range(2):
        rebuild(archive.folder)
        with Archive.open(archive.folder) as again:
            article = again.article(1)
            assert (article.section, article.authors, article.publisher) == ("Harbour", ("A. Lima",), "Post")
            assert list(again.verify()) == []
            assert again.search("publisher:harbour").total == 1
    with Archive.open(archive.folder) as again:
        again.corrections.unalias("harbour post")
        assert again.corrections.unset(1).section is None
        assert again.article(1).publisher == "Harbour Post"


def test_spellings_are_one_publisher_until_they_are_taken_apart(archive: Archive, tmp_path: Path) -> None:
    """Searches by any spelling, facets, timelines and coverage; also for what is added later."""
    add(archive, tmp_path, id="2", publisher="The Harbour Post")
    add(archive, tmp_path, id="3", publisher="harbourpost.example")
    archive.corrections.alias(
        "Harbour Post", ["the harbour post", "harbourpost.example"], because="one newsroom"
    )
    add(archive, tmp_path, id="4", publisher="HARBOURPOST.example")
    found = archive.search("", facets=["publisher"])
    assert found.facets["publisher"] == {"Harbour Post": 4}
    assert archive.search("publisher:harbourpost.example").total == 4
    assert archive.search('publisher:"Harbour Post"').total == 4
    assert list(archive.timeline(facet="publisher").facets) == ["Harbour Post"]
    assert [each.name for each in archive.coverage().publishers] == ["Harbour Post"]
    assert list(archive.verify()) == []
    archive.corrections.unalias("harbourpost.example")
    facets = archive.search("", facets=["publisher"]).facets["publisher"]
    assert facets == {"Harbour Post": 2, "harbourpost.example": 1, "HARBOURPOST.example": 1}
    assert archive.search("publisher:harbourpost.example").total == 2
    assert list(archive.verify()) == []


def test_aliases_follow_a_publisher_that_becomes_a_spelling(archive: Archive, tmp_path: Path) -> None:
    """No chain is left in which a name would get lost."""
    add(archive, tmp_path, id="2", publisher="HP")
    archive.corrections.alias("Harbour Post", "HP")
    archive.corrections.alias("Post of Almar", "Harbour Post")
    assert {archive.article(number).publisher for number in (1, 2)} == {"Post of Almar"}
    with pytest.raises(InvalidArgument, match="is a spelling of Post of Almar"):
        archive.corrections.alias("HP", "Post")
    archive.corrections.unalias(["HP", "Harbour Post"])
    assert [archive.article(number).publisher for number in (1, 2)] == ["Harbour Post", "HP"]


def test_an_alias_goes_for_a_publisher_that_a_user_said(archive: Archive) -> None:
    """The two kinds of correction don't fight."""
    archive.corrections.set(1, {"publisher": "H. Post"}, because="printed edition")
    archive.corrections.alias("Almar Post", "H. Post")
    assert archive.article(1).publisher == "Almar Post"
    assert archive.corrections.unset(1).publisher == "Harbour Post"


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"text": "x"}, "text"),
        ({"colour": "x"}, "no field"),
        ({"published": "someday"}, "not a date"),
        ({"published": "2024-02-30"}, "no such date"),
        ({"published": "last-week"}, "no day, month or year"),
        ({"url": "not an address"}, "no address"),
        ({"language": "Martian speech"}, "no code"),
        ({"free": "perhaps"}, "neither yes nor no"),
        ({"published": "2024", "date": "2025"}, "given twice"),
        ({}, "nothing to correct"),
        ({"headline": "x" * 10_001}, "too long"),
    ],
    ids=str,
)
def test_what_can_not_be_meant_is_refused(archive: Archive, values: dict[str, str], message: str) -> None:
    """And changes nothing."""
    before = archive.article(1)
    with pytest.raises(InvalidArgument, match=message):
        archive.corrections.set(1, values, because="a slip")
    assert archive.article(1) == before
    assert list(archive.corrections) == []


def test_corrections_of_nothing_are_told(archive: Archive) -> None:
    """An article that is not there, a reason that is not given, a correction that was not made."""
    corrections: Corrections = archive.corrections
    with pytest.raises(ArticleNotFound):
        corrections.set(9, {"section": "x"}, because="y")
    with pytest.raises(InvalidArgument, match="reason"):
        corrections.set(1, {"section": "x"}, because=" ")
    with pytest.raises(InvalidArgument, match="not corrected by hand"):
        corrections.unset(1, "section")
    with pytest.raises(InvalidArgument, match="nothing of article 1"):
        corrections.unset(1)
    with pytest.raises(InvalidArgument, match="stands for no other"):
        corrections.unalias("Nobody")


def test_dates_may_be_dates_and_lists_lists(archive: Archive) -> None:
    """A caller in Python has them so already."""
    article = archive.corrections.set(
        1, {"published": date(2024, 10, 30), "authors": ["Ana", "Bo"], "free": False}, because="records"
    )
    assert str(article.date_published) == "2024-10-30"
    assert (article.authors, article.is_accessible_for_free) == (("Ana", "Bo"), False)
