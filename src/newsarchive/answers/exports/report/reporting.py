"""Making a report of a search."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import BinaryIO

from newsarchive.answers.copies.families import stories_among
from newsarchive.answers.exports.exporting import refuse_own_files
from newsarchive.answers.exports.matched_articles import matched
from newsarchive.answers.exports.report.report_facts import (
    ListedMatch,
    ReportFacts,
    best_period,
    list_matches,
    longest_gaps,
)
from newsarchive.answers.exports.report.report_page import report_page
from newsarchive.answers.holdings import Holdings
from newsarchive.answers.likeness.related import find_related
from newsarchive.answers.search import Question
from newsarchive.answers.timeline import Timeline, make_timeline
from newsarchive.base.periods import Period
from newsarchive.base.progress import ProgressCallback
from newsarchive.base.whole_files import named, output
from newsarchive.errors import IndexUnavailable
from newsarchive.export.clean_text import encodable
from newsarchive.export.export_source import ExportSource
from newsarchive.model import Article
from newsarchive.search.engines import FacetField
from newsarchive.store.reading.date_counts import date_counts
from newsarchive.store.search_runs import SearchStore, digest_of

_FACETS = (FacetField.PUBLISHER, FacetField.AUTHOR, FacetField.LANGUAGE)
_TERMS = 20


def write_report(
    question: Question,
    holdings: Holdings,
    progress: ProgressCallback | None,
    *,
    to: str | Path | BinaryIO,
) -> int:
    """Write the page of a search, whole or not at all; return how many articles. Raises ExportError."""
    if isinstance(to, str | Path):
        refuse_own_files(named(to), holdings.folder)
    matches = holdings.searcher.matches(question, progress=progress).matches
    source = matched(question.query, [match.article_id for match in matches], holdings, progress)
    facts = _facts(question, source, holdings, progress)
    with output(to) as stream:
        for part in report_page(source.search, facts):
            stream.write(encodable(part).encode())
    return len(facts.matches)


def _facts(
    question: Question, source: ExportSource, holdings: Holdings, progress: ProgressCallback | None
) -> ReportFacts:
    connection = holdings.connection
    matches = list_matches(source)
    ids = [match.article.id or 0 for match in matches]
    results = holdings.searcher.results(question, limit=0, offset=0, facets=_FACETS, progress=None)
    days = _timeline(question, ids, connection, Period.DAY).periods
    states = SearchStore(holdings.folder, connection).states_now(ids)
    return ReportFacts(
        explanation=holdings.searcher.explanation(question),
        digest=digest_of(states.values()),
        log_head=source.search.log_head,
        timeline=_timeline(question, ids, connection, best_period(days)),
        facets=results.facets,
        terms=find_related(question, holdings, limit=_TERMS),
        matches=matches,
        stories=_stories(matches, holdings, progress),
        gaps=longest_gaps(days),
    )


def _stories(
    matches: list[ListedMatch], holdings: Holdings, progress: ProgressCallback | None
) -> list[list[Article]] | None:
    articles = {match.article.id or 0: match.article for match in matches}
    try:
        return [[articles[each] for each in story] for story in stories_among(holdings, articles, progress)]
    except IndexUnavailable:
        # An archive that can't be written has no place for them, and a report all the same.
        return None


def _timeline(question: Question, ids: list[int], connection: sqlite3.Connection, by: Period) -> Timeline:
    return make_timeline(question.query, by, None, date_counts(connection, ids, column=None))
