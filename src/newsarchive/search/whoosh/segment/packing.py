"""Numbers and names as bytes, little-endian, and as buffers that are read in place."""

from __future__ import annotations

import sys
from array import array
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Literal

Bytes = bytes | bytearray | memoryview
# A flat buffer of unsigned numbers, all of the same width.
Numbers = memoryview

# The widths that numbers are stored in, by their code, and the array types of each width.
WIDTHS = (0, 1, 2, 4)
Typecode = Literal["B", "H", "I"]
TYPECODES: Mapping[int, Typecode] = {1: "B", 2: "H", 4: "I"}
_SWAPPED = sys.byteorder == "big"


def to_bytes(values: array[Any]) -> bytes:
    """The items of an array, little-endian."""
    if _SWAPPED:
        values = values[:]
        values.byteswap()
    return values.tobytes()


def from_bytes(typecode: str, data: Bytes) -> array[Any]:
    """The inverse of ``to_bytes``. Raises ValueError for a torn item."""
    values = array(typecode)
    values.frombytes(data)
    if _SWAPPED:
        values.byteswap()
    return values


def view(typecode: Typecode, data: memoryview) -> Numbers:
    """Stored numbers in place, without a copy where the machine is little-endian too."""
    return memoryview(from_bytes(typecode, data)) if _SWAPPED else data.cast("B").cast(typecode)


def width_code(highest: int) -> int:
    """The code of the least width that holds a number."""
    return 1 if highest < 1 << 8 else 2 if highest < 1 << 16 else 3


def pack_numbers(values: Sequence[int], code: int) -> bytes:
    """Numbers in the width of a code; nothing for code 0."""
    return to_bytes(array(TYPECODES[WIDTHS[code]], values)) if code else b""


def pack_names(names: Iterable[str]) -> bytes:
    """Names, each ended by a zero byte."""
    return b"".join(name.encode() + b"\0" for name in names)


def unpack_names(data: Bytes) -> list[str]:
    """The inverse of ``pack_names``."""
    return bytes(data).decode().split("\0")[:-1]


def clean_name(name: str | None) -> str:
    """A name as ``pack_names`` can hold it."""
    return (name or "").replace("\0", " ").encode(errors="replace").decode()
