"""What a caller gets from each public act, as a type checker tells him. Checked, never run."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from io import BytesIO
from pathlib import Path
from typing import assert_type

from newsarchive import (
    Added,
    Archive,
    Article,
    ArticleDiff,
    BagFault,
    CitedArticle,
    Confidence,
    Coverage,
    Edit,
    Evidence,
    Failed,
    Families,
    Family,
    Fault,
    FoundIds,
    Hint,
    Hit,
    NewsArchiveError,
    Notice,
    Outcome,
    PartialDate,
    Period,
    Progress,
    QueryError,
    Quotation,
    Reextracted,
    RelatedTerms,
    Remedy,
    Results,
    Revision,
    Run,
    RunReport,
    SavedSearch,
    SavedSearches,
    SearchRun,
    SimilarArticles,
    Snippet,
    Sort,
    Stats,
    StoredCapture,
    Suggestion,
    Summary,
    Timeline,
    Versions,
    extract,
    verify_bag,
)


def opened(folder: str | Path) -> None:
    with Archive.open(folder, create=True, progress=told) as archive:
        assert_type(archive, Archive)
    assert_type(Archive.create(folder, name="Port Almar"), Archive)


def told(event: Progress | Notice) -> None:
    if isinstance(event, Notice):
        assert_type(event.message, str)
    else:
        assert_type(event.total, int | None)


def added(archive: Archive, path: Path) -> None:
    assert_type(archive.add("page.html"), Run[Outcome])
    assert_type(archive.add(path, workers=2).finish(), Summary)
    for outcome in archive.add([path, "https://example.org/a"], allow_private=True):
        if isinstance(outcome, Added):
            assert_type(outcome.article_id, int)
        elif isinstance(outcome, Failed):
            assert_type(outcome.error, NewsArchiveError)
    with archive.reextract("all") as run:
        assert_type(run, Run[Reextracted])
    assert_type(archive.reextract([1, 2]).summary, Summary)
    assert_type(archive.add(path).summary.counts, Mapping[str, int])


def searched(archive: Archive) -> None:
    results = archive.search("ferry", sort=Sort.NEWEST, limit=None, after=date.today(), facets=["publisher"])
    assert_type(results, Results)
    assert_type(results.total, int)
    assert_type(results.facets, Mapping[str, Mapping[str, int]])
    assert_type(results.suggestions, Sequence[Suggestion])
    assert_type(results[0], Hit)
    for hit in results:
        assert_type(hit.id, int | None)
        assert_type(hit.article.date_published, PartialDate | None)
        assert_type(hit.article.authors, tuple[str, ...])
        assert_type(hit.article.date_confidence, Confidence | None)
        assert_type(hit.snippet, Snippet)
        assert_type(hit.snippet.marks, tuple[tuple[int, int], ...])
    assert_type(archive.ids("ferry"), FoundIds)
    assert_type(list(archive.ids("ferry")), list[int])
    assert_type(archive.explain("ferry"), str)
    assert_type(archive.similar(7), SimilarArticles)
    assert_type(archive.related("ferry"), RelatedTerms)
    assert_type(archive.quote("nobody waved"), Quotation)
    assert_type(archive.timeline("ferry", by=Period.WEEK), Timeline)
    assert_type(archive.coverage(publisher="Harbour Post"), Coverage)


def read(archive: Archive) -> None:
    assert_type(len(archive), int)
    assert_type(iter(archive), Iterator[Article])
    assert_type(archive.article(7).evidence, tuple[Evidence, ...])
    assert_type(archive.revisions(7), list[Revision])
    assert_type(archive.revisions(7)[0].captured_at, datetime)
    assert_type(archive.captures(7), list[StoredCapture])
    assert_type(archive.captures(7)[-1].captured_at, datetime)
    assert_type(archive.payload(archive.captures(7)[0]), bytes)
    assert_type(archive.payload(12), bytes)
    assert_type(archive.raw(7), tuple[StoredCapture, bytes])
    assert_type(archive.stats(), Stats)
    assert_type(archive.export("ferry", to=BytesIO(), format="csv", fields="headline"), int)
    assert_type(archive.cite([7], style="apa"), list[CitedArticle])
    assert_type(archive.report("ferry", to="report.html"), int)
    assert_type(verify_bag("bag"), Iterator[BagFault])


def in_namespaces(archive: Archive) -> None:
    assert_type(archive.saved, SavedSearches)
    assert_type(archive.saved.add("ferries", "ferry"), SavedSearch)
    assert_type(archive.saved.get("ferries").created_at, datetime)
    assert_type(archive.saved.run("ferries"), RunReport)
    assert_type(archive.saved.runs("ferries"), list[SearchRun])
    assert_type(archive.saved.run("ferries").run.run_at, datetime)
    assert_type(list(archive.saved), list[SavedSearch])
    assert_type(archive.families, Families)
    assert_type(archive.families.of(7), Family)
    assert_type(archive.families.top(3), list[Family])
    assert_type(archive.versions, Versions)
    assert_type(archive.versions.diff(7), ArticleDiff | None)
    assert_type(archive.versions.edits(since="yesterday"), Iterator[Edit])


def kept(archive: Archive) -> None:
    assert_type(archive.reindex(), int)
    for fault in archive.verify(quick=True):
        assert_type(fault, Fault)
        assert_type(fault.since, datetime | None)
    assert_type(archive.keeping.adopt(), Run[Outcome])


def extracted(payload: bytes) -> None:
    assert_type(extract(payload, url="https://example.org/a"), Article)


def refused(archive: Archive) -> None:
    try:
        archive.search("(ferry")
    except QueryError as error:
        assert_type(error.position, int | None)
        assert_type(error.hint, str | None)
        if isinstance(error.hint, Hint):
            assert_type(error.hint.remedy, Remedy)
