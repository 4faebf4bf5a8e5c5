"""The words of the index: how many articles hold one, and which are spelled alike."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence

from newsarchive.search.whoosh.answer.execute.execution import Segment
from newsarchive.search.whoosh.layout import Field
from newsarchive.search.whoosh.segment.segment import SegmentFiles
from newsarchive.search.whoosh.segment.vocabulary import Vocabulary


def frequencies(segments: Sequence[Segment], terms: Iterable[str]) -> dict[str, int]:
    """The articles with each term in headline, description or text; terms of none are left out."""
    counts: dict[str, int] = {}
    for term in terms:
        encoded = term.encode()
        entries = [segment.files.find(Field.TEXT, encoded) for segment in segments]
        count = sum(entry.articles for entry in entries if entry is not None)
        if count:
            counts[term] = count
    return counts


def spellings(
    segments: Sequence[Segment], terms: Collection[str], *, edits: int, field: Field
) -> Mapping[str, Mapping[str, int]]:
    """For each term, the others of a field at most ``edits`` away with how many articles hold them."""
    found = {term: Counter[str]() for term in terms}
    for segment in segments:
        _add_spellings(segment.files, found, edits, field)
    return found


def _add_spellings(files: SegmentFiles, found: Mapping[str, Counter[str]], edits: int, field: Field) -> None:
    words = files.dictionary.terms(field)
    vocabulary = Vocabulary(words)
    for term, counts in found.items():
        for place in vocabulary.similar(term, edits):
            word = words[place].decode()
            if word != term:
                counts[word] += files.dictionary.entry(field, place).articles
