"""Checks of what callers hand in, at the door: a slip is told where it was made.

Each gives the value back, and raises InvalidArgument, with the name of the argument, where
it is of the wrong kind.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator

from newsarchive.errors import InvalidArgument


def text(name: str, value: object) -> str:
    """A text."""
    if not isinstance(value, str):
        raise _wrong(name, value, "a text")
    return value


def octets(name: str, value: object) -> bytes:
    """Bytes."""
    if not isinstance(value, bytes | bytearray | memoryview):
        raise _wrong(name, value, "bytes, as read from a file opened with 'rb'")
    return bytes(value)


def whole_number(name: str, value: object, *, least: int | None = None) -> int:
    """A whole number that is not below ``least``."""
    if not isinstance(value, int) or isinstance(value, bool):
        raise _wrong(name, value, "a whole number")
    if least is not None and value < least:
        raise InvalidArgument(f"{name} can't be {value}", hint=f"give {least} or more")
    return value


def sources(value: object) -> Iterable[str]:
    """One or many paths or URLs, as texts; of an iterator each is checked when its turn comes."""
    if isinstance(value, str | os.PathLike):
        return [_source(value)]
    if isinstance(value, bytes | bytearray) or not isinstance(value, Iterable):
        raise _wrong("sources", value, "a path, a URL, or several of them")
    if isinstance(value, Iterator):
        return map(_source, value)
    return [_source(each) for each in value]


def ids(name: str, value: object) -> list[int]:
    """One or many numbers of articles, each once."""
    if isinstance(value, int) or not isinstance(value, Iterable):
        return [whole_number(name, value, least=1)]
    return list(dict.fromkeys(whole_number(name, each, least=1) for each in value))


def _source(value: object) -> str:
    path = os.fspath(value) if isinstance(value, str | os.PathLike) else None
    if not isinstance(path, str):
        raise _wrong("a source", value, "a path or a URL")
    return path


def _wrong(name: str, value: object, wanted: str) -> InvalidArgument:
    shown = repr(value)
    shown = shown if len(shown) <= 60 else f"{shown[:60]}…"
    return InvalidArgument(f"{name} can't be {shown}, a {type(value).__name__}", hint=f"give {wanted}")
