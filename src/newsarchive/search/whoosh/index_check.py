"""Reading the whole index to find what is wrong with it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path

from newsarchive.search.whoosh.answer.execute.execution import Segment
from newsarchive.search.whoosh.index_marker import FileMark, State
from newsarchive.search.whoosh.layout import ColumnName
from newsarchive.search.whoosh.segment.postings import Postings


def faults(folder: Path, state: State | None, segments: Sequence[Segment]) -> list[str]:
    """Describe every fault of a commit; none means that each byte is as it was written."""
    return [*_changed_files(folder, state), *_twice(segments), *_bad_postings(segments)]


def _changed_files(folder: Path, state: State | None) -> Iterator[str]:
    for name, mark in (state.files if state else {}).items():
        if FileMark.of(folder / name).sha256 != mark.sha256:
            yield f"{name} has changed since it was written"


def _twice(segments: Sequence[Segment]) -> Iterator[str]:
    counts: Counter[int] = Counter()
    for segment in segments:
        ids = segment.files.numbers(ColumnName.ID)
        counts.update(ids[number] for number in range(segment.files.count) if number not in segment.deleted)
    yield from (f"article {article_id} is indexed twice" for article_id, count in counts.items() if count > 1)


def _bad_postings(segments: Sequence[Segment]) -> Iterator[str]:
    for segment in segments:
        for field, term, postings in segment.files.all_terms():
            if not _is_sound(postings, segment.files.count):
                yield f"the articles of {field}:{term.decode(errors='replace')} are not in order"


def _is_sound(postings: Postings, count: int) -> bool:
    numbers = postings.documents
    return bool(numbers) and numbers[-1] < count and all(a < b for a, b in pairwise(numbers))
