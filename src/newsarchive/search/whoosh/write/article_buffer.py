"""The articles of the segment being built, in memory: one number a token, sorted by numpy at the end."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import numpy as np

from newsarchive.search.text.stemming import stemmer
from newsarchive.search.whoosh.layout import (
    NAME_COLUMNS,
    STEM_FIELD,
    TYPECODE,
    WITHOUT_POSITIONS,
    ColumnName,
    Field,
)
from newsarchive.search.whoosh.segment.posting_arrays import Array, Lists
from newsarchive.search.whoosh.segment.segment import Column
from newsarchive.search.whoosh.write.documents import Document

FIELDS = tuple(sorted(Field))
_COLUMNS = tuple(ColumnName)
_NUMBER = {field: number for number, field in enumerate(FIELDS)}
# A token's sort key: 4 bits of field, 28 of its term's rank.
_FIELD_AT, _RANKS = 28, 0xFFFFFFF

# Memory, measured with tests/search/test_index_memory.py's script: of a token while its
# segment is sorted, of a term in the vocabulary, and of an article's values.
_TOKEN_BYTES = 32
_TERM_BYTES = 250
_ARTICLE_BYTES = 600


class _Numbering(dict[str, int]):
    """Numbers keys in order of appearance."""

    def __missing__(self, key: str) -> int:
        number = self[key] = len(self)
        return number


class ArticlePool:
    """Gathers analysed articles."""

    def __init__(self) -> None:
        self.count = 0
        self._vocabulary = _Numbering()
        self._tokens = array("I")
        # Five numbers a part: its field, weight, first position, number of tokens, and article.
        self._parts = array("I")
        self._languages = _Numbering()
        self._language_of = array("I")
        # One number an article and column.
        self._values = array("q")
        self._names = {name: _Numbering({"": 0}) for name in NAME_COLUMNS}

    @property
    def size(self) -> int:
        """About how many bytes the articles take, and will take while they are sorted."""
        tokens, terms = len(self._tokens), len(self._vocabulary)
        return tokens * _TOKEN_BYTES + terms * _TERM_BYTES + self.count * _ARTICLE_BYTES

    def add(self, document: Document) -> None:
        """Add an article; where that fails, nothing of it stays behind."""
        number = self._vocabulary.__getitem__
        tokens, parts = array("I"), array("I")
        for part in document.parts:
            tokens.extend(array("I", map(number, part.tokens)))
            parts.extend((_NUMBER[part.field], part.weight, part.start, len(part.tokens), self.count))
        values = array("q", self._numbers(document.values))
        language = self._languages[document.language or ""]
        self._tokens.extend(tokens)
        self._parts.extend(parts)
        self._values.extend(values)
        self._language_of.append(language)
        self.count += 1

    def column(self, name: ColumnName) -> Column:
        """The values of a column."""
        values = np.asarray(self._values).reshape(-1, len(_COLUMNS))[:, _COLUMNS.index(name)]
        numbers = array(TYPECODE[name], values.astype(TYPECODE[name]).tobytes())
        return Column(numbers, list(self._names.get(name, ())))

    def sort(self) -> SortedPool:
        """The articles by term. The pool takes no more of them."""
        parts = np.asarray(self._parts).reshape(-1, 5)
        return SortedPool(self._vocabulary, self._tokens, parts, list(self._languages), self._language_of)

    def _numbers(self, values: Mapping[ColumnName, Any]) -> Iterator[int]:
        for name in _COLUMNS:
            value = values.get(name)
            yield self._names[name][value or ""] if name in NAME_COLUMNS else value or 0


class SortedPool:
    """The tokens of a pool in the order of fields, terms and articles."""

    def __init__(
        self,
        vocabulary: Mapping[str, int],
        tokens: array[int],
        parts: Array,
        languages: list[str],
        language_of: array[int],
    ) -> None:
        self._words = sorted(vocabulary)
        rank = np.empty(len(vocabulary), np.uint32)
        order = np.fromiter(map(vocabulary.__getitem__, self._words), np.int64, len(self._words))
        rank[order] = np.arange(len(order), dtype=np.uint32)
        field, self._weight, start, sizes, self._document = parts.T.copy()
        self._part = np.repeat(np.arange(len(sizes), dtype=np.uint32), sizes)
        ranks = rank[np.asarray(tokens)]
        # What to add to the place of a part's tokens to get their positions.
        self._shift = start.astype(np.int64) - (np.cumsum(sizes, dtype=np.int64) - sizes)
        keys = (field << np.uint32(_FIELD_AT))[self._part] | ranks
        order = _order(keys)
        self._keys = keys[order]
        self._places = order.astype(np.uint32)
        self._bounds = {name.value: self._find_terms(number) for number, name in enumerate(FIELDS)}
        self._stems = {
            stems: self._stem(_NUMBER[words], field, ranks, languages, language_of)
            for words, stems in STEM_FIELD.items()
        }

    def term_count(self, field: str) -> int:
        """How many terms a field has."""
        return len(self._stems[Field(field)].terms) if field in self._stems else len(self._bounds[field]) - 1

    def place(self, field: str, term: bytes) -> int:
        """How many terms of a field are before ``term``."""
        return bisect_left(
            range(self.term_count(field)), term, key=lambda at: self.terms(field, at, at + 1)[0]
        )

    def terms(self, field: str, first: int, last: int) -> list[bytes]:
        """Some terms of a field, in order."""
        if field in self._stems:
            return self._stems[Field(field)].terms[first:last]
        ranks = self._keys[self._bounds[field][first:last]] & np.uint32(_RANKS)
        return [self._words[rank].encode() for rank in ranks.tolist()]

    def sizes(self, field: str, first: int, last: int) -> Array:
        """How many numbers, at most, each array of the lists of these terms has."""
        if field in self._stems:
            return self._stems[Field(field)].lists.sizes[first:last]
        return np.diff(self._bounds[field][first : last + 1])

    def lists(self, field: str, first: int, last: int) -> Lists:
        """The lists of some terms of a field."""
        if field in self._stems:
            return self._stems[Field(field)].part(first, last)
        return self._read(
            self._bounds[field][first : last + 1], with_positions=field not in WITHOUT_POSITIONS
        )

    def _read(self, bounds: Array, *, with_positions: bool) -> Lists:
        place = self._places[bounds[0] : bounds[-1]]
        part = self._part[place]
        documents = self._document[part]
        term_starts = (bounds - bounds[0])[:-1]
        is_first = np.empty(len(place), bool)
        np.not_equal(documents[1:], documents[:-1], out=is_first[1:])
        is_first[term_starts] = True
        firsts = np.flatnonzero(is_first)
        weights = np.add.reduceat(self._weight[part], firsts)
        sizes = np.diff(np.searchsorted(firsts, term_starts), append=len(firsts))
        if not with_positions:
            return Lists(sizes, documents[firsts], weights, np.zeros_like(weights), np.empty(0, np.uint32))
        counts = np.diff(firsts, append=len(place)).astype(np.uint32)
        positions = (place + self._shift[part]).astype(np.uint32)
        return Lists(sizes, documents[firsts], weights, counts, positions)

    def _find_terms(self, number: int) -> Array:
        """Where among the sorted tokens each term of a field begins, and at last where they end."""
        ends = np.array((number << _FIELD_AT, (number + 1) << _FIELD_AT), np.uint32)
        first, last = np.searchsorted(self._keys, ends).tolist()
        keys = self._keys[first:last]
        inner = np.flatnonzero(keys[1:] != keys[:-1]) + (first + 1)
        return np.concatenate(([first], inner, [last])) if last > first else np.array([first])

    def _stem(
        self, number: int, field: Array, ranks: Array, languages: list[str], language_of: array[int]
    ) -> _Stems:
        """The stems of a field, where they are other than the words themselves."""
        language = np.asarray(language_of)[self._document]
        pieces = []
        names = _Numbering()
        for code, name in enumerate(languages):
            find = stemmer(name)
            chosen = (field == number) & (language == code)
            if find is not None and chosen.any():
                among = chosen[self._part]
                stems = self._stem_numbers(ranks[among], name, find, names)[ranks[among]]
                part = self._part[among][stems > 0]
                pieces.append((stems[stems > 0], self._document[part], self._weight[part]))
        return _Stems(names, pieces)

    def _stem_numbers(
        self, ranks: Array, language: str, find: Callable[[str], str], names: _Numbering
    ) -> Array:
        """The number of each word's stem, from 1; 0 for their own stems and for words not in ``ranks``."""
        used = np.zeros(len(self._words), bool)
        used[ranks] = True
        numbers = np.zeros(len(self._words), np.uint32)
        for rank in np.flatnonzero(used).tolist():
            word = self._words[rank]
            root = find(word)
            if root and root != word:
                numbers[rank] = names[f"{language}:{root}"] + 1
        return numbers


class _Stems:
    """The stems of a field: their terms and lists, which have no positions."""

    def __init__(self, names: Mapping[str, int], pieces: list[tuple[Array, Array, Array]]) -> None:
        words = sorted(names)
        self.terms = [word.encode() for word in words]
        if not words:
            empty = np.empty(0, np.uint32)
            self.lists = Lists(np.empty(0, np.int64), empty, empty, empty, empty)
            self._ends = self.lists.sizes
            return
        rank = np.empty(len(words) + 1, np.uint32)
        rank[np.fromiter((names[word] + 1 for word in words), np.int64, len(words))] = np.arange(len(words))
        stems, documents, weights = (np.concatenate(column) for column in zip(*pieces, strict=True))
        ranks = rank[stems]
        order = _order(ranks)
        ranks, documents = ranks[order], documents[order]
        is_first = np.ones(len(order), bool)
        is_first[1:] = (ranks[1:] != ranks[:-1]) | (documents[1:] != documents[:-1])
        firsts = np.flatnonzero(is_first)
        summed = np.add.reduceat(weights[order], firsts)
        sizes = np.bincount(ranks[firsts], minlength=len(words))
        self.lists = Lists(sizes, documents[firsts], summed, np.zeros_like(summed), np.empty(0, np.uint32))
        self._ends = np.cumsum(sizes)

    def part(self, first: int, last: int) -> Lists:
        """Some of the lists."""
        return self.lists.part(first, last, self._ends, np.zeros_like(self._ends))


def _order(keys: Array) -> Array:
    """What sorts numbers of 32 bits, equal ones as they come: two passes of 16 bits, for which numpy counts.

    A third of the time of sorting keys of 64 bits that hold the place as well.
    """
    order = np.argsort(keys.astype(np.uint16), kind="stable")
    high = (keys >> np.uint32(16)).astype(np.uint16)[order]
    return order[np.argsort(high, kind="stable")]
