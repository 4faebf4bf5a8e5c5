"""What the letters of blocks tell in any script: sentences, commas, digits.

All blocks are measured at once, over the array of their code points. Nothing
here tells scripts apart: the model, which learned from pages in Latin letters
nearly all, must not mistake a script for a sign.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

import numpy as np
import numpy.typing as npt

from newsarchive.base.scripts import UNSPACED

Floats = npt.NDArray[np.float64]

# A stop ends a sentence where a space or a closing mark follows it ("3.5" doesn't); a full
# stop of another script does so anywhere.
_STOP, _FULL, _COMMA, _DIGIT, _CLOSING, _UNSPACED, _UNMARKED = (1 << n for n in range(7))
_MARKS = {
    _STOP: ".!?…",
    _FULL: "。！？؟।॥۔։።܀።។။၊།｡",
    _COMMA: ",，、،;；؛・",
    _CLOSING: " \n\"'»”’)]」』）】",
}
# Thai and Lao end no sentence with a mark.
_UNMARKED_FIRST, _UNMARKED_LAST = 0x0E00, 0x0EFF
# As long as a sentence, in letters.
_SENTENCE = 80
# Beyond this no script in use has digits.
_DIGITS_END = 0x1100
_PLANE = 0x10000
_END = re.compile(r"[.!?…。！？؟।॥۔։።។။:;][\"'»”’“)\]」』）\s]{0,9}$")
# A character of an unspaced script says as much as two and a half letters.
_DENSITY = 1.5


@dataclass(frozen=True, slots=True)
class Wording:
    """Counts for each block; ``size`` is the length as if all scripts were alphabets."""

    length: Floats
    size: Floats
    sentences: Floats
    commas: Floats
    digits: Floats
    ended: Floats


def measure(texts: list[str]) -> Wording:
    """Measure blocks, none of which is empty."""
    length = np.array([len(text) for text in texts], dtype=np.float64)
    owner = np.repeat(np.arange(len(texts)), length.astype(np.int64) + 1)
    codes = np.frombuffer(("\n".join(texts) + "\n").encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    classes = _classes()[np.minimum(codes, _PLANE)]
    marked = np.flatnonzero(classes)
    found, of = classes[marked], owner[marked]

    def count(where: npt.NDArray[np.bool_]) -> Floats:
        return np.bincount(of[where], minlength=len(texts)).astype(np.float64)

    unmarked = count(found & _UNMARKED > 0)
    followed = classes[np.minimum(marked + 1, len(classes) - 1)] & _CLOSING > 0
    unspaced = count(found & _UNSPACED > 0)
    return Wording(
        length=length,
        size=length + _DENSITY * unspaced,
        sentences=count((found & _FULL > 0) | ((found & _STOP > 0) & followed)) + unmarked // _SENTENCE,
        commas=count(found & _COMMA > 0),
        digits=count(found & _DIGIT > 0),
        ended=np.maximum(_ended(texts), unmarked >= _SENTENCE),
    )


def _ended(texts: list[str]) -> Floats:
    ends = (_END.search(text, max(0, len(text) - 10)) is not None for text in texts)
    return np.array([1.0 if end else 0.0 for end in ends])


@cache
def _classes() -> npt.NDArray[np.uint8]:
    """The class of every character of the first plane; all characters beyond it share one."""
    table = np.zeros(_PLANE + 1, dtype=np.uint8)
    for bit, marks in _MARKS.items():
        for mark in marks:
            table[ord(mark)] |= bit
    for code in range(_DIGITS_END):
        table[code] |= _DIGIT if chr(code).isdigit() else 0
    table[_UNMARKED_FIRST : _UNMARKED_LAST + 1] |= _UNMARKED
    unspaced = re.compile(f"[{UNSPACED}]")
    table[[code for code in range(0xE00, _PLANE) if unspaced.match(chr(code))]] |= _UNSPACED
    table[_PLANE] = _UNSPACED
    return table
