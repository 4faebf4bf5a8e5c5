"""``newsarchive history``: the revisions of an article."""

from __future__ import annotations

import typer

from newsarchive.base.scripts import count_words
from newsarchive.cli.render.terminal import line_width, say
from newsarchive.cli.render.terminal_text import clean, cut, to_json
from newsarchive.cli.session import hint, open_archive
from newsarchive.cli.shared_options import ArticleId, AsJson

EXAMPLE = "Example: newsarchive history 7"
_WIDEST = 120


def command(ctx: typer.Context, article_id: ArticleId, as_json: AsJson = False) -> None:
    """List the revisions of an article, oldest first."""
    with open_archive(ctx) as archive:
        revisions = archive.revisions(article_id)
    if as_json:
        document = {"format": 1, "id": article_id, "revisions": [each.to_dict() for each in revisions]}
        say(to_json(document, indent=2))
        return
    for revision in revisions:
        line = (
            f"{revision.number:>3}  {revision.captured_at:%Y-%m-%d %H:%M} UTC"
            f"  {count_words(revision.text):>6,} words  {'(reextracted) ' if revision.is_reextracted else ''}"
            f"{clean(revision.headline or '(no headline)')}"
        )
        say(cut(line, line_width(_WIDEST)))
    if len(revisions) > 1:
        hint(f"read one with: newsarchive show {article_id} --revision 1")
