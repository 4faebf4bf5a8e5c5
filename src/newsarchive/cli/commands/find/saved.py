"""``newsarchive saved``: searches kept under a name, run again, compared and cited."""

from __future__ import annotations

import dataclasses
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from newsarchive.base.dates import utc_text
from newsarchive.cli.completion import saved_names
from newsarchive.cli.failures import NOTHING_FOUND, UsageProblem
from newsarchive.cli.help_pages import command_group
from newsarchive.cli.query_arguments import QueryCommand, join_query
from newsarchive.cli.render.hits import say_paragraph, show_hit_heads
from newsarchive.cli.render.progress_bar import reporter
from newsarchive.cli.render.terminal import line_width, say, styled
from newsarchive.cli.render.terminal_text import clean, cut, pad, to_json
from newsarchive.cli.session import note, open_archive, session_of
from newsarchive.cli.shared_options import AsJson

if TYPE_CHECKING:
    from newsarchive.answers.saved_searches import RunReport, SavedSearches
    from newsarchive.archive import Archive
    from newsarchive.store.search_runs import SavedSearch, SearchRun

EXAMPLE = 'Example: newsarchive saved add strike "harbour strike" published:last-week'
# Longer lists of what is new are for --json, --ids or `search`.
_SHOWN = 50
_WIDEST = 120

group = command_group(
    "saved", "Keep searches under a name; run them again, compare and cite what they find.", epilog=EXAMPLE
)

NewName = Annotated[str, typer.Argument(metavar="NAME", help="The name of the saved search.")]
Name = Annotated[
    str, typer.Argument(metavar="NAME", help="The name of the saved search.", autocompletion=saved_names)
]


@group.command("add", cls=QueryCommand, epilog=EXAMPLE)
def add(
    ctx: typer.Context,
    name: NewName,
    words: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="QUERY", help="Relative dates count from the day of each run.", show_default=False
        ),
    ] = None,
    replace: Annotated[bool, typer.Option("--replace", help="Give a saved search another query.")] = False,
    tag_new: Annotated[
        str | None,
        typer.Option(
            "--tag-new",
            metavar="TAG,TAG",
            help="Give these tags to what is added from now on and the search finds; '' ends that.",
            show_default=False,
        ),
    ] = None,
    batch: Annotated[
        str | None,
        typer.Option("--batch", metavar="FILE", help="Save all queries of a file as a set, to run as one."),
    ] = None,
) -> None:
    """Save a search under a name."""
    query = session_of(ctx).query = join_query(words)
    if bool(query) == (batch is not None):
        raise UsageProblem("one of QUERY and --batch is needed", hint="newsarchive saved add --help")
    if batch is not None and (replace or tag_new is not None):
        raise UsageProblem(
            "--replace and --tag-new are for one search", hint=f"newsarchive saved remove {name}"
        )
    with open_archive(ctx) as archive:
        if batch is not None:
            note(f"{len(archive.saved.add_set(name, batch)):,} queries are saved")
        else:
            archive.saved.add(name, query, replace=replace)
        if tag_new is not None:
            archive.tags.tag_new(name, [tag for tag in tag_new.split(",") if tag.strip()])
    note(f"saved; run it with: newsarchive saved run {name}")


@group.command("list", epilog="Example: newsarchive saved list --json")
def list_searches(ctx: typer.Context, as_json: AsJson = False) -> None:
    """List the saved searches, with their queries."""
    with open_archive(ctx) as archive:
        searches = list(archive.saved)
    if as_json:
        fields = [
            {"name": each.name, "query": each.query, "created_at": utc_text(each.created_at)}
            for each in searches
        ]
        say(to_json({"format": 1, "searches": fields}, indent=2))
        return
    shown = list(_folded(searches))
    room = max((len(each.name) for each in shown), default=0)
    for each in shown:
        say(cut(f"{pad(clean(each.name), room)}  {clean(each.query)}", line_width(_WIDEST)))
    if not searches:
        note("nothing is saved yet; begin with: newsarchive saved add NAME QUERY")


def _folded(searches: Sequence[SavedSearch]) -> Iterator[SavedSearch]:
    """The searches, a set as one line: a list of thousands hides all others."""
    sizes = Counter(each.name.partition("/")[0] for each in searches if "/" in each.name)
    for each in searches:
        name, slash, number = each.name.partition("/")
        if not slash:
            yield each
        elif int(number) == 1:
            yield dataclasses.replace(each, name=name, query=f"(a set of {sizes[name]:,} queries)")


@group.command("run", epilog="Example: newsarchive saved run strike --method")
def run(
    ctx: typer.Context,
    name: Name,
    since: Annotated[
        int | None,
        typer.Option("--since", metavar="RUN", help="The run to compare with; without it, the last one."),
    ] = None,
    method: Annotated[
        bool,
        typer.Option(
            "--method", help="Print the paragraph of method of the last run, to paste, and make no new one."
        ),
    ] = False,
    as_json: AsJson = False,
    ids: Annotated[
        bool, typer.Option("--ids", help="Print the ids of all that matches, one a line.")
    ] = False,
) -> None:
    """Run a saved search, keep what it finds, and report what was added, removed and changed."""
    if method + as_json + ids > 1:
        raise UsageProblem("--method, --json and --ids exclude each other", hint="choose one")
    with open_archive(ctx) as archive:
        if archive.saved.set_of(name):
            if method or ids or since is not None:
                raise UsageProblem(f"{name} is a set", hint="run one of it, or see: newsarchive saved list")
            _run_set(archive, name, as_json=as_json)
            return
        with reporter() as progress:
            if method:
                # The paragraph is about a run that is kept: to ask for it is not another one.
                report = archive.saved.cited(name, since=since, progress=progress.progress)
            else:
                report = archive.saved.run(name, since=since, progress=progress.progress)
        if as_json:
            say(to_json(report.to_dict(), indent=2))
        elif ids:
            for article_id in report.found:
                say(str(article_id))
        elif method:
            say(clean(report.method))
        else:
            _show_report(archive.saved, report)
    if not report.run.total:
        raise typer.Exit(NOTHING_FOUND)


@group.command("runs", epilog="Example: newsarchive saved runs strike")
def runs(ctx: typer.Context, name: Name, as_json: AsJson = False) -> None:
    """List the runs of a saved search, oldest first."""
    with open_archive(ctx) as archive:
        kept = archive.saved.runs(name)
    if as_json:
        from newsarchive.answers.saved_searches import run_dict

        say(to_json({"format": 1, "name": name, "runs": [run_dict(each) for each in kept]}, indent=2))
        return
    for each in kept:
        say(cut(_run_line(each), line_width(_WIDEST)))


@group.command("remove", epilog="Example: newsarchive saved remove strike")
def remove(ctx: typer.Context, name: Name) -> None:
    """Forget a saved search, or a set of them, and their runs."""
    with open_archive(ctx) as archive:
        members = [each.name for each in archive.saved.set_of(name)]
        users = [] if members else archive.saved.users_of(name)
        for each in members or [name]:
            archive.saved.remove(each)
    if users:
        note(f"{', '.join(users)} can't be answered without it: change them, or save {name} again")


def _run_set(archive: Archive, name: str, *, as_json: bool) -> None:
    with reporter() as progress:
        reports = archive.saved.run_set(name, progress=progress.progress)
    if as_json:
        say(to_json({"format": 1, "name": name, "runs": [each.to_dict() for each in reports]}, indent=2))
    else:
        for each in reports:
            say(cut(_set_line(each), line_width(_WIDEST)))
    found = sum(each.run.total > 0 for each in reports)
    news = sum(each.since is not None and bool(each.added or each.removed) for each in reports)
    sys.stdout.flush()
    sys.stderr.write(
        f"{len(reports):,} queries: {found:,} found something, {news:,} other articles than before\n"
    )
    if not found:
        raise typer.Exit(NOTHING_FOUND)


def _set_line(report: RunReport) -> str:
    changes = "" if report.since is None else f"+{len(report.added):,} -{len(report.removed):,}"
    return f"{report.run.total:>7,}  {changes:<11}  {clean(report.run.query)}"


def _run_line(each: SearchRun) -> str:
    kind = "" if each.kind == "run" else "  (watch)"
    when = f"{each.run_at:%Y-%m-%d %H:%M} UTC"
    return f"{each.id:>4}  {when}  {each.total:>7,} articles  {each.digest[:12]}{kind}"


def _show_report(saved: SavedSearches, report: RunReport) -> None:
    first = "found" if report.since is None else "added"
    for label, ids in ((first, report.added), ("changed", report.changed), ("removed", report.removed)):
        if ids:
            say(styled(f"{len(ids):,} {label}", "bold"))
            show_hit_heads(saved.hits(report, ids[:_SHOWN]))
            if len(ids) > _SHOWN:
                say(f"  and {len(ids) - _SHOWN:,} more: --json lists all")
            say()
    say_paragraph(clean(report.method))
