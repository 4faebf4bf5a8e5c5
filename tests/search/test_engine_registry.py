"""Which engine answers is what newsarchive.toml says, and what an engine lacks is told."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from scan_engine import ScanEngine

from newsarchive import Archive
from newsarchive.errors import EngineError
from newsarchive.search.engines import ENGINES


@pytest.fixture
def folder(sample_folder: Path, tmp_path: Path) -> Path:
    """An archive of the sample pages, of this test alone."""
    shutil.copytree(sample_folder, tmp_path / "archive")
    return tmp_path / "archive"


@pytest.fixture
def scanned(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Archive]:
    """An archive whose engine neither counts terms nor knows spellings."""
    monkeypatch.setitem(ENGINES, "scan", lambda place: ScanEngine())
    _say(folder, 'engine = "scan"')
    with Archive.open(folder) as archive:
        yield archive


def _say(folder: Path, line: str, table: str = "") -> None:
    path = folder / "newsarchive.toml"
    text = path.read_text(encoding="utf-8").replace('engine = "whoosh"', line)
    path.write_text(f"{text}\n{table}\n", encoding="utf-8")


@pytest.mark.parametrize("name", ["opensearch-of-another-version", "", "Whoosh", "whoosh/../whoosh"])
def test_an_engine_that_is_not_known_is_refused(folder: Path, name: str) -> None:
    """An answer by another engine than the one that is named would be reported as that one's."""
    _say(folder, f'engine = "{name}"')
    with pytest.raises(EngineError) as caught:
        Archive.open(folder)
    assert "whoosh" in (caught.value.hint or "")


def test_a_setting_that_the_engine_does_not_take_is_refused(folder: Path) -> None:
    """A slip in a setting must not pass as the setting."""
    _say(folder, 'engine = "whoosh"', "[whoosh]\nlimit = 3")
    with Archive.open(folder) as archive, pytest.raises(EngineError, match="limit"):
        archive.search("harbour")


def test_the_engine_that_is_named_answers_and_is_reported(scanned: Archive) -> None:
    """What is reported is what answered."""
    with Archive.open(scanned.folder) as again:
        found = again.search("ferry", limit=None)
        assert found.total == len(found) > 0
        assert again.stats().engine == "scan"
    assert scanned.search("ferry OR harbour", limit=5).total > 0


def test_without_spellings_none_is_suggested(scanned: Archive) -> None:
    """An engine may lack them; the search is answered all the same."""
    found = scanned.search("harbuor")
    assert not found.total
    assert not found.suggestions


def test_without_term_statistics_partial_matches_come_without_feedback(scanned: Archive) -> None:
    """Feedback is a gain in ranking; without it the partial matches are still those that match partly."""
    found = scanned.search("ferry harbour nowherestanding", limit=50)
    assert not found.total
    assert len(found) > 0


def test_without_term_statistics_similar_and_related_say_so(scanned: Archive) -> None:
    """An empty answer would say that nothing is alike."""
    (article_id, *_) = [hit.article.id for hit in scanned.search("ferry")]
    assert article_id is not None
    with pytest.raises(EngineError, match="scan"):
        scanned.similar(article_id)
    with pytest.raises(EngineError, match="scan"):
        scanned.related("ferry")
