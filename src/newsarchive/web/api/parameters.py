"""What a program may ask with: parameters, their limits, and how they are read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from starlette.datastructures import QueryParams

from newsarchive.errors import InvalidArgument

# What SQLite counts up to.
LARGEST = 2**63 - 1


class Kind(StrEnum):
    """The type of a value, as JSON Schema names it."""

    TEXT = "string"
    NUMBER = "integer"
    SWITCH = "boolean"


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameter:
    """A parameter of an address; ``choices`` are all that it may be."""

    name: str
    words: str
    kind: Kind = Kind.TEXT
    choices: Sequence[str] = ()
    least: int = 0
    most: int = LARGEST
    is_list: bool = False
    is_required: bool = False

    def read(self, given: QueryParams) -> Any:
        """The value in an address; None where there is none. Raises InvalidArgument."""
        values = given.getlist(self.name)
        if self.is_list:
            return [self._value(each) for each in values]
        if len(values) > 1:
            raise InvalidArgument(f"{self.name} is given more than once", hint="give it once")
        if not values:
            if self.is_required:
                raise InvalidArgument(f"{self.name} is missing", hint=self.words)
            return None
        return self._value(values[0])

    def _value(self, text: str) -> Any:
        match self.kind:
            case Kind.NUMBER:
                return whole_number(self.name, text, least=self.least, most=self.most)
            case Kind.SWITCH:
                return self._switch(text)
            case Kind.TEXT:
                return self._text(text)

    def _switch(self, text: str) -> bool:
        if text not in ("true", "false"):
            raise InvalidArgument(f"{self.name} can't be {text[:40]!r}", hint="true or false")
        return text == "true"

    def _text(self, text: str) -> str:
        if self.choices and text not in self.choices:
            raise InvalidArgument(
                f"{self.name} can't be {text[:40]!r}", hint=f"known: {', '.join(self.choices)}"
            )
        return text


def whole_number(name: str, text: str, *, least: int = 0, most: int = LARGEST) -> int:
    """A number in digits. Raises InvalidArgument for anything else."""
    is_number = text.isascii() and text.isdecimal() and len(text) < 20
    if not is_number or not least <= int(text) <= most:
        raise InvalidArgument(f"{name} can't be {text[:40]!r}", hint=f"a whole number from {least} to {most}")
    return int(text)


def read_all(parameters: Sequence[Parameter], given: QueryParams) -> Mapping[str, Any]:
    """The values of all parameters. Raises InvalidArgument, for names that are none as well."""
    known = {each.name for each in parameters}
    for name in given:
        if name not in known:
            hint = f"known: {', '.join(sorted(known))}" if known else "this takes none"
            raise InvalidArgument(f"there is no parameter {name[:40]!r}", hint=hint)
    return {each.name: each.read(given) for each in parameters}
