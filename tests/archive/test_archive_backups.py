"""Backups: consistent while others write, whole or not at all, and readable without newsarchive."""

from __future__ import annotations

import json
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from archive_data import ADDER, start, write_dataset

from newsarchive import Archive, BackupError, restore
from newsarchive.keeping.backups.backup_list import backups_in


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with Archive.create(tmp_path / "a") as archive:
        archive.add(write_dataset(tmp_path / "rows.jsonl", 40), workers=1).finish()
        archive.tags.change("word7", add=["todo"])
        yield archive


def contents(folder: Path) -> list[tuple[str | None, str]]:
    with Archive.open(folder) as archive:
        assert list(archive.verify()) == []
        return sorted((article.headline, article.text) for article in archive)


def test_a_restored_archive_has_all_that_was_there_and_verifies(archive: Archive, tmp_path: Path) -> None:
    """What was never restored is no backup."""
    made = archive.keeping.backup(tmp_path / "b")
    assert (made.articles, made.bytes >= made.new_bytes > 0) == (40, True)
    assert restore(tmp_path / "b", tmp_path / "again").articles == 40
    assert contents(tmp_path / "again") == contents(archive.folder)
    with Archive.open(tmp_path / "again") as again:
        assert list(again.ids("tag:todo")) == [8]
        assert again.uuid == archive.uuid
        assert again.raw(1)[1] == archive.raw(1)[1]
        again.add(write_dataset(tmp_path / "more.jsonl", 5, first=90), workers=1).finish()
        assert len(again) == 45
        assert list(again.verify()) == []


def test_a_second_backup_writes_what_is_new_and_both_can_be_restored(
    archive: Archive, tmp_path: Path
) -> None:
    """A nightly backup must not copy years of pages each night."""
    archive.keeping.backup(tmp_path / "b")
    assert archive.keeping.backup(tmp_path / "b").new_bytes == 0
    archive.add(write_dataset(tmp_path / "more.jsonl", 5, first=50), workers=1).finish()
    archive.keeping.backup(tmp_path / "b")
    first, _, last = backups_in(tmp_path / "b")
    restore(first, tmp_path / "then")
    restore(tmp_path / "b", tmp_path / "now")
    assert last.name > first.name
    assert (len(contents(tmp_path / "then")), len(contents(tmp_path / "now"))) == (40, 45)


def test_a_backup_that_is_made_during_an_add_opens_and_verifies(tmp_path: Path) -> None:
    """Nobody stops a crawl for a backup."""
    rows = write_dataset(tmp_path / "rows.jsonl", 400)
    adding = start(ADDER, tmp_path / "a", rows)
    assert adding.stdout is not None
    for _ in range(60):
        adding.stdout.readline()
    with Archive.open(tmp_path / "a") as archive:
        made = archive.keeping.backup(tmp_path / "b")
    adding.send_signal(signal.SIGKILL)
    adding.communicate()
    restore(tmp_path / "b", tmp_path / "again")
    assert len(contents(tmp_path / "again")) == made.articles >= 20


def test_a_damaged_backup_is_told_and_nothing_is_left(archive: Archive, tmp_path: Path) -> None:
    """Wrong is worse than missing."""
    archive.keeping.backup(tmp_path / "b")
    for path in sorted((tmp_path / "b" / "blocks").rglob("*.gz")):
        data = path.read_bytes()
        path.write_bytes(data[:-9] + bytes([data[-9] ^ 1]) + data[-8:])
        with pytest.raises(BackupError):
            restore(tmp_path / "b", tmp_path / "again")
        path.unlink()
        with pytest.raises(BackupError):
            restore(tmp_path / "b", tmp_path / "again")
        path.write_bytes(data)
    assert not (tmp_path / "again").exists()


@pytest.mark.parametrize("path", ["../evil", "/etc/x", "snapshots/../../x.warc.gz", "index/whoosh/toc"])
def test_a_list_from_a_stranger_writes_nowhere_else(archive: Archive, tmp_path: Path, path: str) -> None:
    """A backup may come from anybody."""
    listed = archive.keeping.backup(tmp_path / "b").path
    found = json.loads(listed.read_text())
    found["files"][0]["path"] = path
    listed.write_text(json.dumps(found))
    with pytest.raises(BackupError):
        restore(tmp_path / "b", tmp_path / "again")
    assert sorted(entry.name for entry in tmp_path.iterdir()) == ["a", "b", "rows.jsonl"]


def test_what_is_there_is_not_written_over(archive: Archive, tmp_path: Path) -> None:
    """A slip of the finger must not cost a folder."""
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "letter.txt").write_text("x")
    for to in (tmp_path / "full", archive.folder / "backups", tmp_path / "full" / "letter.txt"):
        with pytest.raises(BackupError):
            archive.keeping.backup(to)
    archive.keeping.backup(tmp_path / "b")
    with pytest.raises(BackupError):
        restore(tmp_path / "b", tmp_path / "full")
    with pytest.raises(BackupError):
        restore(tmp_path / "full", tmp_path / "new")


def test_python_alone_restores_it_as_the_folder_says(archive: Archive, tmp_path: Path) -> None:
    """Programs come and go; what the folder says of itself is run here as it stands there."""
    archive.keeping.backup(tmp_path / "b")
    text = (tmp_path / "b" / "README.txt").read_text(encoding="utf-8")
    (script,) = re.findall(r"as restore\.py:\n\n(.*?)\n\n    python restore", text, re.DOTALL)
    (tmp_path / "restore.py").write_text(re.sub(r"^    ", "", script, flags=re.MULTILINE))
    places = [str(tmp_path / name) for name in ("restore.py", "b", "again")]
    command = [sys.executable, "-I", *places]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert "DAMAGED" not in done.stdout
    assert contents(tmp_path / "again") == contents(archive.folder)
