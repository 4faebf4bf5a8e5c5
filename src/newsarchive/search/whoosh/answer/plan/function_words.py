"""Words that carry no meaning of their own: "what", "über", "según". They count little in a question."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from newsarchive.query import Query, positive_terms
from newsarchive.search.text.analysis import fold

# Whoever types fewer words means each of them; loading the lists takes 4 ms.
_QUESTION = 4


def function_words(query: Query, languages: Iterable[str]) -> frozenset[str]:
    """The function words of some languages, as terms; none where the query is no question of many words.

    The lists are those of the Snowball project as Whoosh carries them, for 14 languages.
    """
    if len(positive_terms(query)) < _QUESTION:
        return frozenset()
    return frozenset().union(*map(_of_language, languages))


@cache
def _of_language(language: str) -> frozenset[str]:
    from whoosh.lang.stopwords import stoplists

    return frozenset(map(fold, stoplists.get(language, ())))
