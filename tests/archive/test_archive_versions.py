"""What changed in an article, what was edited silently, and who ran the same story."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from newsarchive import Archive, ArticleNotFound, QueryError
from newsarchive.answers.versions.article_diff import diff_paragraphs

TEXT = "The pilots met at noon in the old customs house. They asked for 12 crowns more a shift."


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with Archive.open(tmp_path / "archive", create=True) as archive:
        yield archive


def add(archive: Archive, tmp_path: Path, **row: object) -> None:
    """One row, or another state of it."""
    path = tmp_path / "rows.jsonl"
    path.write_text(json.dumps({"id": "1", "headline": "Pilots meet", "text": TEXT, **row}), encoding="utf-8")
    list(archive.add([path], workers=1))


def test_a_changed_figure_is_a_silent_edit(archive: Archive, tmp_path: Path) -> None:
    """What nobody tells is what people look for."""
    add(archive, tmp_path)
    add(archive, tmp_path, text=TEXT.replace("12", "14"))
    (edit,) = archive.versions.edits()
    assert (edit.is_silent, edit.moves_date) == (True, False)
    assert (edit.diff.words_added, edit.diff.words_removed) == (1, 1)
    assert list(archive.versions.edits(until="2001")) == []


@pytest.mark.parametrize(
    "notice",
    [
        "Correction: an earlier version said 12.",
        "Updated with a comment of the mayor.",
        "Korrektur: In einer früheren Version stand 12.",
        "Rectificatif : une version précédente indiquait 12.",
        "更正：此前版本有误。",
        "Исправлено: ранее указывалось 12.",
    ],
)
def test_an_edit_that_speaks_of_itself_is_announced(archive: Archive, tmp_path: Path, notice: str) -> None:
    """A correction that is owned up to is no silent edit."""
    add(archive, tmp_path)
    add(archive, tmp_path, text=f"{TEXT.replace('12', '14')}\n{notice}")
    (edit,) = archive.versions.edits()
    assert not edit.is_silent


def test_a_notice_that_stood_there_before_announces_nothing(archive: Archive, tmp_path: Path) -> None:
    """The second edit of a corrected story may be silent."""
    corrected = f"{TEXT}\nCorrection: an earlier version said 11."
    add(archive, tmp_path, text=corrected)
    add(archive, tmp_path, text=corrected.replace("12", "14"))
    (edit,) = archive.versions.edits()
    assert edit.is_silent


def test_headline_and_dates_come_before_the_text(archive: Archive, tmp_path: Path) -> None:
    """A moved date without other words is an edit too."""
    add(archive, tmp_path, date_modified="2024-03-01")
    add(archive, tmp_path, headline="Pilots walk out", date_modified="2024-03-02")
    diff = archive.versions.diff(1)
    assert diff is not None
    assert [(each.field, each.before, each.after) for each in diff.fields] == [
        ("headline", "Pilots meet", "Pilots walk out"),
        ("date_modified", "2024-03-01", "2024-03-02"),
    ]
    assert (diff.words_added, diff.words_removed, diff.is_empty) == (0, 0, False)


def test_any_two_states_can_be_compared(archive: Archive, tmp_path: Path) -> None:
    """Also from the newer to the older one."""
    for word in ("one", "two", "three"):
        add(archive, tmp_path, text=f"{TEXT} {word}")
    diff = archive.versions.diff(1, 3, 1)
    assert diff is not None
    assert [piece.text for piece in diff.paragraphs[0].pieces if piece.kind.value == "added"] == ["one"]
    with pytest.raises(QueryError, match="no revision 4"):
        archive.versions.diff(1, 1, 4)
    with pytest.raises(ArticleNotFound):
        archive.versions.diff(99)


def test_an_article_of_one_state_has_no_difference(archive: Archive, tmp_path: Path) -> None:
    """Nothing to compare with is not "no change"."""
    add(archive, tmp_path)
    assert archive.versions.diff(1) is None
    assert list(archive.versions.edits()) == []


def test_the_page_to_send_runs_nothing_of_strangers(archive: Archive, tmp_path: Path) -> None:
    """It is opened in a browser by people who trust who sent it."""
    add(archive, tmp_path, headline="&lt;script&gt;alert(1)&lt;/script&gt; met", publisher="<img src=x>")
    add(archive, tmp_path, headline="A < b onclick=x > c", text=f"{TEXT} x <= y & z > w")
    diff = archive.versions.diff(1)
    assert diff is not None
    page = diff.to_html(archive.article(1))
    written = set(re.findall(r"<(\w+)", page))
    assert written <= set("html head meta title style body h1 div p br ins del dl dt dd time span".split())
    assert " onclick" not in re.sub(r">[^<]*<", "><", page)
    assert "default-src 'none'" in page


def test_five_thousand_words_are_compared_whole() -> None:
    """The longest reads are edited, too."""
    words = [f"word{number % 997}" for number in range(5_000)]
    before = "\n".join(" ".join(words[at : at + 100]) for at in range(0, 5_000, 100))
    after = before.replace("word500 ", "changed ").replace("word7\n", "gone\n")
    kinds = [paragraph.kind.value for paragraph in diff_paragraphs(before, after)]
    assert set(kinds) == {"same", "edited"}


def test_families_follow_what_is_added_and_edited(archive: Archive, tmp_path: Path) -> None:
    """A copy joins when it comes and leaves when it becomes another story."""
    story = " ".join(f"{TEXT} The harbour waits for day {number} of it." for number in range(4))
    add(archive, tmp_path, id="1", text=story, publisher="Meridian Wire", date="2024-03-02")
    add(archive, tmp_path, id="2", text=f"PORT ALMAR - {story}", publisher="Harbour Post", date="2024-03-01")
    family = archive.families.of(1)
    assert [copy.article.publisher for copy in family] == ["Harbour Post", "Meridian Wire"]
    assert family.first.id == 2
    assert family.copies[1].shared_text > 0.95
    assert [len(each) for each in archive.families.top()] == [2]
    add(
        archive,
        tmp_path,
        id="2",
        text="The tide museum stays closed until its roof is mended by the council.",
    )
    assert len(archive.families.of(1)) == 1
    assert archive.families.top() == []
    with pytest.raises(ArticleNotFound):
        archive.families.of(99)
