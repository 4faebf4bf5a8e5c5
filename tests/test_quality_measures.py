"""The yardstick of extraction: a measure that is wrong makes every figure wrong."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from measures import (
    Extracted,
    PageScore,
    names_f1,
    overlap,
    same_day,
    same_title,
    score,
    script_of,
    segments,
    summarize,
)
from quality import digest, faults

BENCHMARKS = Path(__file__).parents[1] / "benchmarks"

TEXT = "The council voted on Tuesday to keep the old ferry"


def scored(found: Extracted, **label: Any) -> PageScore:
    """A page of some source."""
    return score({"source_set": "almar", **label}, found)


@given(st.text())
def test_a_text_agrees_with_itself(text: str) -> None:
    """Whatever the script, the label itself is a perfect answer."""
    assert overlap(text, text) == (1.0, 1.0)


def test_overlap_counts_runs_of_four_words() -> None:
    """Seven runs in ten words: one word too much at the end adds a run, one that is missing takes one."""
    assert overlap(TEXT, f"{TEXT} today") == (7 / 8, 1.0)
    assert overlap(TEXT, TEXT.removesuffix(" ferry")) == (1.0, 6 / 7)


def test_characters_are_words_where_words_are_not_spaced() -> None:
    """A Chinese page would otherwise be right or wrong as a whole."""
    assert overlap("市议会周二投票", "市议会周二投") == (1.0, 3 / 4)


def test_optional_text_counts_neither_way() -> None:
    """Whether a standfirst belongs to the text is a matter of taste."""
    assert overlap(TEXT, f"It stays after all that. {TEXT}", optional=f"It stays after all that. {TEXT}") == (
        1.0,
        1.0,
    )


def test_nothing_found_and_nothing_wanted_are_undefined_on_one_side() -> None:
    """A mean of precisions must not reward an extractor that gives up."""
    assert overlap(TEXT, "") == (None, 0.0)
    assert overlap("", TEXT) == (0.0, None)


def test_segments_are_found_whatever_the_line_breaks() -> None:
    """Paragraphs are joined in other ways by other extractors."""
    label = {"expect": ["voted on Tuesday", "the harbour"], "reject": ["old  ferry"]}
    assert segments(label, "The council voted\non Tuesday to keep the old ferry") == (1, 1, 1)


@pytest.mark.parametrize(
    ("gold", "title", "same"),
    [
        ("“Ferry” stays – for now…", '"Ferry" stays - for now...', True),
        ("Tom &amp; the ferry", "tom & the Ferry", True),
        ("Ferry stays", "Ferry stays | Almar", False),
        ("Ferry stays", None, False),
    ],
)
def test_headlines_are_compared_without_typography(gold: str, title: str | None, same: bool) -> None:
    """Quotes and dashes are the publisher's style; a site's name is not the headline's."""
    assert same_title(gold, title) is same


def test_authors_are_sets_of_names() -> None:
    """Order and the word before a name are no matter, and a missing name costs half."""
    assert names_f1(["Ines Corvane", "Ada Marsh"], ("By Ada Marsh", "Ines Corvane")) == 1.0
    assert names_f1("Ines Corvane; Ada Marsh", ("Ada Marsh",)) == pytest.approx(2 / 3)
    assert names_f1([], ()) == 1.0
    assert names_f1([], ("Ada Marsh",)) == 0.0


@pytest.mark.parametrize(
    ("gold", "date", "same"),
    [
        ("2024-05-02T01:00:00+03:00", "2024-05-01T22:00:00Z", True),
        ("2024-05-02", "2024-05-02T23:59:00-08:00", True),
        ("2024-05-02", "2024-05", False),
        ("2024-05-02", "2024-05-03", False),
        ("2024-05-02", None, False),
    ],
)
def test_days_are_compared_by_either_clock(gold: str, date: str | None, same: bool) -> None:
    """A bare day of a label has no clock of its own."""
    assert same_day(gold, date) is same


def test_script_is_that_of_most_letters() -> None:
    """Figures by script must not be about the Latin names in a text."""
    texts = ("The ferry", "Паром Almar остаётся", "フェリーは残る", "페리는 남는다", "")
    assert [script_of(text) for text in texts] == ["Latin", "Cyrillic", "CJK", "Hangul", "unknown"]


def test_means_leave_out_what_is_not_labelled() -> None:
    """A set that labels dates alone says nothing of bodies."""
    pages = [
        scored(Extracted(body=TEXT, title="Ferry", date="2024-05-02"), body=TEXT, title="Ferry"),
        scored(Extracted(failed=True), date_published="2024-05-02"),
    ]
    assert summarize(pages) == {
        "pages": 2,
        "body_f1": 1.0,
        "title": 1.0,
        "day": 0.0,
        "empty": 1,
        "crashed": 1,
    }
    assert pages[1].errors == ("date: none",)


def test_gate_fails_under_a_floor_in_a_crash_and_on_other_pages() -> None:
    """It stands between a change and everybody who quotes what the archive says."""
    pinned = {"corpus": "a1", "floors": {"almar title": 0.8}}
    assert faults({"almar title": 0.8}, 0, corpus="a1", pinned=pinned) == []
    assert len(faults({"almar title": 0.79}, 0, corpus="a1", pinned=pinned)) == 1
    assert len(faults({}, 0, corpus="a1", pinned=pinned)) == 1
    assert len(faults({"almar title": 0.9}, 1, corpus="a1", pinned=pinned)) == 1
    assert len(faults({"almar title": 0.9}, 0, corpus="b2", pinned=pinned)) == 1


def test_digest_changes_with_labels_and_pages(tmp_path: Path) -> None:
    """Floors of one set of pages say nothing of another."""
    (tmp_path / "pages").mkdir()
    found = set()
    for name, content in [("truth.jsonl", b"{}"), ("pages/a.html.gz", b"a"), ("pages/a.html.gz", b"b")]:
        (tmp_path / name).write_bytes(content)
        found.add(digest([tmp_path]))
    assert len(found) == 3


def test_gate_says_where_there_are_no_pages(tmp_path: Path) -> None:
    """A gate that passes on nothing is none."""
    done = subprocess.run(
        [sys.executable, BENCHMARKS / "quality.py", "--pages", tmp_path / "none"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 2
    assert "no labelled pages" in done.stderr
