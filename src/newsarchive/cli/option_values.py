"""Plain option values without pydantic.

typer hands every option that is not a flag to pydantic, also one that was not
given, and importing pydantic takes longer than a search (80 to 100 ms). What
is plainly of its type already is passed on here; all else, and every error,
is typer's. This leans on a private attribute of typer: where a version lacks
it, typer does all of the work.
"""

from __future__ import annotations

from enum import Enum
from pathlib import Path
from typing import Any, Literal, get_args, get_origin

from newsarchive.cli.help_pages import in_words

_UNSURE = object()
# Longer numbers are typer's to judge.
_MOST_DIGITS = 18


def lighten(command: Any) -> Any:
    """Give each parameter of a command, and of those below it, the short way; return the command."""
    for parameter in command.params:
        in_words(_lighten_parameter(parameter))
    for subcommand in getattr(command, "commands", {}).values():
        lighten(subcommand)
    make_help_option = command.get_help_option
    # The option --help is made for each parse, and is no parameter of the command.
    command.get_help_option = lambda ctx: _lighten_parameter(make_help_option(ctx))
    return command


def _lighten_parameter(parameter: Any) -> Any:
    if hasattr(parameter, "_runtime_param") and hasattr(parameter, "type_descriptor"):
        parameter._runtime_param = _Plain(parameter.type_descriptor)
    return parameter


class _Plain:
    """Takes the place of typer's converter of one parameter."""

    def __init__(self, descriptor: Any) -> None:
        self._descriptor = descriptor

    def coerce(self, value: Any, *, param: Any, ctx: Any) -> Any:
        """The value in the parameter's type."""
        is_many = param.nargs != 1 or param.multiple
        plain = _many(self._descriptor.annotation, value) if is_many else self._one(value)
        if plain is not _UNSURE:
            return plain
        from typer._coercion import build_runtime_param

        return build_runtime_param(self._descriptor).coerce(value, param=param, ctx=ctx)

    def _one(self, value: Any) -> Any:
        if value is None:
            return None
        annotation, info = self._descriptor.annotation, self._descriptor.parameter_info
        if info.parser is not None:
            return _UNSURE
        if annotation is int:
            return _number(value, lowest=info.min, highest=info.max)
        if annotation is Path and not info.exists and not info.resolve_path:
            return Path(value)
        if annotation is str or (get_origin(annotation) is Literal and value in get_args(annotation)):
            return value if isinstance(value, str) else _UNSURE
        return _UNSURE


def _many(annotation: Any, values: Any) -> Any:
    if values is None:
        return ()
    if not isinstance(values, list | tuple) or not all(isinstance(value, str) for value in values):
        return _UNSURE
    if annotation == list[str]:
        return list(values)
    kind = get_args(annotation)[0] if get_origin(annotation) is list else None
    if isinstance(kind, type) and issubclass(kind, Enum) and {*values} <= {item.value for item in kind}:
        return [kind(value) for value in values]
    return _UNSURE


def _number(value: Any, *, lowest: float | None, highest: float | None) -> Any:
    is_digits = isinstance(value, str) and value.isascii() and value.isdigit()
    if not (type(value) is int or (is_digits and len(value) <= _MOST_DIGITS)):
        return _UNSURE
    number = int(value)
    is_within = (lowest is None or number >= lowest) and (highest is None or number <= highest)
    return number if is_within else _UNSURE
