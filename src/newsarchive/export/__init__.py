"""Turn articles into bytes: one module a family of formats.

A further format is a function of the shape ``Exporter`` and its name in ``EXPORTERS``.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import BinaryIO

from newsarchive.export import delimited, json_lines
from newsarchive.model import Article

__all__ = ["EXPORTERS", "Exporter"]

# Writes articles as they come, holding one at a time, and returns how many there were.
Exporter = Callable[[Iterable[Article], BinaryIO], int]

EXPORTERS: Mapping[str, Exporter] = {
    "jsonl": json_lines.write,
    "csv": delimited.write,
}
