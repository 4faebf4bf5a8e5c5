"""How the words of a query are told from options."""

from __future__ import annotations

import re
from typing import Any

from typer.core import TyperCommand

# ``-fake``, ``-5``, ``-a`` and ``-油`` exclude a word; ``-n5`` is an option, and so is all with two hyphens.
_EXCLUSION = re.compile(r"-(?!-)(?!n\d+$).+", re.DOTALL)
# No argument of a process can hold it, so it marks a word and can't be one.
_SHIELD = "\0"


class QueryCommand(TyperCommand):
    """A command whose query may hold ``-word``."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Parse options and words, with exclusions taken for words."""
        # A letter that names an option of the command (``-n``, ``-o``, ``-h``) is that option.
        options = {name for parameter in self.get_params(ctx) for name in parameter.opts}
        rest = super().parse_args(
            ctx, [argument if argument in options else _shield(argument) for argument in args]
        )
        ctx.params = {name: _unshield(value) for name, value in ctx.params.items()}
        return rest


def join_query(words: list[str] | None) -> str:
    """The text of a query that the shell has split."""
    return " ".join(words or ())


def _shield(argument: str) -> str:
    return _SHIELD + argument if _EXCLUSION.fullmatch(argument) else argument


def _unshield(value: Any) -> Any:
    if isinstance(value, list | tuple):
        return type(value)(_unshield(item) for item in value)
    return value.removeprefix(_SHIELD) if isinstance(value, str) else value
