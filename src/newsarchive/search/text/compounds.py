"""Words of several terms, such as e-mail and ex-president: they have forms as other words have."""

from __future__ import annotations

import re

from newsarchive.search.text.analysis import QueryTerms, is_paired
from newsarchive.search.text.stemming import Stem

# What joins the parts of a word; an address or a number with separators has no forms.
_COMPOUND = re.compile(r"(?:[^\W_]|[\u0300-\u036f])+(?:[-‐‑–'’ʼ＇](?:[^\W_]|[\u0300-\u036f])+)+")
_MOST_TERMS = 6
# Shorter parts (the e of e-mail, the ex of ex-president) are as typed.
_SHORTEST = 3


def is_compound(text: str, wanted: QueryTerms) -> bool:
    """Whether a word of several terms may be meant in other forms."""
    return (
        1 < len(wanted.terms) <= _MOST_TERMS
        and not wanted.is_open
        and not any(map(is_paired, wanted.terms))
        and _COMPOUND.fullmatch(text) is not None
    )


def inflects(term: str) -> bool:
    """Whether a part of a compound is found in its forms."""
    return len(term) >= _SHORTEST and not term.isdigit()


def part_stem(term: str, stem: Stem) -> str:
    """What the forms of a part share."""
    return stem(term) if inflects(term) else term
