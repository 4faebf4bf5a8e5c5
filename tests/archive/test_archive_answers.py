"""What an archive answers: searches, listings, exports, stats, verify."""

from __future__ import annotations

import io
import json
import os
import random
import shutil
import sqlite3
import tempfile
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from naive_search import matches

from newsarchive import Archive, Article, Notice, Sort
from newsarchive.base.progress import Progress
from newsarchive.errors import ArticleNotFound, ExportError, NewsArchiveError, QueryError, StoreError
from newsarchive.model import IndexedArticle
from newsarchive.query import parse


@pytest.fixture(scope="module")
def sample(sample_folder: Path) -> Iterator[Archive]:
    """The archive of the sample pages, open. Only to be read."""
    with Archive.open(sample_folder) as archive:
        yield archive


@pytest.fixture(scope="module")
def articles(sample: Archive) -> list[Article]:
    """All its articles, from its own export."""
    stream = io.BytesIO()
    sample.export(to=stream)
    return [Article.from_dict(json.loads(line)) for line in stream.getvalue().splitlines()]


def ids(archive: Archive, query: str = "", **options: object) -> list[int | None]:
    """The ids of all that matches."""
    return [hit.article.id for hit in archive.search(query, limit=None, **options)]  # type: ignore[arg-type]


def test_an_export_holds_every_article_once(sample: Archive, articles: list[Article]) -> None:
    """An export has no cap, and its articles are those of the archive."""
    assert len(articles) == sample.stats().articles > 20
    assert len({article.id for article in articles}) == len(articles)
    assert all(sample.article(article.id or 0) == article for article in articles)


LONG = "where will the ferries of the harbour union sail after the strike"


def test_a_long_question_is_answered_by_the_best_partial_matches(sample: Archive) -> None:
    """An article that holds all of twelve words is rare; nothing at all is no answer."""
    results = sample.search(LONG, limit=10)
    assert results.total < len(results) == 10
    assert [hit.partial for hit in results] == [False] * results.total + [True] * (10 - results.total)
    partial = [hit.score for hit in results if hit.partial]
    assert partial == sorted(partial, reverse=True)
    assert sample.search(LONG, limit=None).hits == results.hits[: results.total]


def test_pages_of_partial_matches_do_not_overlap(sample: Archive) -> None:
    """Paging goes on where the full matches end."""
    whole = [hit.article.id for hit in sample.search(LONG, limit=12)]
    paged = [hit.article.id for page in range(4) for hit in sample.search(LONG, limit=3, offset=3 * page)]
    assert paged == whole


def test_any_word_is_enough_where_that_is_asked_for(sample: Archive) -> None:
    """And then the partial ones are matches: counted, exported, sorted by date."""
    results = sample.search("strike ferries zzz", any_word=True, limit=None)
    assert set(ids(sample, "strike OR ferries")) == {hit.article.id for hit in results}
    assert results.total == len(results) == sample.export("strike ferries", any_word=True, to=io.BytesIO())
    assert not any(hit.partial for hit in results)


@pytest.mark.parametrize("query", ["harbour", "published:2024", "lang:en -strike", ""])
def test_an_export_holds_what_search_finds_in_its_order(sample: Archive, query: str) -> None:
    """One query means one set of articles, wherever it is asked."""
    stream = io.BytesIO()
    assert sample.export(query, to=stream) == sample.search(query).total
    exported = [json.loads(line)["id"] for line in stream.getvalue().splitlines()]
    assert exported == ids(sample, query)


@pytest.mark.parametrize(
    "name", ["archive.db", "archive.db-wal", "newsarchive.toml", "snapshots/x", "index/x", ""]
)
def test_an_export_over_the_archive_is_refused(tmp_path: Path, name: str) -> None:
    """One slip of the Tab key would destroy what it exports."""
    with Archive.create(tmp_path / "a") as archive:
        (tmp_path / "link").symlink_to(tmp_path / "a" / name)
        for to in (tmp_path / "a" / name, tmp_path / "link"):
            with pytest.raises(ExportError, match="part of the archive"):
                archive.export(to=to)
        assert archive.export(to=tmp_path / "a" / "mine.jsonl") == 0


@pytest.mark.parametrize("name", ["jsonl", "csv"])
def test_an_export_to_a_file_is_that_to_a_stream(sample: Archive, tmp_path: Path, name: str) -> None:
    """And it leaves no other file behind."""
    stream = io.BytesIO()
    sample.export("harbour", format=name, to=stream)
    sample.export("harbour", format=name, to=tmp_path / "out")
    assert (tmp_path / "out").read_bytes() == stream.getvalue()
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_an_export_that_ends_early_leaves_the_old_file(sample: Archive, tmp_path: Path) -> None:
    """Half an export looks like a whole one to the next program."""
    (tmp_path / "out").write_text("old")

    def interrupt(_: Progress | Notice) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        sample.export(to=tmp_path / "out", progress=interrupt)
    assert (tmp_path / "out").read_text() == "old"
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_an_export_that_cannot_be_written_is_told(sample: Archive, tmp_path: Path) -> None:
    """A missing folder or a format nobody knows, with what to do."""
    with pytest.raises(ExportError):
        sample.export(to=tmp_path / "missing" / "out")
    with pytest.raises(ExportError) as caught:
        sample.export(format="docx", to=tmp_path / "out")
    assert "jsonl" in (caught.value.hint or "")


def test_after_and_before_include_their_days(sample: Archive, articles: list[Article]) -> None:
    """A person who says "after 3 May" and gets nothing of 3 May has lost articles."""
    for day in sorted({article.date_published.earliest for article in articles if article.date_published}):
        text = day.isoformat()
        expected = {
            article.id
            for article in articles
            if article.date_published
            and article.date_published.earliest <= day <= article.date_published.latest
        }
        assert set(ids(sample, after=text, before=text)) == expected


def test_an_imprecise_bound_reaches_as_far_as_it_may_mean(sample: Archive) -> None:
    """Before 2024 means to its end, after 2024 from its beginning."""
    assert ids(sample, after="2024", before="2024") == ids(sample, "published:2024")
    assert ids(sample, "harbour", after="2024-05") == ids(sample, "harbour published:2024-05..")


def test_bounds_that_leave_nothing_are_an_error(sample: Archive) -> None:
    """A silent empty result hides the swapped dates."""
    with pytest.raises(QueryError, match="nothing lies"):
        sample.search(after="2025", before="2024")
    with pytest.raises(QueryError):
        sample.search(after="someday")


def test_words_are_ranked_and_the_rest_runs_from_the_newest(sample: Archive) -> None:
    """What a reader expects without saying it."""
    assert ids(sample, "harbour") == ids(sample, "harbour", sort=Sort.RELEVANCE)
    assert ids(sample, "lang:en") == ids(sample, "lang:en", sort="newest")
    with pytest.raises(QueryError):
        sample.search(sort="prettiest")


@pytest.mark.parametrize("query", ["harbour", "", "published:2023.."])
def test_pages_put_together_are_the_whole(sample: Archive, query: str) -> None:
    """The total is exact on every page, and no article is on two."""
    pages = [sample.search(query, limit=3, offset=offset) for offset in range(0, 200, 3)]
    assert {page.total for page in pages} == {len(ids(sample, query))}
    assert [hit.article.id for page in pages for hit in page] == ids(sample, query)


@pytest.mark.parametrize("options", [{"limit": -1}, {"offset": -1}], ids=["limit", "offset"])
def test_negative_pages_are_an_error(sample: Archive, options: dict[str, int]) -> None:
    """SQLite takes them for no limit and the index for none at all: no answer is right."""
    with pytest.raises(QueryError):
        sample.search("harbour", limit=options.get("limit"), offset=options.get("offset", 0))


def test_stats_count_what_the_archive_holds(sample: Archive, articles: list[Article]) -> None:
    """Figures that a scan over the export confirms."""
    stats = sample.stats()
    assert stats.undated == sum(article.date_published is None for article in articles)
    # What names none counts under the empty name, so that the figures add up.
    assert stats.publishers == Counter(article.publisher or "" for article in articles)
    assert stats.languages == Counter(article.language or "" for article in articles)
    dated = [article.date_published for article in articles if article.date_published]
    assert stats.first_published == min(day.earliest for day in dated)
    assert stats.last_published == max(day.latest for day in dated)
    assert stats.index_up_to_date
    assert stats.to_dict()["format"] == 1
    assert json.loads(json.dumps(stats.to_dict()))["articles"] == stats.articles


def test_a_page_captured_twice_has_two_revisions(sample: Archive) -> None:
    """The sample holds one page on two days with an edited text; the newer is current."""
    (hit,) = sample.search("is:revised")
    first, second = sample.revisions(hit.article.id or 0)
    assert first.text != second.text == hit.article.text
    capture, payload = sample.raw(hit.article.id or 0)
    assert capture.source.endswith("2024-05-03/ships-waiting.html")
    assert payload.startswith(b"<")


def test_a_masthead_day_is_a_guess_that_dates_find_and_confidence_leaves_out(sample: Archive) -> None:
    """A page saved as text states the day it was saved: marked as a guess, never as fact."""
    guesses = [hit.article for hit in sample.search("confidence:low", limit=None)]
    saved = [a for a in guesses if any(item.source == "masthead" for item in a.evidence)]
    assert saved
    for article in saved:
        assert article.date_is_guess
        assert article.date_published is not None
        assert article.id in ids(sample, f"published:{article.date_published}")
        assert article.id not in ids(sample, f"published:{article.date_published} confidence:high")


@pytest.mark.parametrize("call", ["article", "revisions", "captures", "raw"])
def test_an_id_that_no_article_has_is_told(sample: Archive, call: str) -> None:
    """Also ids that fit in no database."""
    for number in (0, -1, 10**6, 2**80):
        with pytest.raises(ArticleNotFound):
            getattr(sample, call)(number)


def test_failures_are_named_and_kept_apart(sample_outcomes: tuple[Path, list[object]]) -> None:
    """Each damaged file of the sample is one outcome with a reason, and the rest is archived."""
    failed = [outcome for outcome in sample_outcomes[1] if getattr(outcome, "name", "") == "failed"]
    assert len(failed) >= 4
    for outcome in failed:
        error = getattr(outcome, "error")  # noqa: B009
        assert isinstance(error, NewsArchiveError)
        assert "damaged" in getattr(outcome, "source")  # noqa: B009


_WORDS = "harbour strike ferry pier crane union vote bridge minister port the fish"
_FILTERS = "lang:en lang:ar is:revised is:paywalled has:author -has:published confidence:high published:2024 "
_FILTERS += "published:2023-09..2024-03 published:..2023 modified:2024 has:section -lang:en"


def _queries(count: int) -> list[str]:
    rng = random.Random(7)
    words, filters = _WORDS.split(), _FILTERS.split()
    forms = (
        lambda: rng.choice(words),
        lambda: f"{rng.choice(words)} {rng.choice(words)}",
        lambda: f"{rng.choice(words)} OR {rng.choice(words)}",
        lambda: f"{rng.choice(words)} -{rng.choice(words)}",
        lambda: f"headline:{rng.choice(words)}",
        lambda: f'"the {rng.choice(words)}"',
        lambda: f"{rng.choice(words)[:3]}*",
        lambda: rng.choice(filters),
    )
    return [f"{rng.choice(forms)()} {rng.choice([*filters, ''])}".strip() for _ in range(count)]


@pytest.mark.parametrize("query", sorted(set(_queries(75)))[:60])
def test_search_agrees_with_a_scan_over_the_export(
    sample: Archive, articles: list[Article], query: str
) -> None:
    """Two programs written apart, one answer: extraction, store, index, query and export at once."""
    tree = parse(query, today=date.today())
    languages = frozenset(a.language.split("-")[0].lower() for a in articles if a.language)
    expected = {article.id for article in articles if matches(tree, _indexed(sample, article), languages)}
    assert set(ids(sample, query)) == expected
    assert sample.search(query, limit=1).total == len(expected)


def _indexed(sample: Archive, article: Article) -> IndexedArticle:
    number = article.id or 0
    days = sorted(capture.captured_at.date() for capture in sample.captures(number))
    return IndexedArticle(article, len(sample.revisions(number)), (days[0], days[-1]))


_DATES = st.one_of(
    st.none(),
    st.dates(date(2023, 1, 1), date(2024, 12, 31)).map(str),
    st.dates(date(2023, 1, 1), date(2024, 12, 31)).map(lambda day: str(day)[:7]),
    st.sampled_from(["2023", "2024", "2024-02-29T10:00+02:00", "2024-02-29T10:00-05:00", "2024-02-29"]),
)


@settings(max_examples=15, suppress_health_check=[HealthCheck.too_slow])
@given(dates=st.lists(_DATES, min_size=1, max_size=12), bound=_DATES)
def test_a_listing_by_date_is_the_same_from_the_tables_and_from_the_index(
    tmp_path_factory: pytest.TempPathFactory, dates: list[str | None], bound: str | None
) -> None:
    """A listing goes without the index for speed; nobody may see which way was taken."""
    folder = tmp_path_factory.mktemp("dates")
    rows = [
        {"id": n, "headline": f"Notice {n}", "text": "tide", "date": day} for n, day in enumerate(dates, 1)
    ]
    (folder / "d.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    day = (bound or "2024-02")[:10]
    with Archive.create(folder / "a") as archive:
        list(archive.add([folder / "d.jsonl"], workers=1))
        for query in ("", f"published:{day}", f"published:{day}..", f"published:..{day}"):
            for sort in (Sort.NEWEST, Sort.OLDEST):
                # A facet can be counted by the engine alone.
                by_engine = ids(archive, query, sort=sort, facets=["year"])
                assert ids(archive, query, sort=sort) == by_engine, (query, sort)


def test_verify_finds_a_flipped_byte_and_a_missing_snapshot(sample_copy: Path) -> None:
    """Disks rot silently; each capture that suffered is named, and the archive still answers."""
    (path,) = (sample_copy / "snapshots").glob("*.warc.gz")
    with Archive.open(sample_copy) as archive:
        victim = archive.captures(5)[0]
        data = bytearray(path.read_bytes())
        data[victim.record_offset + victim.record_length // 2] ^= 0xFF
        path.write_bytes(data)
        of_file, of_capture = archive.verify()
        assert {of_file.part, of_capture.part} == {"snapshots"}
        assert "of 00001.warc.gz are not what was written" in of_file.message
        assert f"capture {victim.id} " in of_capture.message
        path.unlink()
        named = [fault for fault in archive.verify() if fault.message.startswith("capture ")]
        assert len(named) == archive.stats().captures
        assert archive.search("harbour").total
        with pytest.raises(StoreError):
            archive.raw(5)


def test_verify_finds_rows_that_are_gone(sample_copy: Path) -> None:
    """Hands reach into databases; what no longer fits together is named."""
    with closing(sqlite3.connect(sample_copy / "archive.db")) as db, db:
        db.execute("UPDATE articles SET revision_id = NULL WHERE id = 3")
        db.execute("DELETE FROM revisions WHERE article_id = 4")
    with Archive.open(sample_copy) as archive:
        gone, lost, revision, row = (fault.message for fault in archive.verify() if fault.part == "database")
        assert (gone, lost) == ("article 3 has no text", "article 4 has no text")
        assert revision.endswith("which holds the text, is gone")
        assert row == "the row, authors, keywords or evidence of article 3 is not what was written"


def test_a_damaged_database_is_an_error_of_ours(sample_copy: Path) -> None:
    """Every page of the file in turn overwritten: an answer or a StoreError, never SQLite's own error."""
    path = sample_copy / "archive.db"
    pristine = path.read_bytes()
    for start in range(4096, len(pristine), 4096 * 7):
        path.write_bytes(pristine[:start] + b"\xa5" * 4096 + pristine[start + 4096 :])
        assert _faults_or_error(sample_copy), start


def _faults_or_error(folder: Path) -> list[str]:
    try:
        with Archive.open(folder) as archive:
            archive.export(to=io.BytesIO())
            archive.stats()
            return [fault.message for fault in archive.verify()]
    except StoreError as error:
        return [error.message]


@pytest.mark.skipif(os.name != "posix", reason="needs POSIX permissions")
def test_an_archive_that_cannot_be_written_can_be_read(sample_folder: Path) -> None:
    """On a CD, a snapshot of a server, another person's folder."""
    # Not below pytest's folder, which other users can't enter: root must become another to be refused.
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(shutil.copytree(sample_folder, Path(temporary) / "a"))
        Path(temporary).chmod(0o755)
        for path in (folder, *folder.rglob("*")):
            path.chmod(0o555 if path.is_dir() else 0o444)
        root = os.geteuid() == 0
        if root:
            os.seteuid(65534)
        try:
            with Archive.open(folder) as archive:
                assert archive.search("harbour").total
                assert archive.search("published:2024").total
                assert archive.stats().index_up_to_date
                assert list(archive.verify()) == []
                with pytest.raises(StoreError) as caught:
                    list(archive.add([__file__], workers=1))
            assert "permissions" in (caught.value.hint or "")
        finally:
            if root:
                os.seteuid(0)
            for path in (folder, *folder.rglob("*")):
                path.chmod(0o755)


def test_partial_matches_that_say_what_the_best_answers_say_come_first(tmp_path: Path) -> None:
    """The story goes on in articles that no longer use the words of the question."""
    texts = [
        "Ferry crews strike over pay at Kestrel Bay, the mediator Anselm Quill said.",
        "Ferry crews of Kestrel Bay strike again, said Anselm Quill, the mediator.",
        "Ferry tickets are cheaper on Mondays in a town far away, a clerk told us.",
        "Ferry talks at Kestrel Bay: mediator Anselm Quill meets the owners on Monday.",
        *(f"Nothing of the kind happened in place number {number}." for number in range(9)),
    ]
    rows = tmp_path / "rows.jsonl"
    rows.write_text("".join(json.dumps({"id": str(n), "text": text}) + "\n" for n, text in enumerate(texts)))
    with Archive.create(tmp_path / "archive") as archive:
        assert not [outcome for outcome in archive.add([rows]) if outcome.to_dict()["outcome"] == "failed"]
        found = [hit.article.text for hit in archive.search("ferry crews strike next winter")]
    assert found.index(texts[3]) < found.index(texts[2])
