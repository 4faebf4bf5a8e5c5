"""The articles of the segment being built, in memory: one number a token, sorted by numpy at the end."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Mapping
from typing import Any

import numpy as np

from newsarchive.search.stemming import stemmer
from newsarchive.search.whoosh.documents import Document, Part
from newsarchive.search.whoosh.layout import (
    NAME_COLUMNS,
    STEM_FIELD,
    TYPECODE,
    WITHOUT_POSITIONS,
    ColumnName,
    Field,
)
from newsarchive.search.whoosh.lists import Array, Lists
from newsarchive.search.whoosh.segment import Column

FIELDS = tuple(sorted(Field))
_NUMBER = {field: number for number, field in enumerate(FIELDS)}
# A token's sort key: field, rank of its term, its place among all tokens.
_FIELD_AT, _RANK_AT, _RANKS, _PLACE = 60, 32, 0xFFFFFFF, 0xFFFFFFFF

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
        # Of each part: its field, weight, first position, number of tokens, and article.
        self._parts = tuple(array("I") for _ in range(5))
        self._languages = _Numbering()
        self._language_of = array("I")
        self._numbers: dict[ColumnName, array[int]] = {name: array(TYPECODE[name]) for name in ColumnName}
        self._names = {name: _Numbering({"": 0}) for name in NAME_COLUMNS}

    @property
    def size(self) -> int:
        """About how many bytes the articles take, and will take while they are sorted."""
        tokens, terms = len(self._tokens), len(self._vocabulary)
        return tokens * _TOKEN_BYTES + terms * _TERM_BYTES + self.count * _ARTICLE_BYTES

    def add(self, document: Document) -> None:
        """Add an article; where that fails, nothing of it stays behind."""
        number = self._vocabulary.__getitem__
        tokens = array("I")
        for part in document.parts:
            tokens.extend(array("I", map(number, part.tokens)))
        values = {name: self._number(name, document.values.get(name)) for name in ColumnName}
        rows = [array("I", row) for row in zip(*map(self._row, document.parts), strict=True)]
        for value_name, value in values.items():
            self._numbers[value_name].append(value)
        self._tokens.extend(tokens)
        for column, row in zip(self._parts, rows, strict=False):
            column.extend(row)
        self._language_of.append(self._languages[document.language or ""])
        self.count += 1

    def column(self, name: ColumnName) -> Column:
        """The values of a column."""
        return Column(self._numbers[name], list(self._names.get(name, ())))

    def sort(self) -> SortedPool:
        """The articles by term. The pool takes no more of them."""
        return SortedPool(
            self._vocabulary, self._tokens, self._parts, list(self._languages), self._language_of
        )

    def _row(self, part: Part) -> tuple[int, int, int, int, int]:
        return _NUMBER[part.field], part.weight, part.start, len(part.tokens), self.count

    def _number(self, name: ColumnName, value: Any) -> int:
        number = self._names[name][value or ""] if name in NAME_COLUMNS else value or 0
        # An array of its own, so that a number out of range fails before anything is added.
        return array(TYPECODE[name], (number,))[0]


class SortedPool:
    """The tokens of a pool in the order of fields, terms and articles."""

    def __init__(
        self,
        vocabulary: Mapping[str, int],
        tokens: array[int],
        parts: Iterable[array[int]],
        languages: list[str],
        language_of: array[int],
    ) -> None:
        self._words = sorted(vocabulary)
        rank = np.empty(len(vocabulary), np.uint32)
        order = np.fromiter(map(vocabulary.__getitem__, self._words), np.int64, len(self._words))
        rank[order] = np.arange(len(order), dtype=np.uint32)
        field, self._weight, start, sizes, self._document = (np.asarray(part) for part in parts)
        self._part = np.repeat(np.arange(len(sizes), dtype=np.uint32), sizes)
        ranks = rank[np.asarray(tokens)]
        # What to add to the place of a part's tokens to get their positions.
        self._shift = start.astype(np.int64) - (np.cumsum(sizes, dtype=np.int64) - sizes)
        self._keys = _sorted_keys(field, ranks, self._part)
        self._bounds = {name.value: self._find_terms(number) for number, name in enumerate(FIELDS)}
        self._stems = {
            stems: self._stem(_NUMBER[words], field, ranks, languages, language_of)
            for words, stems in STEM_FIELD.items()
        }

    def terms(self, field: str) -> list[bytes]:
        """All terms of a field, in order."""
        if field in self._stems:
            return self._stems[Field(field)].terms
        ranks = (self._keys[self._bounds[field][:-1]] >> np.uint64(_RANK_AT)) & np.uint64(_RANKS)
        return [self._words[rank].encode() for rank in ranks.tolist()]

    def sizes(self, field: str) -> Array:
        """How many numbers, at most, each array of each term's list has."""
        if field in self._stems:
            return self._stems[Field(field)].lists.sizes
        return np.diff(self._bounds[field])

    def lists(self, field: str, first: int, last: int) -> Lists:
        """The lists of some terms of a field."""
        if field in self._stems:
            return self._stems[Field(field)].part(first, last)
        return self._read(
            self._bounds[field][first : last + 1], with_positions=field not in WITHOUT_POSITIONS
        )

    def _read(self, bounds: Array, *, with_positions: bool) -> Lists:
        keys = self._keys[bounds[0] : bounds[-1]]
        place = (keys & np.uint64(_PLACE)).astype(np.int64)
        part = self._part[place]
        documents = self._document[part]
        term_starts = (bounds - bounds[0])[:-1]
        is_first = np.empty(len(keys), bool)
        np.not_equal(documents[1:], documents[:-1], out=is_first[1:])
        is_first[term_starts] = True
        firsts = np.flatnonzero(is_first)
        weights = np.add.reduceat(self._weight[part], firsts)
        sizes = np.diff(np.searchsorted(firsts, term_starts), append=len(firsts))
        if not with_positions:
            return Lists(sizes, documents[firsts], weights, np.zeros_like(weights), np.empty(0, np.uint32))
        counts = np.diff(firsts, append=len(keys)).astype(np.uint32)
        positions = (place + self._shift[part]).astype(np.uint32)
        return Lists(sizes, documents[firsts], weights, counts, positions)

    def _find_terms(self, number: int) -> Array:
        """Where among the sorted tokens each term of a field begins, and at last where they end."""
        ends = np.array([number << _FIELD_AT, (number + 1) << _FIELD_AT], np.uint64)
        first, last = np.searchsorted(self._keys, ends).tolist()
        ranks = (self._keys[first:last] >> np.uint64(_RANK_AT)).astype(np.uint32)
        inner = np.flatnonzero(ranks[1:] != ranks[:-1]) + (first + 1)
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
        rank = np.empty(len(words) + 1, np.uint64)
        rank[np.fromiter((names[word] + 1 for word in words), np.int64, len(words))] = np.arange(len(words))
        stems, documents, weights = (np.concatenate(column) for column in zip(*pieces, strict=True))
        # Weights are 1 or that of a headline: 4 bits hold them.
        keys = (rank[stems] << np.uint64(36)) | (documents.astype(np.uint64) << np.uint64(4)) | weights
        keys.sort()
        pairs = keys >> np.uint64(4)
        firsts = np.flatnonzero(np.concatenate(([True], pairs[1:] != pairs[:-1])))
        summed = np.add.reduceat((keys & np.uint64(15)).astype(np.uint32), firsts)
        found = pairs[firsts]
        sizes = np.bincount((found >> np.uint64(32)).astype(np.int64), minlength=len(words))
        numbers = (found & np.uint64(_PLACE)).astype(np.uint32)
        self.lists = Lists(sizes, numbers, summed, np.zeros_like(summed), np.empty(0, np.uint32))
        self._ends = np.cumsum(sizes)

    def part(self, first: int, last: int) -> Lists:
        """Some of the lists."""
        return self.lists.part(first, last, self._ends, np.zeros_like(self._ends))


def _sorted_keys(field: Array, ranks: Array, part: Array) -> Array:
    keys = ranks.astype(np.uint64)
    keys <<= np.uint64(_RANK_AT)
    keys |= (field.astype(np.uint64) << np.uint64(_FIELD_AT))[part]
    keys |= np.arange(len(keys), dtype=np.uint64)
    keys.sort()
    return keys
