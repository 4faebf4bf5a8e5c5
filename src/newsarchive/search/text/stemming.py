"""Word stems by language, through Snowball. Stems are made of folded terms, never of raw words.

Folding first makes the stem of a word the same with and without its
diacritics, as people type it either way. Where Snowball tells an ending by
what folding took away, it is put back before.
"""

from __future__ import annotations

import importlib
import re
from collections.abc import Callable
from functools import lru_cache

import snowballstemmer

# BCP 47 primary subtags and Snowball's names for their languages. Persian and
# Yiddish are left out: their stemmers expect letters that folding unifies.
_SNOWBALL = {
    "ar": "arabic", "ca": "catalan", "cs": "czech", "da": "danish", "de": "german", "el": "greek",
    "en": "english", "es": "spanish", "et": "estonian", "eu": "basque", "fi": "finnish", "fr": "french",
    "ga": "irish", "hi": "hindi", "hu": "hungarian", "hy": "armenian", "id": "indonesian", "it": "italian",
    "lt": "lithuanian", "nb": "norwegian", "ne": "nepali", "nl": "dutch", "nn": "norwegian",
    "no": "norwegian", "pl": "polish", "pt": "portuguese", "ro": "romanian", "ru": "russian", "sr": "serbian",
    "sv": "swedish", "ta": "tamil", "tr": "turkish",
}  # fmt: skip
_MAX_CACHED_STEMS = 200_000
Stem = Callable[[str], str]

# The conjunctions و and ف before the article: Snowball takes the article off only without them.
_ARABIC_CONJUNCTION = re.compile("[وف](?=ال|لل)")
# The article before a word that begins with و or ف itself. Snowball takes that letter for a conjunction
# where there is no article, so the article is taken off first: with and without it, the stem is one.
_ARABIC_OWN_LETTER = re.compile("[وف]?(?:[بك]?ال|لل)(?=[وف].{2})", re.DOTALL)
# A word with the article has no possessive ending, so its final ه was a ة.
_ARABIC_DEFINITE = re.compile("((?:[بك]?ال|لل).{2,})ه", re.DOTALL)
# Folding makes -ów and -ách into -ow and -ach; the plural endings are far more common, so they are put back.
_ENDINGS = {"pl": ("ow", "ów"), "cs": ("ach", "ách")}
# Tamil and Turkish words carry several endings, of which Snowball takes off some at a time. Stems of two
# characters would stand for too many words.
_SHORTEST_STEM = 3
# Endings follow the vowels before them, which folding unified: after e come ü and ö, after a comes ı.
_TURKISH_VOWELS = {"e": {"u": "ü", "o": "ö"}, "a": {"i": "ı"}}
_TURKISH_LETTERS = str.maketrans("çğıöşü", "cgiosu")


def primary(language: str | None) -> str | None:
    """The primary subtag of a BCP 47 tag in lower case."""
    return language.replace("_", "-").split("-", 1)[0].lower() if language else None


@lru_cache(maxsize=64)
def stemmer(language: str | None) -> Stem | None:
    """The stemmer of a language given by its primary subtag, with its own cache; None if it has none."""
    name = _SNOWBALL.get(language or "")
    if name is None or name not in snowballstemmer.algorithms():
        return None
    return lru_cache(maxsize=_MAX_CACHED_STEMS)(_adapted(language, snowballstemmer.stemmer(name).stemWord))


def stem(term: str, language: str | None) -> str:
    """The stem of a folded term; the term itself where the language has no stemmer."""
    find = stemmer(language)
    return term if find is None else find(term) or term


def _adapted(language: str | None, find: Stem) -> Stem:
    """A stemmer of Snowball's for folded terms."""
    if language == "ar":
        return lambda term: find(_arabic(term))
    if language == "ta":
        return lambda term: _without_endings(term, find)
    if language == "tr":
        return lambda term: _without_endings(term, lambda part: _turkish(part, find))
    if language in _ENDINGS:
        folded, ending = _ENDINGS[language]
        return lambda term: find(term[: -len(folded)] + ending if term.endswith(folded) else term)
    return find


def _arabic(term: str) -> str:
    own_letter = _ARABIC_OWN_LETTER.match(term)
    if own_letter is not None:
        return term[own_letter.end() :]
    definite = _ARABIC_CONJUNCTION.sub("", term, count=1) if _ARABIC_CONJUNCTION.match(term) else term
    found = _ARABIC_DEFINITE.fullmatch(definite)
    return definite if found is None else f"{found[1]}ة"


def _turkish(term: str, find: Stem) -> str:
    nearest = next((letter for letter in term if letter in "ae"), "a")
    restored = []
    for letter in term:
        nearest = letter if letter in "ae" else nearest
        restored.append(_TURKISH_VOWELS[nearest].get(letter, letter))
    return find("".join(restored)).translate(_TURKISH_LETTERS)


def _without_endings(term: str, find: Stem) -> str:
    shorter = find(term)
    while shorter != term and len(shorter) >= _SHORTEST_STEM:
        term, shorter = shorter, find(shorter)
    return term


@lru_cache(maxsize=1)
def stemmer_version() -> str:
    """The release of the algorithms: stems of another release may differ."""
    try:
        # snowballstemmer uses this package where it is installed.
        return str(importlib.import_module("Stemmer").version())
    except ImportError:
        # importlib.metadata is imported here because it takes as long as a whole search.
        return str(importlib.import_module("importlib.metadata").version("snowballstemmer"))
