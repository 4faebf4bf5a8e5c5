"""The words of the index: how many articles hold one, and which are spelled alike."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from newsarchive.search.alike import nearness
from newsarchive.search.whoosh.execution import Segment
from newsarchive.search.whoosh.layout import Field


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
    segments: Sequence[Segment], terms: Collection[str], *, edits: int
) -> Mapping[str, Mapping[str, int]]:
    """For each term, the others at most ``edits`` away with how many articles hold them.

    Few people err in the first letter: only for terms that nothing else with it
    is like, the whole dictionary is read.
    """
    found = {term: _alike(segments, term[:1], [term], edits).get(term, {}) for term in terms}
    missing = [term for term, near in found.items() if not near]
    return found | _alike(segments, "", missing, edits) if missing else found


def _alike(
    segments: Sequence[Segment], prefix: str, terms: Sequence[str], edits: int
) -> dict[str, dict[str, int]]:
    tests = {term: nearness(term, edits) for term in terms}
    found: dict[str, dict[str, int]] = {term: {} for term in terms}
    for word, articles in _words(segments, prefix):
        for term, is_near in tests.items():
            if word != term and is_near(word):
                found[term][word] = found[term].get(word, 0) + articles
    return found


def _words(segments: Sequence[Segment], prefix: str) -> Iterator[tuple[str, int]]:
    for segment in segments:
        for encoded, entry in segment.files.terms(Field.TEXT, prefix.encode()):
            yield encoded.decode(), entry.articles
