"""What an engine knows of words: how many articles have one, and which are spelled alike."""

from __future__ import annotations

from collections import Counter
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsarchive import Article
from newsarchive.model import IndexChange, IndexedArticle
from newsarchive.search.text.analysis import Analyzer
from newsarchive.search.whoosh.engine import WhooshEngine

TEXTS = st.lists(
    st.lists(st.sampled_from("ferry fery ferrys pier peer pear 東京 Ölfeld x".split()), max_size=8).map(
        " ".join
    ),
    min_size=1,
    max_size=8,
)


def distance(a: str, b: str) -> int:
    """Edits between two words, two neighbours swapped being one (optimal string alignment), by the table."""
    rows: list[list[int]] = [[*range(len(b) + 1)]] + [[i + 1] + [0] * len(b) for i in range(len(a))]
    for i in range(1, len(a) + 1):
        for j in range(1, len(b) + 1):
            rows[i][j] = min(
                rows[i - 1][j] + 1, rows[i][j - 1] + 1, rows[i - 1][j - 1] + (a[i - 1] != b[j - 1])
            )
            if i > 1 and j > 1 and a[i - 1] == b[j - 2] and a[i - 2] == b[j - 1]:
                rows[i][j] = min(rows[i][j], rows[i - 2][j - 2] + 1)
    return rows[-1][-1]


def engine_of(folder: Path, texts: list[str]) -> WhooshEngine:
    """An index of texts, in two segments where there are several."""
    engine = WhooshEngine(folder, archive="6d2d2f8e-4c1c-4e0e-9d0e-0a3c8b1f5a77")
    day = (date(2024, 1, 1), date(2024, 1, 1))
    changes = [
        IndexChange(number, number, IndexedArticle(Article(id=number, text=text), 1, day))
        for number, text in enumerate(texts, start=1)
    ]
    for part in (changes[: len(changes) // 2], changes[len(changes) // 2 :]):
        engine.apply(part)
    return engine


@settings(max_examples=15)
@given(texts=TEXTS)
def test_frequencies_are_those_of_a_count(tmp_path_factory: pytest.TempPathFactory, texts: list[str]) -> None:
    """What tells of an article is computed from them."""
    engine = engine_of(tmp_path_factory.mktemp("index"), texts)
    counted = Counter(term for text in texts for term in set(Analyzer().tokens(text)))
    assert engine.statistics.frequencies([*counted, "nothing"]) == counted
    engine.close()


@settings(max_examples=15)
@given(texts=TEXTS, term=st.sampled_from(["fery", "pear", "feryr", "zier"]), edits=st.integers(1, 2))
def test_spellings_are_those_within_so_many_edits(
    tmp_path_factory: pytest.TempPathFactory, texts: list[str], term: str, edits: int
) -> None:
    """Over all segments; the filter before the test may lose none."""
    engine = engine_of(tmp_path_factory.mktemp("index"), texts)
    counted = Counter(word for text in texts for word in set(Analyzer().tokens(text)))
    near = {
        word: count
        for word, count in counted.items()
        if word != term and len(word) > 2 and distance(word, term) <= edits
    }
    found = {
        word: count
        for word, count in engine.speller.spellings([term], edits=edits)[term].items()
        if len(word) > 2
    }
    assert found == near
    engine.close()
