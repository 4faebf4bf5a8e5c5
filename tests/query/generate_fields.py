"""Writes what docs/reference/query-language.md says of fields, from their table: ``make docs``."""

from __future__ import annotations

import re
from collections.abc import Iterable
from enum import StrEnum
from pathlib import Path

from newsarchive.model import Confidence
from newsarchive.query.fields import (
    FIELDS,
    Change,
    DateField,
    Flag,
    MarkField,
    NameField,
    NumberField,
    Presence,
    TextField,
)

PAGE = Path(__file__).parents[2] / "docs" / "reference" / "query-language.md"
# What stands between two such lines is written here; in the grammar they are its comments.
_PARTS = {
    "table": ("<!-- fields: written by make docs -->", "<!-- end of fields -->"),
    "values": ("<!-- values: written by make docs -->", "<!-- end of values -->"),
    "grammar": ("(* names: written by make docs *)", "(* end of names *)"),
}


def page(text: str) -> str:
    """The page as it should be, given the page as it is."""
    written = {"table": _table(), "values": _values(), "grammar": _grammar()}
    for name, (start, end) in _PARTS.items():
        pattern = re.compile(f"(?<={re.escape(start)}\n).*?(?={re.escape(end)})", re.DOTALL)
        text, count = pattern.subn(lambda _, name=name: written[name], text)  # type: ignore[misc]
        if count != 1:
            raise ValueError(f"the page has {count} parts between {start} and {end}")
    return text


def _table() -> str:
    rows = (f"| `{name}` | {field.about.finds} | `{field.about.example}` |" for name, field in FIELDS.items())
    return "\n".join(["", "| field | finds | example |", "|---|---|---|", *rows, "", ""])


def _values() -> str:
    rows = [
        *(f"| `is:{flag}` | {flag.said} |" for flag in Flag),
        *(f"| `changed:{change}` | {change.said} |" for change in Change),
        *(f"| `has:{presence}` | {presence.said} |" for presence in Presence),
        *(f"| `has:{mark}` | a {mark}, which people gave it |" for mark in MarkField),
        *(f"| `confidence:{level}` | exactly this confidence in the date |" for level in Confidence),
    ]
    return "\n".join(["", "| value | articles with |", "|---|---|", *rows, "", ""])


def _grammar() -> str:
    lists: dict[str, Iterable[StrEnum]] = {
        "named": NameField,
        "textual": (field for field in TextField if field is not TextField.ANY),
        "dated": DateField,
        "counted": NumberField,
        "marked": MarkField,
        "property": Flag,
        "part": (*Presence, *MarkField),
        "change": Change,
        "level": Confidence,
    }
    return "".join(_rule(name, [f'"{each}"' for each in members]) for name, members in lists.items())


def _rule(name: str, names: list[str]) -> str:
    lines = [" | ".join(names[at : at + 6]) for at in range(0, len(names), 6)]
    return f"{name:11} = " + f"\n{'':12}| ".join(lines) + " ;\n"


if __name__ == "__main__":
    PAGE.write_text(page(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
