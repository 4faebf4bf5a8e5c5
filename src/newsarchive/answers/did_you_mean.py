"""Did you mean: other spellings of a query without hits, from the words that the archive holds."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from itertools import islice, product

from newsarchive.answers.holdings import Holdings
from newsarchive.answers.results import Suggestion
from newsarchive.answers.search import Question, Searcher
from newsarchive.errors import QueryError
from newsarchive.query.ast import Near, Phrase, Query, TextField, Word, positive_terms
from newsarchive.search.text.analysis import is_paired, shared_analyzer
from newsarchive.search.text.term_tests import nearness

_MOST_SUGGESTIONS = 3
# At most so many words are respelled: a query of more unknown words is no slip of the finger.
_MOST_WORDS = 8
_MOST_SPELLINGS = 3
_MOST_TRIES = 12
# A word that at most so many articles have may be a slip that these articles made as well.
_RARE = 10
# A spelling has to be in so many times as many articles as the typed word, and one that is two edits
# away in so many times as many as one that is one edit away.
_FACTOR = 20
# Two edits are allowed in words of at least so many letters: of shorter ones they leave too little.
_SHORTEST_FOR_TWO = 6
_SHORTEST = 3


def suggest(question: Question, holdings: Holdings) -> list[Suggestion]:
    """Queries spelled otherwise that have hits, the likeliest first; for a question without hits."""
    searcher, index = holdings.searcher, holdings.index
    rare = list(islice(_rare_words(searcher.tree(question), searcher), _MOST_WORDS))
    alike = {
        field: index.spellings({word.term for word in rare if word.field is field}, edits=2, field=field)
        for field in {word.field for word in rare}
    }
    spellings = {word.text: _likeliest(word, alike[word.field].get(word.term, {})) for word in rare}
    terms = {word.text: word.term for word in rare}
    suggestions: dict[str, tuple[float, Suggestion]] = {}
    for choice in islice(_choices(spellings), _MOST_TRIES):
        query = _respelled(question.query, choice)
        # A spelling may make a word of the query language, or a query that is too costly.
        with suppress(QueryError):
            total = searcher.count(searcher.tree(replace(question, query=query)))
            if total:
                nearest = sum(nearness(terms[word], 1)(other) for word, other in choice.items())
                suggestions.setdefault(query, (total * _FACTOR**nearest, Suggestion(query, total)))
    # The articles that hold the other words of the query as well tell which spelling was meant.
    ranked = sorted(suggestions.values(), key=lambda found: -found[0])
    return [suggestion for _, suggestion in ranked[:_MOST_SUGGESTIONS]]


@dataclass(frozen=True, slots=True)
class _Rare:
    """A word as typed that few or no articles have in any form, in this field; ``term`` as it is indexed."""

    text: str
    term: str
    field: TextField
    articles: int


def _rare_words(tree: Query, searcher: Searcher) -> Iterator[_Rare]:
    analyzer = shared_analyzer()
    words = {
        (part.text[start:end], term, part.field)
        for part in positive_terms(tree, fields=tuple(TextField))
        if isinstance(part, Word | Phrase | Near)
        for term, start, end in analyzer.spans(part.text)
        if _can_err(term)
    }
    for text, term, field in sorted(words, key=lambda word: (-len(word[0]), word))[: 2 * _MOST_WORDS]:
        count = searcher.count(Word(text, field))
        if count <= _RARE:
            yield _Rare(text, term, field, count)


def _can_err(term: str) -> bool:
    return len(term) >= _SHORTEST and not term.isdigit() and not is_paired(term)


def _likeliest(word: _Rare, alike: Mapping[str, int]) -> Sequence[str]:
    """The likeliest other spellings; then the word itself, where articles have it or nothing is like it."""
    is_next = nearness(word.term, 1)
    is_short = len(word.term) < _SHORTEST_FOR_TWO
    found = {
        other: frequency * (_FACTOR if is_next(other) else 1)
        for other, frequency in alike.items()
        if frequency > _FACTOR * word.articles and not other.isdigit() and (is_next(other) or not is_short)
    }
    best = sorted(found, key=lambda other: (-found[other], other))[:_MOST_SPELLINGS]
    return [*best, word.text] if word.articles or not best else best


def _choices(spellings: Mapping[str, Sequence[str]]) -> Iterator[Mapping[str, str]]:
    """Ways to spell the words otherwise, the likeliest first."""
    for combination in product(*spellings.values()):
        choice = {word: other for word, other in zip(spellings, combination, strict=True) if word != other}
        if choice:
            yield choice


def _respelled(query: str, choice: Mapping[str, str]) -> str:
    words = "|".join(re.escape(word) for word in choice)
    return re.sub(rf"(?<!\w)(?:{words})(?!\w)", lambda match: _cased(choice[match[0]], match[0]), query)


def _cased(word: str, like: str) -> str:
    return word.capitalize() if like[:1].isupper() else word
