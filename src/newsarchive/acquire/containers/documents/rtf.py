"""RTF documents. Source: Rich Text Format specification 1.9.1."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime

from newsarchive.acquire.containers.described_rows import numbered
from newsarchive.acquire.containers.documents.printed_articles import rows_of
from newsarchive.acquire.reader import Item, Limits
from newsarchive.acquire.source_file import SourceFile

_TOKEN = re.compile(
    r"\\(?P<word>[a-z]{1,32})(?P<number>-?\d{1,10})?[ ]?|\\'(?P<byte>[0-9a-f]{2})|\\(?P<sign>[^a-z])"
    r"|(?P<brace>[{}])|(?P<line>[\r\n]+)|(?P<text>[^\\{}\r\n]+)",
    re.IGNORECASE,
)
# Groups whose content is not shown.
_HIDDEN = frozenset(
    "fonttbl colortbl stylesheet info pict object header headerl headerr headerf footer footerl footerr"
    " footerf listtable listoverridetable rsidtbl generator themedata datastore latentstyles xmlnstbl fldinst"
    " bkmkstart bkmkend footnote annotation".split()
)
_BREAKS = frozenset("par line sect page row".split())
_SIGNS = {
    "emdash": "—",
    "endash": "–",
    "lquote": "‘",
    "rquote": "’",
    "ldblquote": "“",
    "rdblquote": "”",
    "bullet": "•",
}
_CODEPAGE = re.compile(rb"\\ansicpg(\d{3,5})")


def read(file: SourceFile, *, limits: Limits, now: datetime) -> Iterator[Item]:
    """Yield the articles."""
    paragraphs = paragraphs_of(file.content(limits.payload))
    yield from numbered(rows_of(paragraphs), name=file.name, now=now, dataset="documents")


def paragraphs_of(payload: bytes) -> list[str]:
    """The paragraphs that a document shows, blank ones as empty."""
    match = _CODEPAGE.search(payload[:1_000])
    codepage = _known(f"cp{match[1].decode()}" if match else "cp1252")
    try:
        source = payload.decode("utf-8")
    except UnicodeDecodeError:
        source = payload.decode(codepage, "replace")
    return [" ".join(line.split()) for line in _shown(source, codepage).split("\n")]


def _shown(source: str, codepage: str) -> str:
    writer = _Writer(codepage)
    for token in _TOKEN.finditer(source):
        writer.take(token)
    return writer.text()


class _Writer:
    """Writes what is shown; each group has its own state and gives back that of the one around it."""

    def __init__(self, codepage: str) -> None:
        self._codepage = codepage
        self._pieces: list[str] = []
        self._bytes = bytearray()
        self._stack: list[tuple[bool, int]] = []
        self._hidden = False
        self._fallback = 1  # characters behind a \\u that stand for it in readers without Unicode
        self._skip = 0

    def take(self, token: re.Match[str]) -> None:
        """Take the next token."""
        if token["byte"]:
            self._put_byte(int(token["byte"], 16))
            return
        self._flush()
        if token["brace"] == "{":
            self._stack.append((self._hidden, self._fallback))
        elif token["brace"] == "}":
            self._hidden, self._fallback = self._stack.pop() if self._stack else (False, 1)
        elif token["text"]:
            self._put(token["text"])
        elif token["sign"]:
            self._take_sign(token["sign"])
        elif token["word"]:
            self._take_word(token["word"], token["number"])

    def text(self) -> str:
        """All that was written."""
        self._flush()
        return "".join(self._pieces)

    def _take_sign(self, sign: str) -> None:
        if sign == "*":
            self._hidden = True
        elif sign in "{}\\":
            self._put(sign)
        elif sign in "~\n\r":
            self._write(" " if sign == "~" else "\n")

    def _take_word(self, word: str, number: str | None) -> None:
        if word in _HIDDEN:
            self._hidden = True
        elif word in _BREAKS:
            self._write("\n")
        elif word in ("tab", "cell"):
            self._write(" ")
        elif word == "uc":
            self._fallback = int(number or 1)
        elif word == "u" and number:
            code = int(number) % 65_536
            self._write(chr(code) if not 0xD800 <= code <= 0xDFFF else "\ufffd")
            self._skip = self._fallback
        elif word in _SIGNS:
            self._write(_SIGNS[word])

    def _put(self, text: str) -> None:
        kept = text[self._skip :]
        self._skip = max(0, self._skip - len(text))
        self._write(kept)

    def _put_byte(self, value: int) -> None:
        if self._skip:
            self._skip -= 1
        else:
            self._bytes.append(value)

    def _flush(self) -> None:
        if self._bytes:
            self._write(self._bytes.decode(self._codepage, "replace"))
            self._bytes.clear()

    def _write(self, text: str) -> None:
        if not self._hidden:
            self._pieces.append(text)


def _known(codepage: str) -> str:
    try:
        "".encode(codepage)
    except LookupError:
        return "cp1252"
    return codepage
