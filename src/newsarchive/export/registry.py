"""The formats of exports: whatever the modules of this package hold."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from difflib import get_close_matches
from functools import cache
from importlib import import_module
from pathlib import PurePath
from pkgutil import walk_packages
from types import MappingProxyType
from typing import Any, TypeVar, get_type_hints

from newsarchive import export
from newsarchive.errors import ExportError
from newsarchive.export.export_format import ExportFormat, FileFormat, FolderFormat

DEFAULT = "jsonl"
_O = TypeVar("_O")


@dataclass(frozen=True, slots=True)
class FormatOption:
    """An option of one format or several; ``kind`` is bool, str or tuple[str, ...]."""

    name: str
    kind: Any
    help: str
    formats: tuple[str, ...]


@cache
def formats() -> Mapping[str, ExportFormat]:
    """Every format by its name, in the order of names."""
    found: dict[str, ExportFormat] = {}
    for form in _found():
        if found.setdefault(form.name, form) is not form:
            raise TypeError(f"two formats of exports are called {form.name}")
    return MappingProxyType(dict(sorted(found.items())))


def format_named(name: str) -> ExportFormat:
    """The format of a name; raises ExportError with the names that are near."""
    known = formats()
    if name in known:
        return known[name]
    near = get_close_matches(name.lower(), known, n=3, cutoff=0.5)
    hint = f"did you mean {' or '.join(near)}?" if near else f"known formats: {', '.join(known)}"
    raise ExportError(f"no such format: {name}", hint=hint)


def format_for(path: str | PurePath) -> ExportFormat:
    """The format that the name of a file asks for by its suffix; JSON Lines where it asks for none."""
    name = PurePath(path).name.lower()
    asked = [
        form for form in formats().values() if isinstance(form, FileFormat) and name.endswith(form.suffix)
    ]
    # The longest suffix says most: .csl.json is more than .json.
    return max(asked, key=lambda form: len(form.suffix), default=formats()[DEFAULT])


def options() -> Sequence[FormatOption]:
    """The options of all formats, each name once."""
    found: dict[str, FormatOption] = {}
    for form in formats().values():
        kinds = get_type_hints(form.options)
        for each in fields(form.options):
            before = found[each.name].formats if each.name in found else ()
            words = each.metadata["help"]
            found[each.name] = FormatOption(each.name, kinds[each.name], words, (*before, form.name))
    return list(found.values())


def options_of(form: FileFormat[_O] | FolderFormat[_O], given: Mapping[str, object]) -> _O:
    """The options of a format with the values that were given; raises ExportError."""
    kinds = get_type_hints(form.options)
    values = {name: _value(form, name, value, kinds) for name, value in given.items()}
    return form.options(**values)


def _value(form: ExportFormat, name: str, value: object, kinds: Mapping[str, Any]) -> object:
    if name not in kinds:
        known = f"its options: {', '.join(kinds)}" if kinds else "it has no options"
        raise ExportError(f"the format {form.name} has no option {name}", hint=known)
    if kinds[name] in (bool, str) and isinstance(value, kinds[name]):
        return value
    if kinds[name] == tuple[str, ...] and isinstance(value, str):
        return tuple(part.strip() for part in value.split(","))
    if kinds[name] == tuple[str, ...] and isinstance(value, list | tuple):
        return tuple(map(str, value))
    raise ExportError(f"{value!r} is no value of the option {name} of the format {form.name}")


def _found() -> Iterator[ExportFormat]:
    for module in walk_packages(export.__path__, f"{export.__name__}."):
        for value in vars(import_module(module.name)).values():
            if isinstance(value, FileFormat | FolderFormat):
                yield value
