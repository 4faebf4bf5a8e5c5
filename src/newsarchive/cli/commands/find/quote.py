"""``newsarchive quote``: where a quotation stands."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from newsarchive.cli.failures import NOTHING_FOUND, UsageProblem
from newsarchive.cli.render.hits import day
from newsarchive.cli.render.terminal import say, styled, width
from newsarchive.cli.render.terminal_text import clean, to_json, wrap
from newsarchive.cli.session import note, open_archive
from newsarchive.cli.shared_options import AsJson, AsJsonLines

if TYPE_CHECKING:
    from newsarchive.answers.copies.quotations import Occurrence, Quotation, Variant

EXAMPLE = "Example: newsarchive quote 'the harbour belongs to those who work in it'"
_WIDEST = 100


def command(
    ctx: typer.Context,
    words: Annotated[list[str], typer.Argument(metavar="QUOTATION", help="The words that were said.")],
    variants: Annotated[
        int, typer.Option("--variants", "-n", min=1, metavar="N", help="How many wordings to show.")
    ] = 10,
    exact: Annotated[bool, typer.Option("--exact", help="Word for word only.")] = False,
    as_json: AsJson = False,
    as_jsonl: AsJsonLines = False,
) -> None:
    """Find where a quotation stands, who printed it first, and in which variants."""
    if as_json and as_jsonl:
        raise UsageProblem("--json and --jsonl exclude each other", hint="choose one")
    with open_archive(ctx) as archive:
        found = archive.quote(" ".join(words), exact=exact)
    if as_json:
        say(to_json(found.to_dict(), indent=2))
    elif as_jsonl:
        for variant in found:
            say(to_json(variant.to_dict()))
    else:
        _show(found, variants)
    if not found:
        note("nothing found: no article has these words, nor nearly")
        raise typer.Exit(NOTHING_FOUND)


def _show(found: Quotation, most: int) -> None:
    for variant in found.variants[:most]:
        _show_variant(variant)
    left = len(found) - most
    if left > 0:
        wordings = "wording" if left == 1 else "wordings"
        say(styled(f"and {left:,} more {wordings}; all of them: --variants {len(found)}", "dim"))
    if found.first is not None:
        say(f"First printed, as far as this archive knows: {_place(found.first)}")


def _show_variant(variant: Variant) -> None:
    columns = min(width(), _WIDEST)
    share = "word for word" if variant.likeness == 100 else f"alike by {variant.likeness:.0f} %"
    count = len(variant.occurrences)
    say(styled(f"{share}, in {count:,} {'article' if count == 1 else 'articles'}", "bold"))
    for occurrence in variant.occurrences[:5]:
        say(styled(f"  {_place(occurrence)}", "cyan"))
        for line in wrap(clean(occurrence.sentence), columns - 4):
            say(f"    {line}")
    if count > 5:
        say(styled(f"  and {count - 5:,} more", "dim"))
    say()


def _place(occurrence: Occurrence) -> str:
    article = occurrence.article
    return f"#{article.id}  {day(article)}  {clean(article.publisher or '(not stated)')}"
