"""``newsarchive unset``: undo corrections of an article."""

from __future__ import annotations

from typing import Annotated

import typer

from newsarchive.cli.render.corrected_values import show_corrections
from newsarchive.cli.session import open_archive
from newsarchive.cli.shared_options import ArticleId

EXAMPLE = "Example: newsarchive unset 7 published"


def command(
    ctx: typer.Context,
    article_id: ArticleId,
    fields: Annotated[
        list[str] | None,
        typer.Argument(metavar="FIELD", help="What to undo; without any, all of it.", show_default=False),
    ] = None,
) -> None:
    """Undo corrections: what pages say counts again."""
    with open_archive(ctx) as archive:
        article = archive.corrections.unset(article_id, *(fields or ()))
        show_corrections(article, archive.corrections.of(article_id))
