"""Queries put together from the language and from noise: each is answered, or an error of the query."""

from __future__ import annotations

import random
import sys
import time
from collections import Counter
from pathlib import Path

from newsarchive import Archive, QueryError

sys.path.insert(0, str(Path(__file__).parents[1] / "archive"))
from archive_data import write_dataset

# Parts of queries, parted by blanks.
_WORDS = "ferry word1 harbour notice the left pier korea 2024 a \u6e2f \u0436 e-mail don't J.R. \x00 \ud800"
_SIGNS = "( ) \" ' \u201c \u201d \u00ab ^ ^2 ^-1 ^1e999 : * ? ~ ~2 ~99 - . | & .. > < >= ! + / \\ { } [ ]"
_TERMS = "AND OR NOT and or not NEAR ODER pentag* *a* w?rd* ferry~ fery~2 ???????? * ?*"
_FIELDS = "headline: author: publisher: section: keyword: lang: url: is: has: confidence: words: any: id: x:"
_DATES = "published:2024 published:2024-13 published:..2024 published:2024.. published:yesterday modified:"
_NUMBERS = "captured:today words:5.. words:..5 words:>5 words:99999999999999999999 is:revised has:author"
_WITH_BLANKS = (
    'published:"last 3 months"',
    "query:ferries",
    "query:none",
    "NOT (",
    '"left pier"~5',
    "  ",
    "\n",
)
PARTS = [*" ".join((_WORDS, _SIGNS, _TERMS, _FIELDS, _DATES, _NUMBERS)).split(" "), *_WITH_BLANKS]
BATCH = 200
SLOWEST_SECONDS = 10.0


def query(rng: random.Random) -> str:
    """Some parts in a row, with blanks or without, some of them many times."""
    parts = [rng.choice(PARTS) for _ in range(rng.choice((1, 3, 8, 30)))]
    if rng.random() < 0.05:
        parts *= rng.choice((10, 100, 1_000))
    return rng.choice((" ", " ", "")).join(parts)


class FuzzedQueries:
    """A batch of queries an attempt, each searched, and explained."""

    def __init__(self, base: Path) -> None:
        self._archive = Archive.open(base / "a", create=True)
        self._archive.add(write_dataset(base / "rows.jsonl", 60), workers=1).finish()
        self._archive.saved.add("ferries", "ferry published:2024")

    def attempt(self, rng: random.Random) -> Counter[str]:
        """Two hundred queries."""
        counts: Counter[str] = Counter()
        for _ in range(BATCH):
            asked, start = query(rng), time.process_time()
            counts[self._ask(asked, rng)] += 1
            assert time.process_time() - start < SLOWEST_SECONDS, f"slow: {asked!r}"
        return counts

    def _ask(self, asked: str, rng: random.Random) -> str:
        sort, any_word = rng.choice((None, "relevance", "newest", "oldest")), rng.random() < 0.2
        try:
            results = self._archive.search(asked, sort=sort, any_word=any_word, facets=("publisher",))
            assert len(list(results)) <= 20
            assert self._archive.explain(asked)
        except QueryError:
            return "queries refused"
        return "queries answered"

    def close(self) -> None:
        """Release files."""
        self._archive.close()
