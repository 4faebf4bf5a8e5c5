"""The frames between a pool and its workers: JSON and bytes, never pickles.

A frame is its length in four bytes, big-endian, then one line of JSON, a line
feed, and a payload, which may be empty:

    request    {"url": …, "content_type": …, "format": the word of a page's format,
                "captured_at": ISO 8601 or null, "time_known": …}             payload: the capture
    answer     the JSON form of an Article, or what ``error_fields`` gives     no payload
    greeting   {"ready": true}, once, when a worker has loaded its libraries
"""

from __future__ import annotations

import json
import struct
from collections.abc import Mapping
from typing import Any, BinaryIO

from newsarchive.errors import ExtractError, Hint, Remedy

_LENGTH = struct.Struct(">I")


def write_frame(stream: BinaryIO, header: Mapping[str, Any], payload: bytes = b"") -> None:
    """Write a frame and flush it; raises OSError where the other side has gone."""
    line = json.dumps(header).encode("ascii") + b"\n"
    stream.write(_LENGTH.pack(len(line) + len(payload)))
    stream.write(line)
    stream.write(payload)
    stream.flush()


def read_frame(stream: BinaryIO) -> tuple[dict[str, Any], bytes] | None:
    """Read a frame; None where the other side has closed the stream, also in the middle of one."""
    length = stream.read(_LENGTH.size)
    if len(length) < _LENGTH.size:
        return None
    size = _LENGTH.unpack(length)[0]
    data = stream.read(size)
    if len(data) < size:
        return None
    line, _, payload = data.partition(b"\n")
    return json.loads(line), payload


def error_fields(message: str, hint: str | None) -> dict[str, str | None]:
    """The answer where no article came of a page."""
    if isinstance(hint, Hint):
        return {"error": message, "hint": hint, "remedy": hint.remedy.name, "about": hint.about}
    return {"error": message, "hint": hint}


def error_of(answer: Mapping[str, Any]) -> ExtractError | None:
    """The error of an answer; None where it is an article."""
    if "error" not in answer:
        return None
    hint = answer["hint"]
    if "remedy" in answer:
        hint = Hint(hint, Remedy[answer["remedy"]], answer["about"])
    return ExtractError(answer["error"], hint=hint)
