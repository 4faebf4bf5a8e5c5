"""Arrays as bytes: positions of a term, columns of numbers and of names. Little-endian on disk."""

from __future__ import annotations

import sys
from array import array
from collections.abc import Iterable, Sequence
from typing import Any

# A flat buffer of unsigned numbers.
Numbers = memoryview

_SWAPPED = sys.byteorder == "big"


def to_bytes(values: array[Any]) -> bytes:
    """The items of an array, little-endian."""
    if _SWAPPED:
        values = values[:]
        values.byteswap()
    return values.tobytes()


def from_bytes(typecode: str, data: bytes | memoryview) -> array[Any]:
    """The inverse of ``to_bytes``. Raises ValueError for a torn item."""
    values = array(typecode)
    values.frombytes(data)
    if _SWAPPED:
        values.byteswap()
    return values


def from_bytes_big_endian(typecode: str, data: bytes) -> array[Any]:
    """The items of an array as Whoosh writes them."""
    values = array(typecode, data)
    if not _SWAPPED:
        values.byteswap()
    return values


def pack_positions(positions: Sequence[int]) -> bytes:
    """Ascending positions as bytes: an even number of them for 16 bits, an odd one for 32."""
    if positions[-1] < 0x10000:
        return to_bytes(array("H", positions))
    return b"\0" + to_bytes(array("I", positions))


def unpack_positions(data: bytes) -> array[int]:
    """The inverse of ``pack_positions``."""
    return from_bytes("I", data[1:]) if len(data) % 2 else from_bytes("H", data)


def pack_names(names: Iterable[str]) -> bytes:
    """Names, each ended by a zero byte."""
    return b"".join(name.encode() + b"\0" for name in names)


def unpack_names(data: bytes) -> list[str]:
    """The inverse of ``pack_names``."""
    return data.decode().split("\0")[:-1]


def clean_name(name: str | None) -> str:
    """A name as ``Names`` can hold it."""
    return (name or "").replace("\0", " ").encode(errors="replace").decode()
