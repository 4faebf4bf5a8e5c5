"""Indexes that are damaged, foreign or outdated."""

from __future__ import annotations

import contextlib
import dataclasses
import hashlib
import json
import os
import pickle
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from search_samples import ARCHIVE, change, story

from newsarchive.errors import Hint, IndexUnavailable, Remedy
from newsarchive.query.ast import And, Everything, Phrase, Word
from newsarchive.search.engines import FacetField, SearchRequest
from newsarchive.search.whoosh import index_marker
from newsarchive.search.whoosh.engine import WhooshEngine

REQUEST = SearchRequest(
    query=And((Word("harbour"), Phrase("old bridge"))),
    facets=tuple(FacetField),
    languages=frozenset({"en"}),
)
COUNT = 40


def _build(folder: Path, archive: str = ARCHIVE) -> None:
    engine = WhooshEngine(folder, archive=archive)
    changes = [
        change(number, story(number, f"The harbour and its old bridge {number}")) for number in range(1, 61)
    ]
    engine.apply(changes[:COUNT])
    engine.apply(changes[COUNT:])
    engine.close()


def _truncate(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def _empty(path: Path) -> None:
    path.write_bytes(b"")


def _flip(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 0x10
    path.write_bytes(data)


def _delete(path: Path) -> None:
    path.unlink()


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An index of two segments."""
    folder = tmp_path_factory.mktemp("built") / "index"
    _build(folder)
    return folder


@pytest.mark.parametrize("damage", [_truncate, _empty, _flip, _delete], ids=lambda damage: damage.__name__)
def test_damaged_file_is_told_and_never_changes_an_answer(
    built: Path, tmp_path: Path, damage: Callable[[Path], None]
) -> None:
    """Any file of an index may be hit by a disk, a sync tool or a user."""
    whole = 60
    for name in sorted(path.name for path in built.iterdir() if path.stat().st_size):
        folder = tmp_path / name
        shutil.copytree(built, folder)
        damage(folder / name)
        engine = WhooshEngine(folder, archive=ARCHIVE)
        assert engine.last_change() is None, name
        with pytest.raises(IndexUnavailable) as caught:
            engine.search(REQUEST)
        assert isinstance(caught.value.hint, Hint)
        assert caught.value.hint.remedy is Remedy.REINDEX
        assert engine.check() != []
        engine.clear()
        engine.close()
        _build(folder)
        rebuilt = WhooshEngine(folder, archive=ARCHIVE)
        assert rebuilt.search(REQUEST).total == whole
        rebuilt.close()


def test_damage_behind_the_time_stamp_is_found_by_check(built: Path, tmp_path: Path) -> None:
    """A disk that rots bits keeps the time; opening trusts it, checking reads everything."""
    folder = tmp_path / "index"
    shutil.copytree(built, folder)
    path = next(folder.glob("*.seg"))
    times = path.stat().st_atime_ns, path.stat().st_mtime_ns
    _flip(path)
    os.utime(path, ns=times)
    engine = WhooshEngine(folder, archive=ARCHIVE)
    assert any(path.name in fault or "can't be used" in fault for fault in engine.check())
    engine.close()


def test_copied_index_stays_usable(built: Path, tmp_path: Path) -> None:
    """A copy has other times; its digests agree, so nobody has to rebuild after moving an archive."""
    folder = tmp_path / "index"
    shutil.copytree(built, folder, copy_function=shutil.copyfile)
    engine = WhooshEngine(folder, archive=ARCHIVE)
    assert engine.last_change() == 60
    assert engine.search(REQUEST).total == 60
    engine.apply([change(61, story(61, "The harbour and its old bridge"))])
    assert engine.search(REQUEST).total == 61
    assert engine.check() == []
    engine.close()


def test_index_of_another_archive_is_not_used(built: Path) -> None:
    """Its ids mean other articles."""
    engine = WhooshEngine(built, archive="another")
    assert engine.last_change() is None
    with pytest.raises(IndexUnavailable):
        engine.search(REQUEST)
    with pytest.raises(IndexUnavailable):
        engine.apply([change(1, story(1, "text"))])


@pytest.mark.parametrize("key", ["analyzer", "index", "stemmer", "format"])
def test_index_of_another_version_is_not_used(
    built: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, key: str
) -> None:
    """Terms of another analysis would not meet the query's."""
    if key == "stemmer":
        monkeypatch.setattr(index_marker, "stemmer_version", lambda: "0")
    else:
        name = {"analyzer": "ANALYZER_VERSION", "index": "INDEX_VERSION", "format": "FORMAT"}[key]
        monkeypatch.setattr(index_marker, name, 99)
    assert WhooshEngine(built, archive=ARCHIVE).last_change() is None


def test_table_of_contents_without_its_marker_is_never_unpickled(built: Path, tmp_path: Path) -> None:
    """Unpickling runs code: a planted table of contents may not get that far."""
    folder, trap = tmp_path / "index", tmp_path / "trap"
    shutil.copytree(built, folder)

    class Trap:
        def __reduce__(self) -> tuple[Callable[[str], None], tuple[str]]:
            return os.mkdir, (str(trap),)

    (toc,) = folder.glob("*.toc")
    toc.write_bytes(toc.read_bytes() + pickle.dumps(Trap()))
    engine = WhooshEngine(folder, archive=ARCHIVE)
    assert engine.last_change() is None
    assert not trap.exists()


def test_forged_index_with_a_fitting_marker_runs_nothing(built: Path, tmp_path: Path) -> None:
    """A stranger's archive may bring both; searching it and adding to it must be safe all the same."""
    folder, trap = tmp_path / "index", tmp_path / "trap"
    shutil.copytree(built, folder)

    class Trap:
        def __reduce__(self) -> tuple[Callable[[str], None], tuple[str]]:
            return os.mkdir, (str(trap),)

    (toc,) = folder.glob("*.toc")
    toc.write_bytes(pickle.dumps(Trap()))
    for path in folder.glob("*.seg"):
        path.write_bytes(pickle.dumps(Trap()) + path.read_bytes())
    forged = index_marker.Marker(folder, ARCHIVE)
    (state,) = (state for state in forged.states() if state.toc == toc.name)
    files = {name: index_marker.FileMark.of(folder / name) for name in state.files}
    digest = hashlib.sha256(toc.read_bytes()).hexdigest()
    forged.write([dataclasses.replace(state, toc_sha256=digest, files=files)])
    engine = WhooshEngine(folder, archive=ARCHIVE)
    with contextlib.suppress(IndexUnavailable):
        engine.search(REQUEST)
    with contextlib.suppress(IndexUnavailable):
        engine.apply([change(61, story(61, "text"))])
    engine.check()
    engine.close()
    assert not trap.exists()


def test_marker_of_any_json_is_no_marker(built: Path, tmp_path: Path) -> None:
    """A marker that says nothing useful means a rebuild, not a traceback."""
    folder = tmp_path / "index"
    shutil.copytree(built, folder)
    for content in ("", "[]", "null", "{}", '{"sha256": 1}', "[" * 100_000, json.dumps({"states": [1]})):
        (folder / "engine.json").write_text(content)
        assert WhooshEngine(folder, archive=ARCHIVE).last_change() is None


def test_clear_makes_room_for_a_new_index(built: Path, tmp_path: Path) -> None:
    """After clear there is no index, and applying from the first change makes one."""
    folder = tmp_path / "index"
    shutil.copytree(built, folder)
    engine = WhooshEngine(folder, archive="another")
    engine.clear()
    assert engine.last_change() is None
    engine.apply([change(1, story(1, "lonely"))])
    assert engine.last_change() == 1
    assert engine.search(SearchRequest(query=Everything())).total == 1
    engine.close()
