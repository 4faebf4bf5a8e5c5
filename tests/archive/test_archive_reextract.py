"""Reading stored captures with today's extraction."""

from __future__ import annotations

import json
import sqlite3
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from newsarchive import (
    Archive,
    Article,
    Capture,
    Changed,
    Confidence,
    Evidence,
    EvidenceSource,
    Failed,
    PartialDate,
    Recovered,
    extract,
)
from newsarchive.errors import ArchiveLocked, ArticleNotFound, ExtractError, InvalidArgument, NewsArchiveError
from newsarchive.extraction import EXTRACTOR_VERSION
from newsarchive.formats import PageFormat
from newsarchive.store.writing.store_writer import StoreWriter

SAMPLE = Path(__file__).parents[2] / "sample_archive"
NOON = datetime(2024, 11, 3, 12, tzinfo=UTC)
URL = "https://almar.example/2024/11/ferry-stays"
OLDER = EXTRACTOR_VERSION - 1


def page(headline: str = "Ferry stays", *, head: str = "", body: str = "The ferry stays in Almar.") -> bytes:
    """A page of one paragraph."""
    meta = f'<link rel="canonical" href="{URL}"><meta name="author" content="Ines Corvane">{head}'
    return f"<html lang=en><head>{meta}</head><body><h1>{headline}</h1><p>{body}</p></body></html>".encode()


def capture(payload: bytes, *, days: int = 0, **about: Any) -> Capture:
    """Bytes of some day."""
    return Capture(
        **{
            "payload": payload,
            "source": "ferry.html",
            "captured_at": NOON + timedelta(days=days),
            "format": PageFormat.HTML,
            "content_type": "text/html",
            **about,
        }
    )


def read(item: Capture) -> Article:
    """What extraction says today."""
    return extract(item.payload, content_type=item.content_type, captured_at=item.captured_at)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An empty archive."""
    Archive.create(tmp_path / "a").close()
    return tmp_path / "a"


def save(folder: Path, *group: tuple[Capture, Article | NewsArchiveError]) -> None:
    """Archive captures as an older version of extraction has read them."""
    with StoreWriter(folder, extractor=OLDER) as store:
        store.save(group)


def rows(folder: Path, sql: str) -> list[tuple[Any, ...]]:
    """What any SQLite tool sees."""
    database = sqlite3.connect(folder / "archive.db")
    try:
        return database.execute(sql).fetchall()
    finally:
        database.close()


def test_other_headline_makes_a_revision_that_search_finds(folder: Path) -> None:
    """Better extraction must reach users, and what they have cited must stay to be seen."""
    item = capture(page())
    save(folder, (item, replace(read(item), headline="Skip to content")))
    with Archive.open(folder) as archive:
        (outcome,) = archive.reextract()
        assert isinstance(outcome, Changed)
        assert (outcome.article_id, outcome.is_revised) == (1, True)
        assert [(c.field, c.before, c.after, c.kind) for c in outcome.changes] == [
            ("headline", "Skip to content", "Ferry stays", "changed")
        ]
        assert [(r.headline, r.is_reextracted) for r in archive.revisions(1)] == [
            ("Skip to content", False),
            ("Ferry stays", True),
        ]
        assert archive.search("headline:ferry").total == 1
        assert archive.search('"Skip to content"').total == 0
        assert archive.search("is:revised").total == 0  # the newspaper has changed nothing
        assert list(archive.verify()) == []


def test_other_fields_are_replaced_and_their_old_values_kept(folder: Path) -> None:
    """Headline and text make a revision; no other value may be lost without a trace either."""
    item = capture(page())
    save(folder, (item, replace(read(item), authors=(), section="Skip")))
    with Archive.open(folder) as archive:
        (outcome,) = archive.reextract()
        assert isinstance(outcome, Changed)
        assert not outcome.is_revised
        assert {change.field: change.kind for change in outcome.changes} == {
            "authors": "found",
            "section": "lost",
        }
        assert archive.article(1).authors == ("Ines Corvane",)
        assert len(archive.revisions(1)) == 1
    assert rows(folder, "SELECT article_id, field, value, extractor FROM replaced_values") == [
        (1, "authors", "[]", EXTRACTOR_VERSION),
        (1, "section", '"Skip"', EXTRACTOR_VERSION),
    ]


def test_same_reading_changes_nothing_and_is_not_made_twice(folder: Path) -> None:
    """An index must not be written for nothing, nor a page read again for nothing."""
    item = capture(page())
    save(folder, (item, read(item)))
    before = rows(folder, "SELECT max(change) FROM changes")
    with Archive.open(folder) as archive:
        assert [outcome.name for outcome in archive.reextract()] == ["unchanged"]
        assert list(archive.reextract()) == []
        assert [outcome.name for outcome in archive.reextract("all")] == ["unchanged"]
        assert [outcome.name for outcome in archive.reextract([1, 1])] == ["unchanged"]
    assert rows(folder, "SELECT max(change) FROM changes") == before


def test_sample_archive_is_read_as_it_was_added(tmp_path: Path) -> None:
    """Pages, texts, gzipped captures and rows of datasets come back from the snapshots as they went in."""
    with Archive.open(tmp_path / "a", create=True) as archive:
        added = list(archive.add([SAMPLE / "pages", SAMPLE / "wire.jsonl"]))
        assert list(archive.reextract()) == []
        names = [outcome.name for outcome in archive.reextract("all")]
    assert names == ["unchanged"] * len(added)


def test_capture_that_failed_becomes_an_article(folder: Path) -> None:
    """Its bytes were kept for the day when extraction can read them."""
    save(folder, (capture(page()), ExtractError("extraction took longer than 10 s")))
    with Archive.open(folder) as archive:
        assert list(archive.reextract("failed")) == [Recovered("ferry.html", 1)]
        assert archive.search("ferry").total == 1
        assert archive.stats().failed_captures == 0
        assert archive.raw(1)[1] == page()


def test_capture_that_failed_joins_the_article_it_belongs_to(folder: Path) -> None:
    """A page that was captured twice is one article, whichever capture could be read first."""
    first, later = capture(page()), capture(page("Ferry goes"), days=2)
    save(folder, (first, read(first)), (later, ExtractError("no article")))
    with Archive.open(folder) as archive:
        assert [outcome.name for outcome in archive.reextract("failed")] == ["recovered"]
        assert archive.stats().articles == 1
        assert [revision.headline for revision in archive.revisions(1)] == ["Ferry stays", "Ferry goes"]
        assert archive.article(1).headline == "Ferry goes"


def test_capture_that_fails_again_is_tried_again_only_when_asked(folder: Path) -> None:
    """A folder of unreadable pages must not cost its time at every run."""
    save(folder, (capture(b"<html><script>x()</script></html>"), ExtractError("an older reason")))
    with Archive.open(folder) as archive:
        (outcome,) = archive.reextract()
        assert isinstance(outcome, Failed)
        assert "no article text" in outcome.error.message
        assert list(archive.reextract()) == []
        assert [outcome.name for outcome in archive.reextract("failed")] == ["failed"]
    assert "no article text" in rows(folder, "SELECT error FROM captures")[0][0]


def test_article_stays_where_its_page_can_not_be_read_now(folder: Path) -> None:
    """A page that runs into a limit on a busy machine must not take its article away."""
    item = capture(b"<html><script>x()</script></html>")
    save(folder, (item, read(capture(page()))))
    with Archive.open(folder) as archive:
        assert [outcome.name for outcome in archive.reextract()] == ["failed"]
        assert archive.article(1).headline == "Ferry stays"
        assert [outcome.name for outcome in archive.reextract()] == ["failed"]


def test_what_a_user_said_is_never_replaced(folder: Path) -> None:
    """A correction by hand is better evidence than any page."""
    said = (
        Evidence("headline", "Ferry saved", EvidenceSource.USER, "Ferry saved", Confidence.HIGH),
        Evidence("date_published", "2024-10-30", EvidenceSource.USER, "2024-10-30", Confidence.HIGH),
    )
    item = capture(page(head='<meta property="article:published_time" content="2024-11-02T10:00:00Z">'))
    corrected = replace(
        read(item),
        headline="Ferry saved",
        date_published=PartialDate.fromisoformat("2024-10-30"),
        date_confidence=Confidence.HIGH,
        authors=(),
        evidence=said,
    )
    save(folder, (item, corrected))
    with Archive.open(folder) as archive:
        (outcome,) = archive.reextract()
        assert isinstance(outcome, Changed)
        article = archive.article(1)
    assert (article.headline, str(article.date_published)) == ("Ferry saved", "2024-10-30")
    assert article.authors == ("Ines Corvane",)
    assert set(said) <= set(article.evidence)


def test_row_of_a_dataset_is_read_through_its_columns(folder: Path) -> None:
    """A row has no canonical URL: its dataset and id say which article it is."""
    row = json.dumps({"id": "a1", "title": "Ferry stays", "body": "The ferry stays."}).encode()
    item = capture(
        row, format=PageFormat.ROW, content_type="application/json", dataset="coast", identifier="a1"
    )
    save(folder, (item, replace(read(item), headline=None)))
    with Archive.open(folder) as archive:
        assert [outcome.name for outcome in archive.reextract()] == ["changed"]
        assert archive.article(1).headline == "Ferry stays"
    assert rows(folder, "SELECT identity FROM articles") == [("row:coast/a1",)]


def test_newest_capture_is_the_article_and_older_ones_date_it(folder: Path) -> None:
    """A date that only the first capture states is kept; one that an older version misread is not."""
    stamp = '<meta property="article:published_time" content="2024-11-01T10:00:00Z">'
    first, later = capture(page(head=stamp)), capture(page("Ferry goes"), days=5)
    wrong = PartialDate.fromisoformat("2019-01-01")
    save(
        folder,
        (first, replace(read(first), date_published=wrong)),
        (later, replace(read(later), headline="Skip to content")),
    )
    with Archive.open(folder) as archive:
        assert archive.article(1).date_published == wrong
        assert [outcome.name for outcome in archive.reextract()] == ["changed"]
        article = archive.article(1)
    assert (article.headline, str(article.date_published)) == ("Ferry goes", "2024-11-01T10:00:00+00:00")


def test_article_that_is_found_to_have_the_address_of_another_stays(folder: Path) -> None:
    """Ids are cited: two articles that turn out to be one keep theirs."""
    one, other = capture(page()), capture(page(body="The ferry stays for good."), source="copy.html")
    save(folder, (one, read(one)), (other, replace(read(other), url=None)))
    with Archive.open(folder) as archive:
        assert archive.stats().articles == 2
        assert [outcome.name for outcome in archive.reextract()] == ["unchanged", "changed"]
        assert archive.stats().articles == 2
        assert archive.article(2).url == URL


def test_damaged_snapshot_fails_alone(folder: Path) -> None:
    """One bad record never stops a run."""
    one = capture(page())
    two = capture(page(body="Another day."), source="b.html")
    save(folder, (one, replace(read(one), url=None)), (two, replace(read(two), url=None, headline="x")))
    (offset,) = rows(folder, "SELECT record_offset FROM captures WHERE id = 1")[0]
    snapshot = next((folder / "snapshots").iterdir())
    data = bytearray(snapshot.read_bytes())
    data[offset + 40 : offset + 80] = bytes(40)
    snapshot.write_bytes(data)
    with Archive.open(folder) as archive:
        assert [outcome.name for outcome in archive.reextract()] == ["failed", "changed"]


def test_run_that_is_cut_off_goes_on_where_it_was(folder: Path) -> None:
    """What was reported is durable; the next run does the rest."""
    items = [capture(page(body=f"Story {n}."), source=f"{n}.html") for n in range(3)]
    save(folder, *((item, replace(read(item), url=None, headline="x")) for item in items))
    with Archive.open(folder) as archive:
        outcomes = archive.reextract()
        first = next(outcomes)
        outcomes.close()
        assert isinstance(first, Changed)
        assert archive.article(first.article_id).headline == "Ferry stays"
        assert archive.search("headline:ferry").total >= 1
        list(archive.reextract())
        assert [archive.article(n).headline for n in (1, 2, 3)] == ["Ferry stays"] * 3
        assert list(archive.reextract()) == []


def test_another_writer_is_told(folder: Path) -> None:
    """One process writes at a time."""
    with StoreWriter(folder), Archive.open(folder) as archive, pytest.raises(ArchiveLocked):
        list(archive.reextract())


def test_what_is_not_there_can_not_be_read(folder: Path) -> None:
    """A mistyped id or word must not look like a run that found nothing to do."""
    with Archive.open(folder) as archive:
        with pytest.raises(ArticleNotFound):
            archive.reextract([7])
        with pytest.raises(InvalidArgument, match="faild") as caught:
            archive.reextract("faild")
    assert "outdated, failed, all" in (caught.value.hint or "")
