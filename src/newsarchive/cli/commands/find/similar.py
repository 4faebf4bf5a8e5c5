"""``newsarchive similar``: more like this."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from newsarchive.cli.failures import NOTHING_FOUND, UsageProblem
from newsarchive.cli.render.hits import headline, say_paragraph, show_hit
from newsarchive.cli.render.terminal import say
from newsarchive.cli.render.terminal_text import clean, to_json
from newsarchive.cli.session import note, open_archive
from newsarchive.cli.shared_options import ArticleId, AsJson, AsJsonLines

if TYPE_CHECKING:
    from newsarchive.answers.likeness.similar import SimilarHit

EXAMPLE = "Example: newsarchive similar 7"


def command(
    ctx: typer.Context,
    article_id: ArticleId,
    limit: Annotated[
        int, typer.Option("--limit", "-n", min=1, max=1000, metavar="N", help="How many to show.")
    ] = 10,
    as_json: AsJson = False,
    as_jsonl: AsJsonLines = False,
    ids: Annotated[bool, typer.Option("--ids", help="Print the ids only, one a line.")] = False,
) -> None:
    """Find articles like one, by its most telling words; the same story elsewhere is marked."""
    if as_json + as_jsonl + ids > 1:
        raise UsageProblem("--json, --jsonl and --ids exclude each other", hint="choose one")
    with open_archive(ctx) as archive:
        similar = archive.similar(article_id, limit=limit)
        article = archive.article(article_id)
    if as_json:
        say(to_json(similar.to_dict(), indent=2))
    elif as_jsonl or ids:
        for each in similar:
            say(str(each.hit.article.id) if ids else to_json(each.to_dict()))
    elif similar:
        say_paragraph(f"like #{article_id} {headline(article)}, by: {clean(', '.join(similar.terms))}")
        say()
        for each in similar:
            show_hit(each.hit, remark=_remark(each))
    if not similar:
        note("nothing found: no other article shares a word that tells anything")
        raise typer.Exit(NOTHING_FOUND)


def _remark(each: SimilarHit) -> str:
    return f"(same story: {each.shared_text:.0%} of the text)" if each.is_same_story else ""
