"""Word stems by language, through Snowball. Stems are made of folded terms, never of raw words.

Folding first makes the stem of a word the same with and without its
diacritics, as people type it either way.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable
from functools import lru_cache

import snowballstemmer

# BCP 47 primary subtags and Snowball's names for their languages. Persian and
# Yiddish are left out: their stemmers expect letters that folding unifies.
_SNOWBALL = {
    "ar": "arabic", "ca": "catalan", "da": "danish", "de": "german", "el": "greek", "en": "english",
    "es": "spanish", "et": "estonian", "eu": "basque", "fi": "finnish", "fr": "french", "ga": "irish",
    "hi": "hindi", "hu": "hungarian", "hy": "armenian", "id": "indonesian", "it": "italian",
    "lt": "lithuanian", "nb": "norwegian", "ne": "nepali", "nl": "dutch", "nn": "norwegian",
    "no": "norwegian", "pt": "portuguese", "ro": "romanian", "ru": "russian", "sr": "serbian",
    "sv": "swedish", "ta": "tamil", "tr": "turkish",
}  # fmt: skip
_MAX_CACHED_STEMS = 200_000
Stem = Callable[[str], str]


def primary(language: str | None) -> str | None:
    """The primary subtag of a BCP 47 tag in lower case."""
    return language.replace("_", "-").split("-", 1)[0].lower() if language else None


@lru_cache(maxsize=64)
def stemmer(language: str | None) -> Stem | None:
    """The stemmer of a language given by its primary subtag, with its own cache; None if it has none."""
    name = _SNOWBALL.get(language or "")
    if name is None or name not in snowballstemmer.algorithms():
        return None
    return lru_cache(maxsize=_MAX_CACHED_STEMS)(snowballstemmer.stemmer(name).stemWord)


def stem(term: str, language: str | None) -> str:
    """The stem of a folded term; the term itself where the language has no stemmer."""
    find = stemmer(language)
    return term if find is None else find(term) or term


@lru_cache(maxsize=1)
def stemmer_version() -> str:
    """The release of the algorithms: stems of another release may differ."""
    try:
        # snowballstemmer hands on to this package where it is installed.
        return str(importlib.import_module("Stemmer").version())
    except ImportError:
        # Imported here because it takes as long as a whole search.
        return str(importlib.import_module("importlib.metadata").version("snowballstemmer"))
