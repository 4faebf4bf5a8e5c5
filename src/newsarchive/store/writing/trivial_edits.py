"""Edits that change nothing of what is said, and make no revision. Pure.

What counts as trivial, documented in docs/versions.md:

- blanks and line breaks, and how a character is encoded;
- which quotation marks, apostrophes, dashes and ellipses are used;
- short lines that count views, readers, shares or comments, or that say how long ago
  something was updated.

Every other change of headline or text is an edit: a letter, a figure, a word, the order.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache

_MARKS = str.maketrans(
    {
        **dict.fromkeys("‘’‚‛ʼʻ´`′", "'"),
        **dict.fromkeys("“”„‟«»‹›「」『』″", '"'),
        **dict.fromkeys("‐‑‒–—―−", "-"),
        **dict.fromkeys("\u00ad\u200b\u200c\u200d\u2060\ufeff", ""),
        "…": "...",
    }
)
# A line of prose is longer than what counts its readers.
_LONGEST_COUNTER = 60
# In the words of sites of many countries; only short lines with a figure are looked at.
_COUNTED = (
    r"views?|reads?|readers?|shares?|likes?|comments?|replies|votes?|watching|reactions?|followers?"
    r"|aufrufe|leser|kommentare?|mal gelesen|vues|lectures|partages|commentaires?|visualizaciones|lecturas"
    r"|comentarios?|compartidos|visualizzazioni|letture|commenti|condivisioni|visualizações|leituras"
    r"|comentários?|weergaven|reacties|visninger|kommentarer|visningar|wyświetleń|komentarz[ey]?"
    r"|просмотр\w*"
    r"|комментари\w*|перегляд\w*|görüntüleme|yorum|مشاهدة|تعليق\w*|次阅读|阅读|评论|閲覧|コメント|조회|댓글"
)
_AGO = (
    r"\b(?:ago|min(?:ute)?s?|hours?|hrs?|secs?|seconds?)\b|\bvor \d|\bil y a\b|\bhace \d|\bfa\b"
    r"|\bhá \d|\bgeleden\b"
    r"|\bsiden\b|\bsedan\b|\btemu\b|назад|тому|önce|قبل|منذ|前|전"
)


def essence(headline: str | None, text: str) -> str:
    """What is left of a state when trivial differences are taken out: equal means nothing was edited."""
    lines = (_plain(line) for line in text.splitlines())
    return "\n".join((_plain(headline or ""), *(line for line in lines if line and not is_counter(line))))


def is_counter(line: str) -> bool:
    """Whether a line only counts its readers, or says how long ago it was updated."""
    if len(line) > _LONGEST_COUNTER or not any(character.isdigit() for character in line):
        return False
    rest = _counted().sub("", line.lower())
    # Beside the figures and what is counted, a word like "updated" or "last" may stand, no sentence.
    return rest != line.lower() and len(_words().findall(rest)) <= 2 and not line.endswith((".", "。"))


def _plain(line: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", line.translate(_MARKS)).translate(_MARKS).split())


@cache
def _counted() -> re.Pattern[str]:
    return re.compile(f"(?:{_COUNTED})|(?:{_AGO})")


@cache
def _words() -> re.Pattern[str]:
    return re.compile(r"[^\W\d]{2,}")
