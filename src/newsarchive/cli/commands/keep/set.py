"""``newsarchive set``: correct values of an article by hand."""

from __future__ import annotations

from typing import Annotated

import typer

from newsarchive.cli.failures import UsageProblem
from newsarchive.cli.render.corrected_values import show_corrections
from newsarchive.cli.render.terminal import say
from newsarchive.cli.render.terminal_text import to_json
from newsarchive.cli.session import hint, open_archive
from newsarchive.cli.shared_options import ArticleId, AsJson

EXAMPLE = 'Example: newsarchive set 7 published=2024-10-30 --because "printed edition, page 3"'


def command(
    ctx: typer.Context,
    article_id: ArticleId,
    values: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="FIELD=VALUE",
            help="headline, published, authors, publisher, section, language, keywords, url, …; "
            "several names with ; between them; nothing after = says that it is not stated. "
            "Without any, what is corrected is listed.",
            show_default=False,
        ),
    ] = None,
    because: Annotated[
        str, typer.Option("--because", metavar="REASON", help="How you know it; kept with the correction.")
    ] = "",
    as_json: AsJson = False,
) -> None:
    """Correct values by hand; no later capture or extraction replaces them."""
    with open_archive(ctx) as archive:
        if values:
            if not because.strip():
                raise UsageProblem(
                    "a correction needs its reason", hint='add --because "printed edition, page 3"'
                )
            archive.corrections.set(article_id, _parted(values), because=because)
        corrections = archive.corrections.of(article_id)
        if as_json:
            listed = [each.to_dict() for each in corrections]
            say(to_json({"format": 1, "id": article_id, "corrections": listed}, indent=2))
            return
        show_corrections(archive.article(article_id), corrections)
    if corrections:
        hint(f"undo it with: newsarchive unset {article_id} {corrections[0].field}")


def _parted(values: list[str]) -> dict[str, str]:
    parted: dict[str, str] = {}
    for each in values:
        field, equals, value = each.partition("=")
        if not equals or not field:
            raise UsageProblem(f"{each!r} is no FIELD=VALUE", hint="write published=2024-10-30")
        if field in parted:
            raise UsageProblem(f"{field} is given twice", hint="part several names by ;")
        parted[field] = value
    return parted
