"""An archive that came from a stranger is read, not trusted: refused or bounded, nothing written outside."""

from __future__ import annotations

import gzip
import os
import resource
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
# The rest of them where there is time: hostile_archives.py.
COMMANDS: tuple[tuple[str, ...], ...] = (("search", "harbour"), ("verify",), ("add", "page.txt"))


@pytest.fixture(scope="module")
def pristine(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small archive."""
    base = tmp_path_factory.mktemp("hostile")
    (base / "page.txt").write_text("Harbour reopens\n\n" + "The ships came back on Monday. " * 20)
    run(base, "init", "a")
    run(base, "add", "page.txt")
    return base


def run(base: Path, *command: str) -> subprocess.CompletedProcess[str]:
    """One command on the archive, with 5 times the time that is allowed and half a gigabyte more memory."""
    program = [sys.executable, "-m", "newsarchive", "--archive", "a", *command]
    if command[0] == "init":
        program = [sys.executable, "-m", "newsarchive", *command]
    return subprocess.run(
        program,
        cwd=base,
        capture_output=True,
        text=True,
        errors="replace",
        check=False,
        timeout=60,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (200_000_000, 200_000_000)),
    )


def _link(name: str) -> Callable[[Path, Path], None]:
    def act(folder: Path, victim: Path) -> None:
        path = folder / name
        if path.is_dir():
            shutil.rmtree(path)
        path.unlink(missing_ok=True)
        path.parent.mkdir(exist_ok=True)
        path.symlink_to(victim)

    return act


def _link_to_folder(name: str) -> Callable[[Path, Path], None]:
    def act(folder: Path, victim: Path) -> None:
        shutil.rmtree(folder / name, ignore_errors=True)
        (folder / name).symlink_to(victim.parent)

    return act


def _fifo(name: str) -> Callable[[Path, Path], None]:
    def act(folder: Path, victim: Path) -> None:
        del victim
        (folder / name).unlink(missing_ok=True)
        os.mkfifo(folder / name)

    return act


def _sql(*statements: str) -> Callable[[Path, Path], None]:
    def act(folder: Path, victim: Path) -> None:
        del victim
        with sqlite3.connect(folder / "archive.db") as database:
            for statement in statements:
                database.execute(statement)
        database.close()

    return act


def _swell(folder: Path, victim: Path) -> None:
    del victim
    bomb = gzip.compress(
        b"WARC/1.1\r\nWARC-Type: resource\r\nContent-Length: 300000000\r\n\r\n" + bytes(300_000_000)
    )
    (folder / "snapshots" / "00001.warc.gz").write_bytes(bomb)
    _sql(f"UPDATE captures SET record_offset = 0, record_length = {len(bomb)}")(folder, folder)


def _huge_manifest(folder: Path, victim: Path) -> None:
    del victim
    with (folder / "newsarchive.toml").open("ab") as file:
        file.truncate(1_000_000_000)


_ENDLESS = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT"
HOSTILE: dict[str, Callable[[Path, Path], None]] = {
    **{
        f"link for {name}": _link(name)
        for name in (
            *("newsarchive.toml", "archive.db", "archive.db-wal", "archive.db-shm", "archive.db-journal"),
            *("log.head", "writer.lock", "writer.txt", "index.lock", "index.txt"),
            *("snapshots/00001.warc.gz", "snapshots/00002.warc.gz", "index/whoosh/x"),
        )
    },
    **{
        f"link for the folder {name}": _link_to_folder(name)
        for name in ("snapshots", "index", "index.next", "index.old", "rebuild", "snapshots/unacknowledged")
    },
    **{
        f"pipe for {name}": _fifo(name)
        for name in (
            *("newsarchive.toml", "archive.db", "archive.db-wal", "log.head", "writer.lock", "writer.txt"),
            *("index.lock", "snapshots/00001.warc.gz", "snapshots/00002.warc.gz"),
        )
    },
    "snapshot outside": _sql("PRAGMA foreign_keys=OFF", "UPDATE captures SET snapshot = '../../victim'"),
    "absolute snapshot": _sql("PRAGMA foreign_keys=OFF", "UPDATE captures SET snapshot = '/etc/hostname'"),
    "snapshots named outside": _sql("INSERT INTO snapshots VALUES ('../victim', 3)"),
    "negative place": _sql("UPDATE captures SET record_offset = -5, record_length = -1"),
    "record of a petabyte": _sql("UPDATE captures SET record_length = 1000000000000000"),
    "trigger": _sql("CREATE TRIGGER t AFTER INSERT ON captures BEGIN DELETE FROM articles; END"),
    "endless trigger": _sql(
        "CREATE TRIGGER t AFTER INSERT ON changes BEGIN INSERT INTO changes (article_id) "
        "SELECT a.change FROM changes a, changes b, changes c; END"
    ),
    "endless view for a table": _sql("DROP TABLE evidence", f"CREATE VIEW evidence AS {_ENDLESS} i FROM n"),
    "endless view": _sql(
        "DROP VIEW article_texts", f"CREATE VIEW article_texts AS {_ENDLESS} i AS id FROM n"
    ),
    "computed column": _sql(
        "DROP TABLE keywords",
        "CREATE TABLE keywords (article_id INTEGER, position INTEGER, "
        "keyword TEXT AS (hex(zeroblob(300000000))))",
        "INSERT INTO keywords (article_id, position) VALUES (1, 0)",
    ),
    "virtual table": _sql(
        "DROP TABLE keywords", "CREATE VIRTUAL TABLE keywords USING fts5(article_id, position, keyword)"
    ),
    "text of 150 MB": _sql("UPDATE revisions SET text = replace(hex(zeroblob(75000000)), '00', 'ab')"),
    "no text": _sql("UPDATE revisions SET text = CAST(x'ff00fe' AS TEXT)"),
    "wrong kinds of values": _sql(
        "UPDATE articles SET date_published = 'soon', date_confidence = 7, word_count = 'x'"
    ),
    "swelling record": _swell,
    "manifest of a gigabyte": _huge_manifest,
}


@pytest.mark.skipif(os.name != "posix", reason="links and pipes are POSIX here")
@pytest.mark.parametrize("make", HOSTILE.values(), ids=list(HOSTILE))
def test_a_hostile_archive_is_refused_or_bounded(
    pristine: Path, tmp_path: Path, make: Callable[[Path, Path], None]
) -> None:
    """No command writes outside the folder, waits for ever, or shows a traceback."""
    shutil.copytree(pristine / "a", tmp_path / "a")
    shutil.copy(pristine / "page.txt", tmp_path / "page.txt")
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "victim").write_text("precious")
    make(tmp_path / "a", outside / "victim")
    for command in COMMANDS:
        done = run(tmp_path, *command)
        assert done.returncode in (0, 1, 2, 3), (command, done.stderr)
        assert "Traceback" not in done.stderr, command
        assert "unexpected" not in done.stderr, (command, done.stderr)
    assert [path.name for path in outside.iterdir()] == ["victim"]
    assert (outside / "victim").read_text() == "precious"
