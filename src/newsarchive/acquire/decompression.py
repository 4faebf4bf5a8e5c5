"""Decompression that stops at a cap."""

from __future__ import annotations

import zlib
from enum import IntEnum

from newsarchive.errors import AcquireError


class Coding(IntEnum):
    """The window bits that tell zlib which wrapping to expect."""

    GZIP = 16 + zlib.MAX_WBITS
    ZLIB = zlib.MAX_WBITS
    RAW = -zlib.MAX_WBITS


# zlib hands back what follows a gzip member as a copy. Fed in windows, a file of a
# million empty members costs a million small copies instead of copies of itself.
_WINDOW = 8_192
_GZIP_MAGIC = b"\x1f"


def inflate(data: bytes, *, name: str, limit: int, coding: Coding = Coding.GZIP) -> bytes:
    """Decompress to at most ``limit`` bytes; gzip may have several members.

    Bytes after the end that begin no further member are ignored, as gzip and
    browsers do. Raises AcquireError for damaged, cut and too large data.
    """
    output = bytearray()
    decoder = zlib.decompressobj(coding)
    for start in range(0, len(data), _WINDOW):
        pending = data[start : start + _WINDOW]
        while pending:
            if decoder.eof:
                if coding is not Coding.GZIP or not pending.startswith(_GZIP_MAGIC):
                    return bytes(output)
                decoder = zlib.decompressobj(coding)
            output += _step(decoder, pending, room=limit + 1 - len(output), name=name)
            if len(output) > limit:
                raise too_large(name, limit)
            pending = decoder.unconsumed_tail or decoder.unused_data
    if not decoder.eof:
        raise cut_short(name)
    return bytes(output)


def _step(decoder: zlib._Decompress, data: bytes, *, room: int, name: str) -> bytes:
    try:
        return decoder.decompress(data, room)
    except zlib.error as exc:
        raise AcquireError(
            f"{name} can't be decompressed: {exc}", hint="the data are damaged; get a fresh copy"
        ) from exc


def too_large(name: str, limit: int) -> AcquireError:
    """The error of content beyond the cap."""
    return AcquireError(
        f"{name} holds more than {limit:,} bytes", hint="a news page is smaller; give the page itself"
    )


def cut_short(name: str) -> AcquireError:
    """The error of compressed data that stop before their end."""
    return AcquireError(
        f"{name} ends early: its compressed data are cut", hint="get a complete copy and add it again"
    )
