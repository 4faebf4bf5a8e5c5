"""One hit a story: totals, facets and timelines against a union-find that compares every pair."""

from __future__ import annotations

import json
import random
from collections import Counter
from collections.abc import Iterator
from itertools import combinations

import pytest

from newsarchive import Archive
from newsarchive.search.families.fingerprints import fingerprint
from newsarchive.search.families.same_story import is_same_story
from newsarchive.search.text.analysis import Analyzer

PUBLISHERS = ("Harbour Post", "The Ledger", "Almar Gazette")
STORIES = 25


def rows() -> list[dict[str, object]]:
    """Stories of invented words, most of them run by several, some cut or with words changed."""
    rng = random.Random(5)
    words = ["".join(rng.choices("abdefgilmnoprstu", k=rng.randrange(3, 9))) for _ in range(3000)]
    found: list[dict[str, object]] = []
    for story in range(STORIES):
        text = rng.choices(words, k=rng.randrange(60, 200))
        for copy in range(rng.randrange(1, 5)):
            changed = [rng.choice(words) if rng.random() < 0.01 * copy else word for word in text]
            kept = changed[: len(changed) * rng.choice([3, 4]) // 4]
            found.append(
                {
                    "id": str(len(found)),
                    "headline": f"{'Ferry' if story % 2 else 'Harbour'} report {story}",
                    "text": " ".join(kept),
                    "date": f"2024-0{1 + story % 3}-{10 + copy}",
                    "publisher": rng.choice(PUBLISHERS),
                }
            )
    return found


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    folder = tmp_path_factory.mktemp("stories")
    (folder / "rows.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows()))
    with Archive.create(folder / "a") as archive:
        archive.add(folder / "rows.jsonl", workers=1).finish()
        yield archive


@pytest.fixture(scope="module")
def families(archive: Archive) -> dict[int, int]:
    """The family of each article, by comparing every pair."""
    analyzer = Analyzer()
    articles = list(archive)
    prints = {article.id or 0: fingerprint(article.text, analyzer) for article in articles}
    days = {article.id or 0: article.date_published for article in articles}
    parent = {each: each for each in prints}

    def root(each: int) -> int:
        while parent[each] != each:
            each = parent[each]
        return each

    for one, other in combinations(sorted(prints), 2):
        first, second = days[one], days[other]
        assert first is not None
        assert second is not None
        apart = abs((first.earliest - second.earliest).days)
        if is_same_story(prints[one], prints[other], days_apart=apart):
            low, high = sorted((root(one), root(other)))
            parent[high] = low
    return {each: root(each) for each in prints}


@pytest.mark.parametrize(
    "query", ["", "ferry", "publisher:ledger", "published:2024-02", "harbour -publisher:post"]
)
@pytest.mark.parametrize("sort", ["newest", "oldest", "publisher"])
def test_stories_are_those_of_a_union_find(
    archive: Archive, families: dict[int, int], query: str, sort: str
) -> None:
    """One hit for each family among the matches, its first in the order, with all others as copies."""
    copies = archive.ids(query).total
    ordered = [hit.id for hit in archive.search(query, sort=sort, limit=None)]
    first: dict[int, int] = {}
    for article_id in ordered:
        first.setdefault(families[article_id or 0], article_id or 0)
    results = archive.search(query, sort=sort, limit=None, collapse=True, facets=["publisher"])
    assert [hit.id for hit in results] == list(first.values())
    assert results.total == len(first)
    assert sum(1 + len(hit.also or ()) for hit in results) == copies
    for hit in results:
        assert {families[each.id] for each in hit.also or ()} <= {families[hit.id or 0]}
    shown = Counter(hit.article.publisher for hit in results)
    assert results.facets["publisher"] == dict(shown)


def test_pages_of_stories_follow_each_other(archive: Archive) -> None:
    """No story is on two pages, and none is left out."""
    whole = [hit.id for hit in archive.search("", limit=None, collapse=True)]
    pages = [archive.search("", limit=7, offset=start, collapse=True) for start in range(0, len(whole), 7)]
    assert [hit.id for page in pages for hit in page] == whole
    assert {page.total for page in pages} == {len(whole)}


def test_a_timeline_counts_stories_or_copies(archive: Archive, families: dict[int, int]) -> None:
    """Each story once, in the month of its earliest copy."""
    assert archive.timeline().total == len(families)
    months = Counter[str]()
    for family in set(families.values()):
        dates = [archive.article(each).date_published for each in families if families[each] == family]
        months[min(day.isoformat()[:7] for day in dates if day is not None)] += 1
    assert archive.timeline(collapse=True).periods == dict(sorted(months.items()))


def test_without_stories_a_hit_says_nothing_of_copies(archive: Archive) -> None:
    """Not asked for is not none."""
    assert all(hit.also is None for hit in archive.search("ferry"))
    assert all("also" not in hit.to_dict() for hit in archive.search("ferry"))
