"""``newsarchive search``: find articles."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

import typer

from newsarchive.answers.search import Question
from newsarchive.cli.batches import TOP, BatchFile
from newsarchive.cli.batches import show_results as show_batch_results
from newsarchive.cli.failures import NOTHING_FOUND, UsageProblem
from newsarchive.cli.query_arguments import join_query
from newsarchive.cli.render.hits import footer, show_results
from newsarchive.cli.render.progress_bar import reporter
from newsarchive.cli.render.terminal import say
from newsarchive.cli.render.terminal_text import clean, clean_lines, to_json
from newsarchive.cli.session import hint, open_archive, session_of
from newsarchive.cli.shared_options import (
    After,
    AnyWord,
    AsJson,
    AsJsonLines,
    Before,
    Collapse,
    Facet,
    Group,
    SortBy,
    Words,
)

if TYPE_CHECKING:
    from newsarchive.answers.results import Results

EXAMPLE = "Example: newsarchive search '\"mutual defense\"' korea --after 2024-10 --facet publisher"
# More than any archive holds, and within what SQLite counts.
_MOST = 10**9
_BATCH_HINT = "with --batch: --limit, --after, --before, --any, --csv, --json and --jsonl"


Limit = Annotated[
    int | None,
    typer.Option("--limit", "-n", min=1, metavar="N", help="How many hits to show: 20, of a batch 3 each."),
]
Facets = Annotated[
    list[Facet] | None,
    typer.Option(
        "--facet", metavar="FIELD", help="Count all matches by this; may be repeated.", show_default=False
    ),
]
GroupBy = Annotated[
    Group | None,
    typer.Option("--group", metavar="BY", help="Show the hits under headings.", show_default=False),
]
AsCsv = Annotated[bool, typer.Option("--csv", help="Print a batch as a table for spreadsheets.")]
AsIds = Annotated[bool, typer.Option("--ids", help="Print the ids of the hits only, one a line.")]
Explain = Annotated[
    bool, typer.Option("--explain", help="Say how the query is understood, and search nothing.")
]


def command(
    ctx: typer.Context,
    words: Words = None,
    after: After = None,
    before: Before = None,
    sort: SortBy = None,
    limit: Limit = None,
    offset: Annotated[int, typer.Option(min=0, metavar="N", help="How many hits to skip.")] = 0,
    facet: Facets = None,
    any_word: AnyWord = False,
    collapse: Collapse = False,
    group: GroupBy = None,
    batch: BatchFile = None,
    as_csv: AsCsv = False,
    as_json: AsJson = False,
    as_jsonl: AsJsonLines = False,
    ids: AsIds = False,
    explain: Explain = False,
) -> None:
    """Find articles; without a query, list the newest."""
    _refuse_mixtures(as_json=as_json, as_jsonl=as_jsonl, as_csv=as_csv, ids=ids, explain=explain)
    if group is not None and as_json + as_jsonl + ids:
        raise UsageProblem("--group is for reading", hint="leave out --json, --jsonl and --ids")
    query = session_of(ctx).query = join_query(words)
    asked = Question(query=query, after=after, before=before, sort=sort, any_word=any_word, collapse=collapse)
    page = _Page(20 if limit is None else min(limit, _MOST), min(offset, _MOST))
    if batch is not None:
        if query or sort or offset or facet or group or ids or explain:
            raise UsageProblem("--batch has its own queries, and lists only", hint=_BATCH_HINT)
        form = "csv" if as_csv else "json" if as_json else "jsonl" if as_jsonl else "lines"
        _search_batch(ctx, batch, asked, TOP if limit is None else page.limit, form)
    elif as_csv:
        raise UsageProblem("--csv is for --batch", hint="newsarchive export QUERY -o FILE.csv")
    elif explain:
        with open_archive(ctx) as archive:
            say(clean_lines(archive.explain(query, after=after, before=before, any_word=any_word)))
    elif ids:
        _show_ids(ctx, asked, page)
    else:
        results = _found(ctx, asked, page, facet or ())
        if as_json:
            say(to_json(results.to_dict(), indent=2))
        else:
            _show(results, offset=offset, group=group, as_jsonl=as_jsonl)
        _end(results, is_narrowed=after is not None or before is not None or ":" in query)


@dataclass(frozen=True, slots=True)
class _Page:
    limit: int
    offset: int


def _found(ctx: typer.Context, asked: Question, page: _Page, facets: Sequence[Facet]) -> Results:
    with open_archive(ctx) as archive, reporter() as report:
        return archive.search(
            asked.query,
            sort=asked.sort,
            limit=page.limit,
            offset=page.offset,
            facets=facets,
            after=asked.after,
            before=asked.before,
            any_word=asked.any_word,
            collapse=asked.collapse,
            progress=report.progress,
        )


def _refuse_mixtures(**forms: bool) -> None:
    if sum(forms.values()) > 1:
        names = [f"--{name.removeprefix('as_')}" for name in forms]
        raise UsageProblem(f"{', '.join(names[:-1])} and {names[-1]} exclude each other", hint="choose one")


def _search_batch(ctx: typer.Context, file: str, common: Question, top: int, form: str) -> None:
    with open_archive(ctx) as archive, reporter() as report:
        results = archive.batch(
            file,
            after=common.after,
            before=common.before,
            any_word=common.any_word,
            progress=report.progress,
        ).results(top=top)
    show_batch_results(results, form)


def _show(results: Results, *, offset: int, group: str | None, as_jsonl: bool) -> None:
    if as_jsonl:
        _show_lines(results, offset=offset)
        return
    if results.hits or results.total:
        show_results(results, offset=offset, group=group)
    if results.hits:
        hint(f"read one with: newsarchive show {results.hits[0].article.id}")


def _show_lines(results: Results, *, offset: int) -> None:
    for hit in results:
        say(to_json(hit.to_dict()))
    _tell_the_rest(sum(not hit.partial for hit in results), results.total, offset=offset)


def _show_ids(ctx: typer.Context, asked: Question, page: _Page) -> None:
    with open_archive(ctx) as archive:
        found = archive.ids(asked, limit=page.limit, offset=page.offset)
    sys.stdout.write("".join(f"{article_id}\n" for article_id in found))
    _tell_the_rest(len(found), found.total, offset=page.offset)
    if not found.total:
        sys.stderr.write("nothing found\nhint: without --ids, articles with some of the words are shown\n")
        raise typer.Exit(NOTHING_FOUND)


def _tell_the_rest(shown: int, total: int, *, offset: int) -> None:
    if offset + shown < total or (total and not shown):
        sys.stdout.flush()
        sys.stderr.write(footer(shown, total, offset=offset) + "\n")


def _end(results: Results, *, is_narrowed: bool) -> None:
    if not results.total and (not results.hits or results.suggestions):
        _tell_nothing_found(results, is_narrowed=is_narrowed)
    if not results.total:
        raise typer.Exit(NOTHING_FOUND)


def _tell_nothing_found(results: Results, *, is_narrowed: bool) -> None:
    advice = "try fewer words, or OR between them"
    if is_narrowed:
        advice = "leave out a field or a date, or see how the query is understood with --explain"
    if results.suggestions:
        meant = " or ".join(f"{each.query} ({each.total:,})" for each in results.suggestions)
        advice = f"did you mean: {clean(meant)}"
    sys.stdout.flush()
    if not results.hits:
        sys.stderr.write("nothing found\n")
    sys.stderr.write(f"hint: {advice}\n")
