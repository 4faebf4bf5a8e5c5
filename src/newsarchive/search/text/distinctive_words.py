"""Which words tell most of a text: by how often it has them, and how rarely the archive does. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from math import hypot, log, sqrt

from newsarchive.model import Article
from newsarchive.search.text.analysis import Analyzer
from newsarchive.search.text.function_words import function_words, is_function_word
from newsarchive.search.text.stemming import primary, stem

# Terms with numbers.
Weights = Mapping[str, float]
# A word of the headline counts as three of the text, as in the index.
_HEADLINE_WEIGHT = 3
# Words a shingle: two texts share runs of so many words by copying, hardly by chance.
_SHINGLE = 4
# Texts with fewer shingles than this are too short to be compared.
_FEWEST_SHINGLES = 10


def without_function_words(counts: Mapping[str, int], languages: Collection[str | None]) -> Counter[str]:
    """The counts of all terms but the function words of some languages."""
    known = function_words(languages)
    return Counter({term: count for term, count in counts.items() if not is_function_word(term, known)})


def term_counts(article: Article, analyzer: Analyzer) -> Counter[str]:
    """The terms of an article with their weights; numbers and single characters tell too little."""
    counts = Counter(analyzer.tokens(f"{article.description or ''}\n{article.text}"))
    for term in analyzer.tokens(article.headline or ""):
        counts[term] += _HEADLINE_WEIGHT
    return Counter({term: count for term, count in counts.items() if len(term) > 1 and not term.isdigit()})


def term_weights(counts: Mapping[str, int], frequencies: Mapping[str, int], *, articles: int) -> Weights:
    """The share that each term has in what a text is about, as a vector of length 1.

    By the square root of its count and how rare it is; terms that no other article has count for nothing.
    """
    weights = {
        term: sqrt(count) * log(articles / frequencies[term])
        for term, count in counts.items()
        if 1 < frequencies.get(term, 0) < articles
    }
    length = hypot(*weights.values())
    return {term: weight / length for term, weight in weights.items()}


def cosine(one: Weights, other: Weights) -> float:
    """How alike the directions of two vectors of length 1 are: 0 to 1."""
    few, many = (one, other) if len(one) <= len(other) else (other, one)
    return sum(weight * many[term] for term, weight in few.items() if term in many)


def telling_terms(
    counts: Mapping[str, int], frequencies: Mapping[str, int], *, articles: int, limit: int
) -> list[tuple[str, float]]:
    """The terms of highest tf-idf with that weight; those that no other article has can't lead to one."""
    weights = {
        term: (1 + log(count)) * log(articles / frequencies[term])
        for term, count in counts.items()
        if 1 < frequencies.get(term, 0) < articles
    }
    return sorted(weights.items(), key=lambda item: (-item[1], item[0]))[:limit]


def over_representation(inside: int, sample: int, everywhere: int, articles: int) -> float:
    """How unlikely it is by chance that so many of a sample have a term; 0 where it is not over-represented.

    The log-likelihood ratio G² of ``inside`` of ``sample`` articles against ``everywhere``
    of all ``articles``. Source: Dunning, "Accurate Methods for the Statistics of
    Surprise and Coincidence" (1993).
    """
    everywhere, rest = max(everywhere, inside), articles - sample
    outside = min(everywhere - inside, max(rest, 0))
    if rest <= 0 or inside / sample <= outside / rest:
        return 0.0
    total = (inside + outside) / articles
    cells = [
        (inside, sample * total),
        (sample - inside, sample * (1 - total)),
        (outside, rest * total),
        (rest - outside, rest * (1 - total)),
    ]
    return 2 * sum(seen * log(seen / expected) for seen, expected in cells if seen and expected > 0)


def without_inflections(
    terms: Sequence[str], languages: Collection[str | None], known: Collection[str] = ()
) -> list[str]:
    """The first of those terms that share a stem, and none that shares one with ``known``."""
    tongues = {primary(language) for language in languages}
    seen = {form for term in known for form in _forms(term, tongues)}
    kept = []
    for term in terms:
        forms = _forms(term, tongues)
        if not forms & seen:
            kept.append(term)
        seen |= forms
    return kept


def shared_text(one: Article, other: Article, analyzer: Analyzer) -> float:
    """How much of the shorter text stands in the longer, word for word: 0 to 1."""
    first, second = _shingles(one, analyzer), _shingles(other, analyzer)
    fewest = min(len(first), len(second))
    return len(first & second) / fewest if fewest >= _FEWEST_SHINGLES else 0.0


def _forms(term: str, languages: Collection[str | None]) -> set[str]:
    return {term, *(stem(term, language) for language in languages)}


def _shingles(article: Article, analyzer: Analyzer) -> set[tuple[str, ...]]:
    tokens = analyzer.tokens(article.text)
    return set(zip(*(tokens[start:] for start in range(_SHINGLE)), strict=False))
