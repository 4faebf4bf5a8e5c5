"""The same page in another script: letters exchanged, marks as that script has them.

Nearly all labelled pages are in Latin letters. The exchanged ones teach the
model, and measure, what it does where its list of phrases and its habits of
spacing and punctuation don't apply. They are no translations: class names stay
as they are, as they do on real pages.
"""

from __future__ import annotations

import string
import unicodedata
from dataclasses import dataclass, replace

from newsarchive.extraction.blocks.block_walk import Blocks
from newsarchive.extraction.blocks.stated_text import Known
from newsarchive.extraction.words.strings import key

_LATIN = string.ascii_lowercase
_SENTENCE_END = ". "


@dataclass(frozen=True, slots=True)
class Script:
    """Letters for a to z, small and capital, what its marks are, and which letters say nothing."""

    small: str
    capital: str
    marks: dict[str, str]
    dropped: str = ""

    def write(self, text: str) -> str:
        """Write a text in this script; never empty."""
        plain = unicodedata.normalize("NFD", text)
        ends = plain.replace(_SENTENCE_END, "\0 ")
        if ends.endswith("."):
            ends = ends[:-1] + "\0"
        return " ".join(ends.translate(self._table()).split()) or "-"

    def _table(self) -> dict[int, str]:
        table = {ord(mark): as_mark for mark, as_mark in self.marks.items()}
        for at, letter in enumerate(_LATIN):
            table[ord(letter)] = self.small[at % len(self.small)]
            table[ord(letter.upper())] = self.capital[at % len(self.capital)]
        # Accents are letters of their own after decomposition.
        table |= dict.fromkeys(range(0x300, 0x370), "")
        return table | {ord(letter): "" for letter in self.dropped}


def _run(first: int, step: int = 1) -> str:
    return "".join(chr(first + at * step) for at in range(len(_LATIN)))


_ARABIC = "ابتجحخدرزسشصضطعفقكلمنهويثظ"
_VOWELS = "aeiouAEIOU"
SCRIPTS = {
    "Cyrillic": Script(_run(0x430), _run(0x410), {"\0": "."}),
    "Arabic": Script(_ARABIC, _ARABIC, {"\0": ".", ",": "،", "?": "؟", ";": "؛"}),
    "Devanagari": Script(_run(0x915), _run(0x915), {"\0": "।"}),
    # Unspaced scripts say as much in fewer letters.
    "Han": Script(
        _run(0x4E00, 137),
        _run(0x4E00, 137),
        {"\0": "。", ",": "，", "?": "？", "!": "！", ":": "：", " ": ""},
        dropped=_VOWELS,
    ),
    # Thai has no marks, but spaces between its phrases.
    "Thai": Script(
        _run(0xE01), _run(0xE01), {"\0": "\u2003", ",": "\u2003", "?": "\u2003", "!": "\u2003", " ": ""}
    ),
}


def in_script(blocks: Blocks, known: Known, script: Script) -> tuple[Blocks, Known]:
    """A page's blocks, and what is known of it, written in a script."""
    texts = [script.write(text) for text in blocks.texts]
    written = replace(
        blocks,
        texts=texts,
        linked=_scaled(blocks.linked, blocks.texts, texts),
        bold=_scaled(blocks.bold, blocks.texts, texts),
    )
    titles, body = (_keyed(text, script) for text in known.titles), _keyed(known.body, script)
    return written, Known(frozenset(titles), "".join(script.write(known.description).split()), body)


def _keyed(text: str, script: Script) -> str:
    return key(script.write(text)) if text else ""


def _scaled(counts: list[int], before: list[str], after: list[str]) -> list[int]:
    return [
        min(len(new), round(count * len(new) / len(old)))
        for count, old, new in zip(counts, before, after, strict=True)
    ]
