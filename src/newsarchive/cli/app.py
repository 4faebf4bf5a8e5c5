"""The program: global options, commands loaded when they are used, exit codes."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from typing import Annotated, Any

import typer

from newsarchive.cli.failures import BROKEN_PIPE, INTERRUPTED, report
from newsarchive.cli.help_pages import FullGroup
from newsarchive.cli.option_values import lighten
from newsarchive.cli.query_arguments import QueryCommand
from newsarchive.cli.session import Session
from newsarchive.cli.standard_streams import discard_output, prepare_streams

# In the order in which a newcomer meets them, each with its folder below ``commands``.
COMMANDS = {
    "init": "collect",
    "add": "collect",
    "feed": "collect",
    "update": "collect",
    "crawl": "collect",
    "search": "find",
    "related": "find",
    "show": "read",
    "similar": "find",
    "history": "read",
    "diff": "read",
    "changes": "read",
    "families": "read",
    "quote": "find",
    "timeline": "count",
    "tag": "mark",
    "note": "mark",
    "highlight": "mark",
    "collection": "mark",
    "saved": "find",
    "watch": "find",
    "coverage": "count",
    "stats": "count",
    "export": "read",
    "cite": "read",
    "set": "keep",
    "unset": "keep",
    "publisher": "keep",
    "report": "count",
    "serve": "read",
    "extract": "collect",
    "refresh": "collect",
    "reextract": "collect",
    "remove": "keep",
    "backup": "keep",
    "restore": "keep",
    "reindex": "keep",
    "verify": "keep",
    "sign": "keep",
    "rebuild": "keep",
}
# Commands that are groups of commands.
GROUPS = {
    "feed": ("add", "list", "remove", "import", "export"),
    "collection": ("add", "list", "show", "arrange", "drop", "remove"),
    "publisher": ("alias", "unalias", "list"),
    "saved": ("add", "list", "run", "runs", "remove"),
}
# Those that take a query.
_WITH_QUERY = {"tag", "remove", "search", "related", "timeline", "export", "report", "refresh"}


class LazyGroup(FullGroup):
    """A group that imports the module of a command when the command is asked for."""

    def list_commands(self, ctx: Any) -> list[str]:
        """All commands, without importing them."""
        del ctx
        return list(COMMANDS)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """The command; for an unknown name all are loaded, as typer suggests the nearest of those."""
        del ctx
        for name in [cmd_name] if cmd_name in COMMANDS else COMMANDS:
            if name not in self.commands:
                self.add_command(_load(name), name)
        return self.commands.get(cmd_name)

    def invoke(self, ctx: Any) -> Any:
        """Run the command; a reader that went away (``| head``) ends it quietly."""
        try:
            result = super().invoke(ctx)
            sys.stdout.flush()
        except BrokenPipeError:
            discard_output()
            raise typer.Exit(BROKEN_PIPE) from None
        return result


app = typer.Typer(
    cls=LazyGroup,
    name="newsarchive",
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="Example: newsarchive init my-archive && cd my-archive && newsarchive add page.html",
)


def _show_version(wanted: bool) -> None:
    if wanted:
        from newsarchive import __version__

        sys.stdout.write(f"newsarchive {__version__}\n")
        raise typer.Exit


@app.callback()
def options(
    ctx: typer.Context,
    archive: Annotated[
        Path | None,
        typer.Option(
            "--archive",
            metavar="DIR",
            envvar="NEWSARCHIVE_DIR",
            help="The archive. Without it, the nearest folder upwards that is one.",
        ),
    ] = None,
    debug: Annotated[bool, typer.Option("--debug", help="Show the traceback of an error.")] = False,
    version: Annotated[
        bool,
        typer.Option(
            "--version", callback=_show_version, is_eager=True, help="Print the version of newsarchive."
        ),
    ] = False,
) -> None:
    """Archive news and search it, offline."""
    del version
    session = ctx.ensure_object(Session)
    session.archive = archive
    session.debug = debug


def run(arguments: Sequence[str]) -> int:
    """Run one command line; return its exit code."""
    session = Session()
    try:
        result = lighten(typer.main.get_command(app)).main(
            list(arguments), prog_name="newsarchive", standalone_mode=False, obj=session
        )
    except (Exception, KeyboardInterrupt) as error:  # noqa: BLE001  no traceback reaches a user
        return report(error, session)
    if result == INTERRUPTED:
        # Typer turns Ctrl-C into this exit code without a word.
        return report(KeyboardInterrupt(), session)
    return result if isinstance(result, int) else 0


def main() -> None:
    """The entry point of the program."""
    prepare_streams()
    sys.exit(run(sys.argv[1:]))


def _load(name: str) -> Any:
    module = import_module(f"newsarchive.cli.commands.{COMMANDS[name]}.{name}")
    if name in GROUPS:
        return lighten(typer.main.get_command(module.group))
    single = typer.Typer(add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False)
    register = single.command(name, cls=QueryCommand if name in _WITH_QUERY else None, epilog=module.EXAMPLE)
    register(module.command)
    return lighten(typer.main.get_command(single))
