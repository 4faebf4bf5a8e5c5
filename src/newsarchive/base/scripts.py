"""Scripts: which characters are written without spaces, and what counts as a word."""

from __future__ import annotations

import re
from functools import cache

# Ranges of the scripts whose words are not separated by spaces: Thai and Lao,
# Myanmar, Khmer, kana, Han.
UNSPACED = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
    "\U00020000-\U0003ffff"
)
_HANGUL = "\u1100-\u11ff\u3130-\u318f\uac00-\ud7a3"
# Searched by pairs of characters (search/text/analysis.py). Hangul is spaced, yet its words
# take particles, so it is searched so too; for counting it has words.
PAIRED = f"{UNSPACED}\u3005-\u3007{_HANGUL}"
# A word starts at a letter or digit and runs to the next space, so that combining
# vowel signs (which \\w leaves out), hyphens and "10,000" don't split it. One class
# after the other, without a choice, keeps the match linear on hostile text.
_WORD = f"(?=\\w)[{UNSPACED}]|[^\\W{UNSPACED}][^\\s{UNSPACED}]*"

# Counting a list of all words takes a third of the time of counting them one by one, and memory.
_AT_ONCE = 100_000
# ASCII with its marks deleted: what is left between spaces are the words.
_SPACED = bytes(32 if chr(c).isspace() else c for c in range(256))
_ASCII_MARKS = bytes(c for c in range(128) if not (chr(c).isalnum() or chr(c).isspace() or chr(c) == "_"))


def count_words(text: str) -> int:
    """Count words; in scripts without spaces, characters."""
    if text.isascii() and len(text) < _AT_ONCE:
        # A sixth of the time of the expression.
        return len(text.encode().translate(_SPACED, _ASCII_MARKS).split())
    if len(text) < _AT_ONCE:
        return len(_word().findall(text))
    return sum(1 for _ in _word().finditer(text))


@cache
def _word() -> re.Pattern[str]:
    # Compiled when first used: it takes 4 ms, and a search counts no words.
    return re.compile(_WORD)
