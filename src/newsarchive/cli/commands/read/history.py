"""``newsarchive history``: the revisions of an article."""

from __future__ import annotations

import typer

from newsarchive.base.scripts import count_words
from newsarchive.cli.render.terminal import say, width
from newsarchive.cli.render.terminal_text import clean, cut
from newsarchive.cli.session import open_archive
from newsarchive.cli.shared_options import ArticleId

EXAMPLE = "Example: newsarchive history 7"


def command(ctx: typer.Context, article_id: ArticleId) -> None:
    """List the revisions of an article, oldest first."""
    with open_archive(ctx) as archive:
        revisions = archive.revisions(article_id)
    for revision in revisions:
        line = (
            f"{revision.number:>3}  {revision.captured_at:%Y-%m-%d %H:%M} UTC"
            f"  {count_words(revision.text):>6,} words  {'(reextracted) ' if revision.is_reextracted else ''}"
            f"{clean(revision.headline or '(no headline)')}"
        )
        say(cut(line, width()))
