"""What saving a capture does: identity, revisions, unchanged, dates, failures."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from warcio.checker import Checker
from warcio.warcwriter import WARCWriter

from newsarchive import Archive, Article, Capture, Confidence, Evidence, EvidenceSource, PartialDate
from newsarchive.errors import ExtractError, NewsArchiveError, StoreError
from newsarchive.formats import PageFormat
from newsarchive.store.database import connect
from newsarchive.store.rows import identity
from newsarchive.store.snapshots.snapshot_files import SnapshotWriter, read_payload
from newsarchive.store.writing.article_filer import Effect
from newsarchive.store.writing.combined_article import with_better_date
from newsarchive.store.writing.store_writer import StoreWriter

NOON = datetime(2024, 5, 2, 12, tzinfo=UTC)
URL = "https://almar.example/2024/05/harbour-opens-again"


def capture(payload: str, *, days: int = 0, fetched: bool = False) -> Capture:
    """Bytes that came on a day; a fetch keeps its exchange."""
    body = payload.encode()
    return Capture(
        payload=body,
        source="page.html",
        captured_at=NOON + timedelta(days=days),
        format=PageFormat.HTML,
        url=URL if fetched else None,
        exchange=_exchange(body) if fetched else None,
        fetched=fetched,
    )


def _exchange(body: bytes) -> bytes:
    message = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + body
    out = BytesIO()
    writer = WARCWriter(out, gzip=True, warc_version="1.1")
    writer.write_record(
        writer.create_warc_record(URL, "response", payload=BytesIO(message), length=len(message))
    )
    return out.getvalue()


def article(
    text: str, *, url: str | None = URL, published: str | None = None, level: str = "high"
) -> Article:
    """An article of some text."""
    day = None if published is None else PartialDate.fromisoformat(published)
    found = () if day is None else (_evidence(str(day), Confidence(level)),)
    confidence = None if day is None else Confidence(level)
    return Article(
        headline="Harbour opens",
        text=text,
        url=url,
        date_published=day,
        date_confidence=confidence,
        evidence=found,
    )


def _evidence(value: str, level: Confidence) -> Evidence:
    return Evidence("date_published", value, EvidenceSource.META, value, level)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An empty archive."""
    Archive.create(tmp_path / "a").close()
    return tmp_path / "a"


@pytest.fixture
def writer(folder: Path) -> Iterator[StoreWriter]:
    """The writer of an empty archive."""
    with StoreWriter(folder) as store:
        yield store


def save(writer: StoreWriter, item: Capture, result: Article | NewsArchiveError) -> tuple[str, int | None]:
    """Save one capture; what it did, and to which article."""
    (saved,) = writer.save([(item, result)])
    return saved.effect.value, saved.article_id


def test_the_canonical_url_makes_two_captures_one_article(writer: StoreWriter) -> None:
    """A page saved twice is one article, whatever its file is called."""
    assert save(writer, capture("<1>"), article("one")) == ("added", 1)
    assert save(writer, capture("<2>"), article("two")) == ("revised", 1)


def test_a_row_without_url_is_known_by_its_identifier() -> None:
    """Rows of equal text on other days are articles of their own; the same row twice is one."""
    bare = article("same text", url=None)
    rows = [
        Capture(
            payload=b"{}",
            source="s",
            captured_at=NOON,
            format=PageFormat.ROW,
            dataset=dataset,
            identifier=identifier,
        )
        for dataset, identifier in (("d", "1"), ("d", "2"), ("e", "1"), ("d", "1"))
    ]
    keys = [identity(bare, row) for row in rows]
    assert len(set(keys)) == 3
    assert keys[0] == keys[3]


def test_without_url_and_identifier_the_text_is_the_identity() -> None:
    """A text saved under two names is one article."""
    first, second = capture("<1>"), capture("<2>")
    assert identity(article("x", url=None), first) == identity(article("x", url=None), second)
    assert identity(article("x", url=None), first) != identity(article("y", url=None), first)


@pytest.mark.parametrize("root", ["https://almar.example/", "https://almar.example"])
def test_pages_that_name_the_front_page_stay_apart(writer: StoreWriter, root: str) -> None:
    """A site whose every page states its root as canonical must not become one article."""
    assert save(writer, capture("<1>"), article("one", url=root)) == ("added", 1)
    assert save(writer, capture("<2>"), article("two", url=root)) == ("added", 2)


def test_an_older_capture_does_not_replace_the_current_text(writer: StoreWriter) -> None:
    """Pages from an old disk are history, not news."""
    save(writer, capture("<new>", days=9), article("new"))
    assert save(writer, capture("<old>"), article("old")) == ("revised", 1)
    assert writer.reader.articles.article(1).text == "new"
    assert [revision.text for revision in writer.reader.revisions.revisions(1)] == ["old", "new"]


def test_a_return_to_an_earlier_text_is_a_revision(writer: StoreWriter) -> None:
    """That a correction was taken back is news."""
    effects = [
        save(writer, capture(f"<{text}>", days=day, fetched=True), article(text))[0]
        for day, text in enumerate(["a", "b", "a"])
    ]
    assert effects == ["added", "revised", "revised"]
    assert writer.reader.articles.article(1).text == "a"


def test_a_fetch_of_the_same_text_is_a_capture_and_no_revision(writer: StoreWriter) -> None:
    """That a page still says the same at a later time is kept as proof."""
    save(writer, capture("<a>", fetched=True), article("a"))
    assert save(writer, capture("<a>", days=3, fetched=True), article("a")) == ("unchanged", 1)
    assert len(writer.reader.captures.captures(1)) == 2
    assert len(writer.reader.revisions.revisions(1)) == 1


def test_a_capture_on_another_day_is_told_to_the_index(writer: StoreWriter) -> None:
    """The index answers captured: by the days of the first and the last capture."""
    save(writer, capture("<a>", fetched=True), article("a"))
    before = writer.reader.changes.last_change()
    save(writer, capture("<a>", days=3, fetched=True), article("a"))
    (change,) = writer.reader.changes.changes_since(before)
    assert change.document is not None
    assert [str(day) for day in change.document.captured] == ["2024-05-02", "2024-05-05"]


def test_the_same_bytes_twice_in_a_group_are_one_capture(writer: StoreWriter) -> None:
    """Copies of a file in one folder come in one transaction."""
    item = (capture("<a>"), article("a"))
    assert [saved.effect for saved in writer.save([item, item])] == [Effect.ADDED, Effect.UNCHANGED]
    assert len(writer.reader.captures.captures(1)) == 1


@pytest.mark.parametrize("days", [1, -1], ids=["later", "earlier"])
@pytest.mark.parametrize("text", ["same", "other"])
def test_better_evidence_of_the_date_wins_whenever_it_was_captured(
    writer: StoreWriter, text: str, days: int
) -> None:
    """A masthead's day gives way to a stated one as soon as any capture states it."""
    save(writer, capture("<a>"), article("same", published="2025-01-01", level="low"))
    save(writer, capture("<b>", days=days), article(text, published="2024-10-30"))
    current = writer.reader.articles.article(1)
    assert (str(current.date_published), current.date_confidence) == ("2024-10-30", "high")
    assert [item.value for item in current.evidence] == ["2024-10-30"]


def test_a_date_as_good_as_the_known_one_does_not_move_it_without_new_text() -> None:
    """A listing that reorders itself at each capture helps nobody."""
    known, other = article("x", published="2024-01-01"), article("x", published="2024-02-02")
    assert with_better_date(known, other) is known
    assert with_better_date(known, article("x")) is known


def test_a_failed_capture_keeps_its_bytes_once(writer: StoreWriter, folder: Path) -> None:
    """Better extraction can try again later; trying in vain must not fill the disk."""
    for _ in range(3):
        assert save(writer, capture("<broken>"), ExtractError("no article")) == ("failed", None)
    (kept,) = writer.reader.captures.all_captures()
    assert (kept.article_id, kept.error, kept.length) == (None, "no article", 8)


def test_bytes_that_failed_before_become_an_article(writer: StoreWriter) -> None:
    """Extraction improves; the bytes that were kept are not kept twice."""
    save(writer, capture("<hard>"), ExtractError("no article"))
    assert save(writer, capture("<hard>"), article("read at last")) == ("added", 1)
    (kept,) = writer.reader.captures.all_captures()
    assert (kept.article_id, kept.error) == (1, None)


def test_a_group_that_fails_leaves_nothing(writer: StoreWriter, folder: Path) -> None:
    """All of a group is acknowledged or none of it."""
    save(writer, capture("<a>"), article("a"))
    size = (folder / "snapshots" / "00001.warc.gz").stat().st_size
    unwritable = Article(headline="x", text="b", language=object())  # type: ignore[arg-type]
    with pytest.raises(StoreError):
        writer.save([(capture("<b>"), article("b")), (capture("<c>"), unwritable)])
    assert writer.reader.counts.counts()["captures"] == 1
    assert (folder / "snapshots" / "00001.warc.gz").stat().st_size == size
    assert save(writer, capture("<b>"), article("b")) == ("revised", 1)


def test_what_a_killed_run_left_is_set_aside_at_the_next_write(folder: Path) -> None:
    """Bytes behind the acknowledged length would make the file an invalid WARC, and may be all there is."""
    with StoreWriter(folder) as first:
        save(first, capture("<a>"), article("a"))
    path = folder / "snapshots" / "00001.warc.gz"
    length = path.stat().st_size
    with path.open("ab") as file:
        file.write(b"\x1f\x8b\x08garbage that was never acknowledged")
    (folder / "snapshots" / "00002.warc.gz").write_bytes(b"\x1f\x8b")
    with StoreWriter(folder) as second:
        assert path.stat().st_size == length
        save(second, capture("<b>"), article("b"))
    assert check_warc(path) == 0
    aside = sorted((folder / "snapshots" / "unacknowledged").iterdir())
    assert [each.read_bytes()[:3] for each in aside] == [b"\x1f\x8b\x08", b"\x1f\x8b"]


def test_snapshots_go_on_in_a_new_file_when_one_is_full(tmp_path: Path) -> None:
    """Files stay small enough to copy; every record can be read back from its own."""
    snapshots = SnapshotWriter(tmp_path / "s", {}, max_file=2_000)
    items = [capture(f"<{number}>" * 50) for number in range(12)]
    places = [snapshots.append(item) for item in items]
    lengths = {segment.name: segment.end for segment in snapshots.sync()}
    snapshots.close()
    assert len(lengths) > 1
    assert {path.name: path.stat().st_size for path in (tmp_path / "s").iterdir()} == lengths
    for item, place in zip(items, places, strict=True):
        assert read_payload(tmp_path / "s", place, sha256=item.sha256) == item.payload


def check_warc(path: Path) -> int:
    """The exit code of ``warcio check``."""

    class Command:
        inputs = (str(path),)
        verbose = False

    checker = Checker(Command())
    checker.process_all()
    return int(checker.exit_value or 0)


_ANY = st.text(st.characters(exclude_categories=()), max_size=12)
_VALUES = st.one_of(_ANY, st.lists(_ANY, max_size=3), st.integers(), st.none(), st.just("2024-05-01\ud800"))
_NAMES = "id url headline text author keywords publisher section language image description date".split()


@given(rows=st.lists(st.fixed_dictionaries({}, optional=dict.fromkeys(_NAMES, _VALUES)), max_size=5))
def test_no_row_stops_a_run(tmp_path_factory: pytest.TempPathFactory, rows: list[object]) -> None:
    """Half surrogates, NUL and values of any type come from strangers; each row gets an outcome."""
    folder = tmp_path_factory.mktemp("rows")
    (folder / "rows.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    with Archive.create(folder / "a") as archive:
        assert len(list(archive.add([folder / "rows.jsonl"], workers=1))) == max(1, len(rows))
        assert list(archive.verify()) == []


def test_half_surrogates_and_nul_in_json_ld_stop_no_run(tmp_path: Path) -> None:
    """JSON can name characters that no encoding can write."""
    bad = "Harbour \\ud800 opens \\u0000 again"
    data = ",".join(f'"{name}": "{bad}"' for name in ("headline", "author", "keywords", "articleBody", "url"))
    page = (
        f'<html><script type="application/ld+json">{{"@type": "NewsArticle", {data}, '
        f'"datePublished": "2024-05-01 \\ud800"}}</script>'
        f"<article>{'<p>The harbour opened again on Thursday at noon.</p>' * 9}</article></html>"
    )
    (tmp_path / "page.html").write_text(page)
    with Archive.create(tmp_path / "a") as archive:
        (outcome,) = archive.add([tmp_path / "page.html"])
        assert outcome.name == "added"
        assert archive.search("harbour").total == 1


def test_very_long_values_are_kept_or_capped_and_stop_nothing(tmp_path: Path) -> None:
    """A field of a megabyte is a mistake of its page, not of the run."""
    row = dict.fromkeys(_NAMES, "word " * 200_000)
    (tmp_path / "long.jsonl").write_text(json.dumps(row) + "\n")
    with Archive.create(tmp_path / "a") as archive:
        assert [outcome.name for outcome in archive.add([tmp_path / "long.jsonl"])] == ["added"]
        assert archive.search("word").total == 1


def test_two_rows_of_the_same_id_are_two_states_of_one_article(tmp_path: Path) -> None:
    """A dataset that corrects a row by a later one means the later one."""
    rows = [{"id": 7, "headline": "Ferry late", "text": text} for text in ("One hour.", "Two hours.")]
    (tmp_path / "d.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    with Archive.create(tmp_path / "a") as archive:
        assert [outcome.name for outcome in archive.add([tmp_path / "d.jsonl"])] == ["added", "revised"]
        assert archive.article(1).text == "Two hours."
        assert len(archive.revisions(1)) == 2


def test_the_same_files_again_write_nothing(sample_copy: Path, tmp_path: Path) -> None:
    """Adding a folder again after a while must cost nothing but reading it."""
    sample = Path(__file__).parents[2] / "sample_archive"
    before = _contents(sample_copy)
    with Archive.open(sample_copy) as archive:
        outcomes = list(archive.add([sample]))
    assert {outcome.name for outcome in outcomes} == {"unchanged", "failed", "not_read"}
    assert _contents(sample_copy) == before


def _contents(folder: Path) -> tuple[list[str], dict[str, bytes]]:
    with closing(connect(folder)) as db:
        dump = list(db.iterdump())
    return dump, {path.name: path.read_bytes() for path in (folder / "snapshots").iterdir()}


def with_byline(
    *authors: str, section: str | None = "Harbour", evidence: tuple[Evidence, ...] = ()
) -> Article:
    """The same text under some byline."""
    return replace(article("same"), authors=authors, section=section, evidence=evidence)


def test_another_byline_of_the_same_text_is_an_update_that_keeps_the_old_one(
    writer: StoreWriter, folder: Path
) -> None:
    """A corrected row that is passed over as unchanged leaves an error in the archive for good."""
    save(writer, capture("<a>"), with_byline("T. Overby"))
    (saved,) = writer.save([(capture("<b>", days=1), with_byline("Tamsin Overby"))])
    assert saved.effect is Effect.UPDATED
    assert [(change.field, change.before, change.after) for change in saved.changes] == [
        ("authors", ["T. Overby"], ["Tamsin Overby"])
    ]
    assert writer.reader.articles.article(1).authors == ("Tamsin Overby",)
    assert len(writer.reader.revisions.revisions(1)) == 1
    with closing(connect(folder)) as db:
        rows = db.execute("SELECT field, value FROM replaced_values").fetchall()
    assert list(map(tuple, rows)) == [("authors", '["T. Overby"]')]


def test_what_a_later_capture_leaves_unsaid_stays_known(writer: StoreWriter) -> None:
    """The copy for phones that has no byline does not make the article anonymous."""
    found = Evidence("authors", "Ana", EvidenceSource.META, "By Ana", Confidence.HIGH)
    save(writer, capture("<a>"), with_byline("Ana", evidence=(found,)))
    assert save(writer, capture("<b>", days=1), with_byline(section=None)) == ("unchanged", 1)
    current = writer.reader.articles.article(1)
    assert (current.authors, current.section, current.evidence) == (("Ana",), "Harbour", (found,))


def test_an_older_capture_updates_nothing_but_a_better_date(writer: StoreWriter) -> None:
    """Yesterday's page that is added today says what was believed yesterday."""
    save(writer, capture("<a>"), with_byline("Ana"))
    assert save(writer, capture("<b>", days=-1), with_byline("Bea")) == ("unchanged", 1)
    assert writer.reader.articles.article(1).authors == ("Ana",)


def test_an_update_never_replaces_what_a_user_said(writer: StoreWriter) -> None:
    """A correction by hand is better evidence than any page, also than the next one."""
    said = Evidence("authors", "Ana Lima", EvidenceSource.USER, "Ana Lima", Confidence.HIGH)
    save(writer, capture("<a>"), with_byline("Ana Lima", evidence=(said,)))
    assert save(writer, capture("<b>", days=1), with_byline("A. L.", section="World")) == ("updated", 1)
    current = writer.reader.articles.article(1)
    assert (current.authors, current.section, current.evidence) == (("Ana Lima",), "World", (said,))


def test_a_corrected_row_is_found_by_its_new_values(tmp_path: Path) -> None:
    """What a search finds is what the newest row says, and nothing of the old one."""
    row = {"id": "a1", "headline": "Ferry aground", "text": "The ferry ran aground.", "authors": ["A. Lima"]}
    path = tmp_path / "wire.jsonl"
    with Archive.open(tmp_path / "a", create=True) as archive:
        for authors, date in (["A. Lima"], "2024-05-01"), (["Ana Limeira"], "2024-05-02"):
            path.write_text(json.dumps({**row, "authors": authors, "date_published": date}) + "\n")
            (outcome,) = archive.add([path])
        assert outcome.to_dict()["fields"] == ["authors", "date_published"]
        assert archive.search("author:limeira published:2024-05-02").total == 1
        assert archive.search("published:2024-05-01 OR author:lima").total == 0


def test_a_name_is_one_name_however_its_letters_are_encoded(tmp_path: Path) -> None:
    """A facet that lists a publisher twice, looking the same, counts neither right."""
    rows = [
        {"id": n, "text": f"Story {n}.", "publisher": name}
        for n, name in enumerate(["Caf\u00e9 Almar", "Cafe\u0301 Almar"])
    ]
    (tmp_path / "d.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    with Archive.open(tmp_path / "a", create=True) as archive:
        list(archive.add([tmp_path / "d.jsonl"]))
        assert archive.stats().publishers == {"Caf\u00e9 Almar": 2}
        assert {outcome.name for outcome in archive.reextract("all")} == {"unchanged"}
