"""What is merged when, and that merging in pieces gives what merging at once does."""

from __future__ import annotations

import random
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from search_samples import random_changes

from newsarchive.search.text.analysis import Analyzer
from newsarchive.search.whoosh.segment.segment import SUFFIX, SegmentFiles
from newsarchive.search.whoosh.write import segment_merge
from newsarchive.search.whoosh.write.article_buffer import ArticlePool
from newsarchive.search.whoosh.write.documents import document
from newsarchive.search.whoosh.write.merge_policy import FULL, BulkRun, choose
from newsarchive.search.whoosh.write.segment_file import SegmentBuilder
from newsarchive.search.whoosh.write.segment_merge import FromPool, FromSegment, merge


@dataclass(eq=False)
class Listed:
    """A segment, as a policy sees it."""

    articles: int
    deleted: int = 0

    def doc_count_all(self) -> int:
        return self.articles

    def deleted_count(self) -> int:
        return self.deleted


def run(total: int, step: int) -> tuple[list[Listed], int, int]:
    """Segments after a bulk run in such steps, the most there were, and how many articles were copied."""
    segments: list[Listed] = []
    most = copied = added = 0
    while added < total:
        new = min(step, total - added)
        added += new
        chosen = choose(segments, new, BulkRun(added, is_over=added == total))
        copied += sum(segment.articles for segment in chosen)
        new += sum(segment.articles for segment in chosen)
        segments = [*(segment for segment in segments if segment not in chosen), Listed(new)]
        most = max(most, len(segments))
    return segments, most, copied


def test_a_bulk_run_ends_in_one_segment_where_it_fits() -> None:
    """Every segment costs every search: 60,000 articles are in one, each written twice at most."""
    segments, _, copied = run(60_000, FULL // 6)
    assert [segment.articles for segment in segments] == [60_000]
    assert copied < 60_000


@given(total=st.integers(1, 1_000_000), step=st.integers(200, FULL // 6))
def test_a_bulk_run_fills_segments_and_leaves_few_open(total: int, step: int) -> None:
    """However much memory a step has: files are few meanwhile and at the end, and none is copied often."""
    segments, most, copied = run(total, step)
    full = total // FULL
    assert all(segment.articles <= FULL for segment in segments)
    assert len(segments) <= 2 * full + 3
    assert most <= 2 * full + 40
    assert copied <= 8 * total


@given(sizes=st.lists(st.integers(1_000, 30_000), max_size=200))
def test_many_bulk_runs_leave_few_segments(sizes: list[int]) -> None:
    """An archive that grows by some thousand articles a day is searched as fast as one built at once."""
    segments: list[Listed] = []
    copied = 0
    for size in sizes:
        chosen = choose(segments, size, BulkRun(size, is_over=True))
        copied += sum(segment.articles for segment in chosen)
        new = size + sum(segment.articles for segment in chosen)
        segments = [*(segment for segment in segments if segment not in chosen), Listed(new)]
    assert len(segments) <= 2 * sum(sizes) // FULL + 12
    assert copied <= 6 * sum(sizes)


def test_what_is_mostly_deleted_is_merged_away() -> None:
    """Deleted articles cost space and time until then."""
    segments = [Listed(5_000, deleted=2_600), Listed(5_000, deleted=2_400)]
    assert choose(segments, 1, None) == segments[:1]


@pytest.mark.parametrize("terms", [3, 100])
def test_merging_ranges_of_terms_writes_what_merging_all_writes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, terms: int
) -> None:
    """A vocabulary is merged piece by piece, as it may not fit in memory."""
    whole = _merged(tmp_path, "whole")
    monkeypatch.setattr(segment_merge, "_TERMS", terms)
    assert _merged(tmp_path, "pieces") == whole


def _merged(folder: Path, name: str) -> bytes:
    """A pool and a segment with deletions, merged."""
    first, second = _pool(1), _pool(2)
    _write(folder / f"first{SUFFIX}", [FromPool(first)])
    files = SegmentFiles(folder, "first", first.count)
    path = folder / f"{name}{SUFFIX}"
    _write(path, [FromPool(second), FromSegment(files, frozenset((0, 3)))])
    files.close()
    return path.read_bytes()


def _write(path: Path, sources: list[segment_merge.Source]) -> None:
    builder = SegmentBuilder(path)
    merge(sources, builder)
    builder.abandon()


def _pool(seed: int) -> ArticlePool:
    pool = ArticlePool()
    for change in random_changes(random.Random(seed), 40):
        if change.document is not None:
            pool.add(document(change.document, Analyzer()))
    return pool
