"""The index is disposable: whatever happens to it, the next search is right."""

from __future__ import annotations

import shutil
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from archive_data import notices, start, write_dataset

from newsarchive import Archive, Notice, Progress
from newsarchive.store.writer_lock import index_lock


def answers(folder: Path) -> tuple[list[int], list[str]]:
    """What a search of a fresh process finds, and what it tells."""
    told: list[str] = []
    with Archive.open(folder, progress=notices(told)) as archive:
        return sorted(hit.article.id or 0 for hit in archive.search("harbour OR ferry", limit=None)), told


def test_a_deleted_index_is_rebuilt(sample_copy: Path) -> None:
    """Deleting index/ loses nothing: SQLite is the truth."""
    before, _ = answers(sample_copy)
    shutil.rmtree(sample_copy / "index")
    after, _ = answers(sample_copy)
    assert before
    assert after == before
    with Archive.open(sample_copy) as archive:
        assert list(archive.verify()) == []


@pytest.mark.parametrize("damage", ["cut", "flip", "empty", "remove"])
def test_any_damaged_file_of_the_index_is_told_or_healed(sample_copy: Path, damage: str) -> None:
    """A wrong answer is worse than a slow one: the index is rebuilt and the user told."""
    before, _ = answers(sample_copy)
    names = sorted(path.relative_to(sample_copy) for path in sample_copy.glob("index/**/*") if path.is_file())
    pristine = shutil.copytree(sample_copy / "index", sample_copy.parent / "pristine")
    assert names
    for name in names:
        shutil.rmtree(sample_copy / "index")
        shutil.copytree(pristine, sample_copy / "index")
        _damage(sample_copy / name, damage)
        after, _ = answers(sample_copy)
        assert after == before, name


def _damage(path: Path, how: str) -> None:
    data = path.read_bytes()
    if how == "remove":
        path.unlink()
    elif how == "flip":
        middle = len(data) // 2
        path.write_bytes(data[:middle] + bytes([data[middle] ^ 0xFF]) + data[middle + 1 :] if data else data)
    else:
        path.write_bytes(data[: len(data) // 2] if how == "cut" else b"")


def test_the_user_is_told_of_a_rebuild(sample_copy: Path) -> None:
    """A search that takes a minute instead of a moment needs a reason."""
    for path in sample_copy.glob("index/**/*"):
        if path.is_file():
            path.write_bytes(b"garbage")
    _, told = answers(sample_copy)
    assert any("rebuilt" in line or "rebuilding" in line for line in told)


def test_the_index_of_another_archive_is_not_used(sample_copy: Path, tmp_path: Path) -> None:
    """It holds other articles under the same ids, and its author may be a stranger."""
    other = tmp_path / "other"
    with Archive.create(other) as archive:
        list(archive.add([write_dataset(tmp_path / "rows.jsonl", 5)], workers=1))
    before, _ = answers(sample_copy)
    shutil.rmtree(sample_copy / "index")
    shutil.copytree(other / "index", sample_copy / "index")
    after, told = answers(sample_copy)
    assert after == before
    assert any("rebuilt" in line for line in told)


def test_an_index_ahead_of_a_restored_database_is_rebuilt(tmp_path: Path) -> None:
    """A backup of archive.db from before the last run: the index knows articles that are gone."""
    folder = tmp_path / "a"
    with Archive.create(folder) as archive:
        list(archive.add([write_dataset(tmp_path / "one.jsonl", 5)], workers=1))
    for name in ("archive.db", "log.head"):
        shutil.copy(folder / name, tmp_path / name)
    with Archive.open(folder) as archive:
        list(archive.add([write_dataset(tmp_path / "two.jsonl", 5, first=5)], workers=1))
        assert archive.search("ferry").total == 10
    for name in ("archive.db", "log.head"):
        shutil.copy(tmp_path / name, folder / name)
    with Archive.open(folder) as archive:
        assert [fault.part for fault in archive.verify()] == ["index"]
        assert archive.search("ferry").total == 5
        assert list(archive.verify()) == []
        list(archive.add([write_dataset(tmp_path / "three.jsonl", 7, first=20)], workers=1))
        assert archive.search("ferry").total == 12
        assert list(archive.verify()) == []


def test_an_add_that_is_left_early_is_indexed_by_the_next_search(tmp_path: Path) -> None:
    """A caller may stop looking at outcomes; what it was given is searchable."""
    with Archive.create(tmp_path / "a") as archive:
        outcomes = archive.add([write_dataset(tmp_path / "rows.jsonl", 5)], workers=1)
        next(outcomes)
        outcomes.close()
        assert archive.stats().pending == 5
        assert archive.search("ferry").total == 5
        assert archive.stats().index_up_to_date


def test_reindex_tells_how_many_articles_it_indexed(sample_copy: Path) -> None:
    """And the answers are those of before."""
    before, _ = answers(sample_copy)
    with Archive.open(sample_copy) as archive:
        assert archive.reindex() == archive.stats().articles
    assert answers(sample_copy) == (before, [])


def test_an_index_that_will_be_caught_up_is_a_remark_and_no_fault(tmp_path: Path) -> None:
    """Right after a killed add nothing is lost: whoever checks it must not be told to restore a backup."""
    told: list[str] = []
    with Archive.open(tmp_path / "a", create=True, progress=notices(told)) as archive:
        rows = write_dataset(tmp_path / "rows.jsonl", 3)
        outcomes = archive.add([rows], workers=1)
        next(outcomes)
        outcomes.close()
        assert list(archive.verify()) == []
        assert archive.search("ferry").total == 3
        outcomes = archive.add([write_dataset(tmp_path / "more.jsonl", 2, first=3)], workers=1)
        next(outcomes)
        outcomes.close()
        assert list(archive.verify()) == []
    assert ["no usable" in line for line in told] == [True, False]
    assert "behind" in told[1]


_READER = """
import sys, time
from newsarchive import Archive, Notice, Progress
archive = Archive.open(sys.argv[1])
print("ready", flush=True)
until = time.monotonic() + float(sys.argv[2])
while time.monotonic() < until:
    print(archive.search("ferry", limit=1).total, flush=True)
"""


def test_totals_never_shrink_while_the_index_is_built_anew(tmp_path: Path) -> None:
    """The new index is built beside the one in use, and takes its place when it is whole."""
    with Archive.open(tmp_path / "a", create=True) as archive:
        list(archive.add([write_dataset(tmp_path / "rows.jsonl", 300)], workers=1))
        reader = start(_READER, tmp_path / "a", "4")
        assert reader.stdout is not None
        reader.stdout.readline()
        while reader.poll() is None:
            archive.reindex()
        output, errors = reader.communicate()
    assert errors == ""
    assert set(output.split()) == {"300"}


def test_an_interrupted_build_goes_on_where_it_was(tmp_path: Path) -> None:
    """A build of a million articles takes minutes: what was done is not done again."""
    with Archive.open(tmp_path / "a", create=True) as archive:
        list(archive.add([write_dataset(tmp_path / "rows.jsonl", 30)], workers=1))
        shutil.copytree(tmp_path / "a" / "index", tmp_path / "a" / "index.next")
        steps: list[Progress | Notice] = []
        archive.reindex(progress=steps.append)
        assert archive.search("ferry").total == 30
    (step,) = steps
    assert isinstance(step, Notice)
    assert "goes on" in step.message
    assert not (tmp_path / "a" / "index.next").exists()


def test_a_search_waits_for_the_first_articles_that_another_process_indexes(tmp_path: Path) -> None:
    """While the first index is built a search is slower, and neither refused nor empty."""
    told: list[str] = []
    with Archive.open(tmp_path / "a", create=True, progress=notices(told)) as archive:
        outcomes = archive.add([write_dataset(tmp_path / "rows.jsonl", 3)], workers=1)
        next(outcomes)
        outcomes.close()
        with ThreadPoolExecutor(1) as pool:
            with index_lock(tmp_path / "a"):
                search = pool.submit(lambda: archive.search("ferry").total)
                while not told:
                    assert not search.done()
            assert search.result() == 3
    assert "waits" in told[0]


def test_an_edited_article_is_found_by_what_it_states(sample_folder: Path) -> None:
    """What changed and what is stated are told apart, though fields of both have the same names."""
    with Archive.open(sample_folder) as archive:
        assert list(archive.ids("is:revised"))
        for name in ("publisher", "headline", "section", "url"):
            expected = {article.id for article in archive if getattr(article, name)}
            assert set(archive.ids(f"has:{name}")) == expected
