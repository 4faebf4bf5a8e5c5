"""What several steps of parsing must agree on: quotation marks, and what is a word at all."""

from __future__ import annotations

import re
from unicodedata import normalize

# Any mark of a family opens a phrase and any mark of the same family closes it: editors turn straight
# quotes into curly ones, in pairs that differ by language (German „…“, Swedish ”…”, French «…», Danish »…«).
QUOTE_FAMILIES = ('"“”„‟＂', "«»", "「」", "『』")
# A straight quote between two Hebrew letters is typed for gershayim and belongs to the word.
GERSHAYIM = '(?<=[א-ת])"(?=[א-ת])'
_URL = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://")
_BARE_ADDRESS = re.compile(r"(?:[a-z0-9-]{1,63}\.){1,9}[a-z]{2,63}(?::[0-9]{1,5})?[/?].", re.IGNORECASE)
_MAX_SHOWN = 40


def shown(text: str) -> str:
    """User text for a message: short, quoted, control characters escaped."""
    return repr(text if len(text) <= _MAX_SHOWN else text[: _MAX_SHOWN - 1] + "…")


def is_searchable(text: str) -> bool:
    """Whether text holds a letter or digit, without which no index has a term for it."""
    return any(char.isalnum() for char in normalize("NFKC", text))


def is_address(text: str) -> bool:
    """Whether text is a URL, or begins with a host and a path or query as URLs without their scheme do."""
    return is_url_like(text) or ("*" not in text and _BARE_ADDRESS.match(text) is not None)


def is_url_like(text: str) -> bool:
    """Whether text begins with a scheme and ``://``."""
    return _URL.match(text) is not None
