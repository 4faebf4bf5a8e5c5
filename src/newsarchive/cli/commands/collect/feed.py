"""``newsarchive feed``: the feeds that an archive follows."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from newsarchive.cli.help_pages import command_group
from newsarchive.cli.render.terminal import line_width, say, say_done
from newsarchive.cli.render.terminal_text import clean, cut, to_json
from newsarchive.cli.session import note, open_archive
from newsarchive.cli.shared_options import AllowPrivate, AsJson

EXAMPLE = "Example: newsarchive feed add https://harbour-post.example/feed.xml"
_WIDEST = 160

group = command_group(
    "feed", "Follow feeds; `newsarchive update` fetches what is new in them.", epilog=EXAMPLE
)


@group.command("add", epilog=EXAMPLE)
def add(
    ctx: typer.Context,
    address: Annotated[str, typer.Argument(metavar="URL", help="A feed, or a page that names its feeds.")],
    allow_private: AllowPrivate = False,
) -> None:
    """Follow a feed, or the feeds that a page names."""
    from newsarchive.acquire import Fetching

    with open_archive(ctx) as archive:
        feeds = archive.feeds.add(address, fetching=Fetching(allow_private=allow_private))
    for feed in feeds:
        say(clean(f"{feed.url}  {feed.title or ''}".rstrip()))
    note("fetch what is new with: newsarchive update" if feeds else "it is followed already")


@group.command("list", epilog="Example: newsarchive feed list --json")
def list_feeds(ctx: typer.Context, as_json: AsJson = False) -> None:
    """List the feeds, with when each last brought something."""
    with open_archive(ctx) as archive:
        feeds = list(archive.feeds)
    if as_json:
        say(to_json({"format": 1, "feeds": [feed.to_dict() for feed in feeds]}, indent=2))
        return
    for feed in feeds:
        newest = "never   " if feed.newest_at is None else f"{feed.newest_at:%Y-%m-%d}"
        trouble = f"  ({feed.error})" if feed.error else ""
        say(
            cut(clean(f"{newest:<10}  {feed.url}  {feed.title or ''}{trouble}".rstrip()), line_width(_WIDEST))
        )
    if not feeds:
        note("no feed is followed yet; begin with: newsarchive feed add URL")


@group.command("remove", epilog="Example: newsarchive feed remove https://harbour-post.example/feed.xml")
def remove(
    ctx: typer.Context, url: Annotated[str, typer.Argument(metavar="URL", help="The address of the feed.")]
) -> None:
    """Follow a feed no more; the articles that it brought stay."""
    with open_archive(ctx) as archive:
        archive.feeds.remove(url)


@group.command("import", epilog="Example: newsarchive feed import feeds.opml")
def import_feeds(
    ctx: typer.Context,
    path: Annotated[Path, typer.Argument(metavar="FILE", help="A list of feeds (OPML) of a feed reader.")],
) -> None:
    """Follow the feeds of a list (OPML)."""
    with open_archive(ctx) as archive:
        feeds = archive.feeds.import_opml(path)
    say_done(f"feeds followed: {len(feeds):,} more")


@group.command("export", epilog="Example: newsarchive feed export -o feeds.opml")
def export_feeds(
    ctx: typer.Context,
    to: Annotated[
        Path | None, typer.Option("--output", "-o", metavar="FILE", help="Without it, standard output.")
    ] = None,
) -> None:
    """Write the feeds as a list (OPML) that feed readers take."""
    with open_archive(ctx) as archive:
        archive.feeds.export_opml(sys.stdout.buffer if to is None else to)
