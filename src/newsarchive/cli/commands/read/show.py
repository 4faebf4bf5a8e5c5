"""``newsarchive show``: one article to read."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from newsarchive.cli.failures import UsageProblem
from newsarchive.cli.render.article import show_article, show_evidence, show_revision
from newsarchive.cli.render.terminal import is_terminal, say
from newsarchive.cli.render.terminal_text import to_json
from newsarchive.cli.session import open_archive
from newsarchive.cli.shared_options import ArticleId, AsJson
from newsarchive.errors import ArticleNotFound

if TYPE_CHECKING:
    from newsarchive.archive import Archive

EXAMPLE = "Example: newsarchive show 7 --evidence"
_LARGEST_ID = 2**63 - 1


def command(
    ctx: typer.Context,
    article_id: ArticleId,
    raw: Annotated[
        bool, typer.Option("--raw", help="Write the newest capture, byte by byte as received.")
    ] = False,
    as_json: AsJson = False,
    evidence: Annotated[
        bool, typer.Option("--evidence", help="Show where each value was found, and the captures.")
    ] = False,
    revision: Annotated[
        int | None,
        typer.Option("--revision", min=1, metavar="N", help="An earlier state; history lists them."),
    ] = None,
) -> None:
    """Show one article."""
    if revision is not None and raw + evidence:
        raise UsageProblem("--revision goes with --json or alone", hint="leave out --raw and --evidence")
    if raw + (as_json or evidence) > 1:
        raise UsageProblem("--raw goes with neither --json nor --evidence", hint="choose one")
    if raw and is_terminal():
        # The bytes are a stranger's: on a terminal they could do more than be read.
        raise UsageProblem(
            "raw bytes are not written to a terminal",
            hint=f"newsarchive show {article_id} --raw > page.html",
        )
    if article_id > _LARGEST_ID:
        raise ArticleNotFound(article_id)
    with open_archive(ctx) as archive:
        if revision is not None:
            _show_revision(archive, article_id, revision, as_json=as_json)
        elif raw:
            sys.stdout.buffer.write(archive.raw(article_id)[1])
        elif evidence:
            _show_evidence(archive, article_id, as_json=as_json)
        elif as_json:
            captures = [capture.to_dict() for capture in archive.captures(article_id)]
            marks = archive.tags.of(article_id).to_dict()
            whole = {**archive.article(article_id).to_dict(), **marks, "captures": captures}
            say(to_json(whole, indent=2))
        else:
            show_article(archive.article(article_id), archive.tags.of(article_id))


def _show_evidence(archive: Archive, article_id: int, *, as_json: bool) -> None:
    values = archive.versions.provenance(article_id)
    if as_json:
        from newsarchive import __version__
        from newsarchive.extraction import EXTRACTOR_VERSION

        listed = [each.to_dict() for each in values]
        tools = {"newsarchive": __version__, "extraction": EXTRACTOR_VERSION}
        say(to_json({"format": 1, "id": article_id, "tools": tools, "values": listed}, indent=2))
    else:
        show_evidence(archive.article(article_id), values, archive.captures(article_id))


def _show_revision(archive: Archive, article_id: int, number: int, *, as_json: bool) -> None:
    revisions = archive.revisions(article_id)
    if number > len(revisions):
        count = f"{len(revisions)} {'revision' if len(revisions) == 1 else 'revisions'}"
        raise UsageProblem(f"article {article_id} has {count}", hint=f"newsarchive history {article_id}")
    if as_json:
        say(to_json({"format": 1, "id": article_id, **revisions[number - 1].to_dict()}, indent=2))
    else:
        show_revision(archive.article(article_id), revisions[number - 1])
