"""``newsarchive history``: the revisions of an article."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import typer

from newsarchive.base.scripts import count_words
from newsarchive.cli.render.terminal import line_width, say
from newsarchive.cli.render.terminal_text import clean, cut, to_json
from newsarchive.cli.session import hint, open_archive
from newsarchive.cli.shared_options import ArticleId, AsJson

if TYPE_CHECKING:
    from newsarchive.store.reading.captures import StoredCapture
    from newsarchive.store.reading.revisions import Revision

EXAMPLE = "Example: newsarchive history 7"
_WIDEST = 120


def command(ctx: typer.Context, article_id: ArticleId, as_json: AsJson = False) -> None:
    """List the revisions of an article and its captures, oldest first."""
    with open_archive(ctx) as archive:
        revisions, captures = archive.revisions(article_id), archive.captures(article_id)
    if as_json:
        document = {
            "format": 1,
            "id": article_id,
            "revisions": [each.to_dict() for each in revisions],
            "captures": [each.to_dict() for each in captures],
        }
        say(to_json(document, indent=2))
        return
    for revision in revisions:
        line = (
            f"{revision.number:>3}  {revision.captured_at:%Y-%m-%d %H:%M} UTC"
            f"  {count_words(revision.text):>6,} words  {'(reextracted) ' if revision.is_reextracted else ''}"
            f"{clean(revision.headline or '(no headline)')}"
        )
        say(cut(line, line_width(_WIDEST)))
    for capture in captures:
        say(cut(_capture_line(capture, revisions), line_width(_WIDEST)))
    if len(revisions) > 1:
        hint(f"read one with: newsarchive show {article_id} --revision 1")


def _capture_line(capture: StoredCapture, revisions: Sequence[Revision]) -> str:
    """When, what it shows, its digest, and where its record lies."""
    first = next((each.number for each in revisions if each.capture_id == capture.id), None)
    shows = capture.remark or ("the same" if first is None else f"revision {first}")
    place = f"snapshots/{capture.snapshot} at {capture.record_offset}"
    return clean(
        f"capture {capture.id}  {capture.captured_at:%Y-%m-%d %H:%M} UTC  {shows}  "
        f"sha256 {capture.sha256[:12]}  {place}"
    )
