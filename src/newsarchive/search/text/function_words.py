"""Function words of languages: "what", "über", "według". They tell nothing of what a text is about."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from functools import cache
from pathlib import Path

from newsarchive.search.text.analysis import fold, is_paired, shared_analyzer

# Chinese and Japanese words of one character that hardly ever are a part of another.
_PARTICLES = frozenset("的了和与之のはをがにでとも")
# Languages whose list stands under another code, or is that of their nearest sister.
_LIST_OF = {"nb": "no", "nn": "no", "sr": "hr", "bs": "hr"}
_LISTS = Path(__file__).with_name("function_words.txt")


def weak_words(languages: Iterable[str]) -> frozenset[str]:
    """The function words that count little in a long question, as terms, in the 14 languages of Snowball."""
    return frozenset().union(*map(_weak, languages))


def function_words(languages: Iterable[str | None]) -> frozenset[str]:
    """The function words that are never named as telling, as terms, in some 60 languages."""
    return frozenset().union(*map(_unnamed, (each for each in languages if each)))


def is_function_word(term: str, known: Collection[str]) -> bool:
    """Whether a term is a function word, or a pair of characters one of which is a particle."""
    return term in known or (is_paired(term) and not _PARTICLES.isdisjoint(term))


@cache
def _weak(language: str) -> frozenset[str]:
    return frozenset(map(fold, _snowball().get(language, ())))


@cache
def _unnamed(language: str) -> frozenset[str]:
    lists = _snowball()
    words = [*lists.get(language, ()), *lists.get(f"+{language}", ())]
    if language != "en":
        # Imported here: it reads all of its lists at once, 5 ms of which no search has a use.
        from stopwordsiso import stopwords

        words += stopwords(_LIST_OF.get(language, language))
    # A word with an apostrophe in it ("isn't") is two terms of a text.
    return frozenset(term for word in words for term in shared_analyzer().tokens(word))


@cache
def _snowball() -> Mapping[str, list[str]]:
    lines = _LISTS.read_text(encoding="utf-8").splitlines()
    parted = (line.split() for line in lines if not line.startswith("#"))
    return {language: words for language, *words in parted}
