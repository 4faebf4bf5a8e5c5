"""JSON as templates get it wrong: quotes, commas, comments and ends repaired in one pass.

Every fault is mended where it stands, so that faults in several places are no
worse than one: each token is written again as JSON has it, and what cannot be
one is left out.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

# A repair is slower than the parser by far, and no article's script is longer.
_MAX_BROKEN = 400_000
_MAX_OPEN = 200
_GAP = re.compile(r"(?:\s+|/\*.*?\*/|//[^\n]*|<!--|-->|<!\[CDATA\[|\]\]>)+", re.DOTALL)
_LITERAL = re.compile(r"-?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?|true|false|null")
_BARE_KEY = re.compile(r"[A-Za-z_$@][\w$@:-]*(?=\s*:)")
_BAD_ESCAPE = re.compile(r'\\(?:(["\\/bfnrt]|u[0-9a-fA-F]{4})|(.?))', re.DOTALL)
_CLOSING = {"{": "}", "[": "]"}
# What follows a quote that ends a key, a value of an object, a value of a list.
_AFTER_KEY = re.compile(r"\s*:")
_AFTER_VALUE = re.compile(
    r"""\s*(?:[}\]]|$|(?:,\s*)+(?:[}\]]|$|/[/*]|"[^"\n]{0,100}"\s*:|'[^'\n]{0,100}'\s*:|[\w$@]+\s*:)|/[/*]|"[^"\n]{0,100}"\s*:)"""
)
_AFTER_ITEM = re.compile(r"""\s*(?:[}\]]|$|(?:,\s*)+(?:["'{\[\]}\d-]|$|true|false|null|/[/*])|/[/*])""")
_MAX_QUOTES = 200


def mended(text: str) -> Iterator[object]:
    """Yield the values of a script that is nearly JSON, one after the other."""
    for document in _Mender(text[:_MAX_BROKEN]).documents():
        try:
            yield json.loads(document, strict=False)
        except (ValueError, RecursionError):
            continue


@dataclass
class _Mender:
    """One pass over a text: what is open, what was written, and what may come next."""

    text: str
    position: int = 0
    open: list[str] = field(default_factory=list)
    written: list[str] = field(default_factory=list)
    # Whether a comma is due before the next value, and whether a key was named without its value.
    comma: bool = False
    keyed: bool = False

    def documents(self) -> Iterator[str]:
        """Write each value of the text as JSON has it."""
        while (mark := self._next_mark()) is not None:
            self._take(mark)
            if self.written and not self.open:
                yield self._finished()
        if self.written:
            yield self._finished()

    def _next_mark(self) -> str | None:
        gap = _GAP.match(self.text, self.position)
        if gap is not None:
            self.position = gap.end()
        return self.text[self.position] if self.position < len(self.text) else None

    def _take(self, mark: str) -> None:
        if mark in "{[" and len(self.open) < _MAX_OPEN:
            self._write(mark)
            self.open.append(mark)
            self.comma = False
            self.position += 1
        elif mark in "}]":
            self.position += 1
            self._close(mark)
        elif mark in "\"'" and self.open:
            self._write(self._string(mark))
        elif (bare := self._bare()) is not None and self.open:
            self._write(bare)
        else:
            # Commas and colons are written where they are due.
            self.position += 1

    def _bare(self) -> str | None:
        """A number, true, false or null; or a key without quotes."""
        key = _BARE_KEY.match(self.text, self.position) if self._wants_key() else None
        match = key or _LITERAL.match(self.text, self.position)
        if match is None:
            return None
        self.position = match.end()
        return json.dumps(match[0]) if key else match[0]

    def _string(self, quote: str) -> str:
        """Read a string up to the quote that ends it: the first that something follows as after an end."""
        start = self.position + 1
        after = _AFTER_KEY if self._wants_key() else _AFTER_VALUE if self.open[-1] == "{" else _AFTER_ITEM
        first = at = self._quote(quote, start)
        for _ in range(_MAX_QUOTES):
            if at < 0 or after.match(self.text, at + 1):
                break
            at = self._quote(quote, at + 1)
        end = at if at >= 0 else first if first >= 0 else len(self.text)
        self.position = end + 1
        return '"' + _escaped(self.text[start:end]) + '"'

    def _quote(self, quote: str, start: int) -> int:
        """Where the next quote stands that no backslash escapes."""
        at = self.text.find(quote, start)
        while at > 0 and (len(self.text[start:at]) - len(self.text[start:at].rstrip("\\"))) % 2:
            at = self.text.find(quote, at + 1)
        return at

    def _wants_key(self) -> bool:
        return bool(self.open) and self.open[-1] == "{" and not self.keyed

    def _write(self, token: str) -> None:
        if self._wants_key():
            if token[0] != '"':
                return
            self.written.append(("," if self.comma else "") + token + ":")
            self.keyed = True
            return
        self.written.append(("," if self.comma and not self.keyed else "") + token)
        self.comma, self.keyed = True, False

    def _close(self, mark: str) -> None:
        """Close what a bracket closes, and what was left open in it; ignore one that closes nothing."""
        if not any(_CLOSING[opened] == mark for opened in self.open):
            return
        while self.open:
            opened = self._end()
            if _CLOSING[opened] == mark:
                break

    def _end(self) -> str:
        if self.keyed:
            self.written.append("null")
        opened = self.open.pop()
        self.written.append(_CLOSING[opened])
        self.comma, self.keyed = True, False
        return opened

    def _finished(self) -> str:
        while self.open:
            self._end()
        document = "".join(self.written)
        self.written, self.comma, self.keyed = [], False, False
        return document


def _escaped(text: str) -> str:
    """Escape the quotes inside a string, and backslashes that escape nothing."""
    whole = _BAD_ESCAPE.sub(lambda match: match[0] if match[1] else match[2], text)
    return re.sub(r'(?<!\\)((?:\\\\)*)"', r'\1\\"', whole)
