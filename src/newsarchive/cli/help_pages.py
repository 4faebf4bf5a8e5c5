"""Help as a reader wants it: names instead of Python's types, whole sentences, choices in words."""

from __future__ import annotations

import re
from typing import Any

import typer
from typer.core import TyperGroup

# Texts, not compiled when a program starts that shows no help.
# What typer appends to a description of a number or of an argument; the usage line and errors say it.
_NOISE = r"; (?:[\d.]+<=)?x[<>]=?[\d.]+|; required|(?:[\d.]+<=)?x[<>]=?[\d.]+(?:; )?|required"
_EMPTY = r"\s*\[\]$"
_TYPE = r" <[^<>]*>$"


class FullGroup(TyperGroup):
    """A group whose list of commands has whole sentences, where typer cuts them."""

    def format_commands(self, ctx: Any, formatter: Any) -> None:
        """List the commands, each with the first sentence of its help."""
        rows = [(name, _first_sentence(self.get_command(ctx, name))) for name in self.list_commands(ctx)]
        with formatter.section("Commands"):
            formatter.write_dl(rows)


def command_group(name: str, words: str, *, epilog: str) -> typer.Typer:
    """A command that is a group of commands; ``words`` say what for."""
    return typer.Typer(
        cls=FullGroup,
        name=name,
        help=words,
        no_args_is_help=True,
        rich_markup_mode=None,
        add_completion=False,
        pretty_exceptions_enable=False,
        epilog=epilog,
    )


def in_words(parameter: Any) -> Any:
    """Give an option or argument a description without types; return it."""
    if not hasattr(parameter, "get_help_record") or not hasattr(parameter, "type_descriptor"):
        return parameter
    original = parameter.get_help_record
    parameter.get_help_record = lambda ctx: _record(parameter, original(ctx))
    if parameter.param_type_name == "argument":
        pieces = parameter.get_usage_pieces
        parameter.get_usage_pieces = lambda ctx: [
            piece.replace("{", "").replace("}", "") for piece in pieces(ctx)
        ]
    return parameter


def _record(parameter: Any, record: tuple[str, str] | None) -> tuple[str, str] | None:
    if record is None:
        return None
    name, text = record
    if re.search(_TYPE, name):
        name = re.sub(_TYPE, "", name)
        if parameter.param_type_name == "option":
            name += f" {parameter.name.upper()}"
    text = re.sub(_EMPTY, "", re.sub(_NOISE, "", text))
    choices = choices_of(parameter)
    return (name, f"{text}  [{', '.join(choices)}]" if choices else text)


def choices_of(parameter: Any) -> list[str]:
    """What an option can be, where that is one of a few words."""
    descriptor = parameter.type_descriptor
    if not descriptor.is_choice:
        return []
    return [str(getattr(choice, "value", choice)) for choice in descriptor.choices or ()]


def _first_sentence(command: Any) -> str:
    """The first paragraph of a command's help, to its first full stop."""
    paragraph = " ".join((command.help or "").split("\n\n")[0].split())
    return paragraph.split(". ")[0].rstrip(".")
