"""``newsarchive search``: find articles."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from newsarchive.answers.search import Question
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


def command(
    ctx: typer.Context,
    words: Words = None,
    after: After = None,
    before: Before = None,
    sort: SortBy = None,
    limit: Annotated[
        int, typer.Option("--limit", "-n", min=1, metavar="N", help="How many hits to show.")
    ] = 20,
    offset: Annotated[int, typer.Option(min=0, metavar="N", help="How many hits to skip.")] = 0,
    facet: Annotated[
        list[Facet] | None,
        typer.Option(
            "--facet", metavar="FIELD", help="Count all matches by this; may be repeated.", show_default=False
        ),
    ] = None,
    any_word: AnyWord = False,
    group: Annotated[
        Group | None,
        typer.Option("--group", metavar="BY", help="Show the hits under headings.", show_default=False),
    ] = None,
    as_json: AsJson = False,
    as_jsonl: AsJsonLines = False,
    ids: Annotated[bool, typer.Option("--ids", help="Print the ids of the hits only, one a line.")] = False,
    explain: Annotated[
        bool, typer.Option("--explain", help="Say how the query is understood, and search nothing.")
    ] = False,
) -> None:
    """Find articles; without a query, list the newest."""
    if as_json + as_jsonl + ids + explain > 1:
        raise UsageProblem("--json, --jsonl, --ids and --explain exclude each other", hint="choose one")
    if group is not None and as_json + as_jsonl + ids:
        raise UsageProblem("--group is for reading", hint="leave out --json, --jsonl and --ids")
    query = session_of(ctx).query = join_query(words)
    if explain:
        with open_archive(ctx) as archive:
            say(clean_lines(archive.explain(query, after=after, before=before, any_word=any_word)))
        return
    if ids:
        asked = Question(query=query, after=after, before=before, sort=sort, any_word=any_word)
        _show_ids(ctx, asked, limit=min(limit, _MOST), offset=min(offset, _MOST))
        return
    with open_archive(ctx) as archive, reporter() as report:
        results = archive.search(
            query,
            sort=sort,
            limit=min(limit, _MOST),
            offset=min(offset, _MOST),
            facets=facet or (),
            after=after,
            before=before,
            any_word=any_word,
            progress=report.progress,
        )
    if as_json:
        say(to_json(results.to_dict(), indent=2))
    else:
        _show(results, offset=offset, group=group, as_jsonl=as_jsonl)
    _end(results, is_narrowed=after is not None or before is not None or ":" in query)


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


def _show_ids(ctx: typer.Context, asked: Question, *, limit: int, offset: int) -> None:
    with open_archive(ctx) as archive:
        found = archive.ids(asked, limit=limit, offset=offset)
    sys.stdout.write("".join(f"{article_id}\n" for article_id in found))
    _tell_the_rest(len(found), found.total, offset=offset)
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
