"""kill -9 at a step or a moment of each act that writes: nothing acknowledged is lost."""

from __future__ import annotations

import json
import random
import shutil
import sqlite3
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path
from typing import Any

from newsarchive import Archive

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent / "archive"))
from archive_data import write_dataset  # noqa: E402  (its folder is on the path only now)

OLD, NEW = 6, 12
WROTE = ("export", "export site", "report")
ACTS = (
    *("create", "add", "reextract", "reindex", "rebuild", "adopt", "saved", "search", "migrate"),
    *WROTE,
)
SCHEMAS = HERE.parent / "store" / "data"
OUTPUTS = {"export": "out.csv", "export site": "out", "report": "out.html"}


class Processes:
    """Acts in processes of their own."""

    def __init__(self, base: Path) -> None:
        (base / "warm").mkdir()
        self._server = subprocess.Popen(
            [sys.executable, str(HERE / "kill_steps.py"), str(base / "warm")],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def run(self, folder: Path, act: str, **limits: Any) -> tuple[int, list[str]]:
        """Do an act, within limits; give its exit code, and what it said in whole lines."""
        assert self._server.stdin is not None
        assert self._server.stdout is not None
        self._server.stdin.write(json.dumps({"folder": str(folder), "act": act, **limits}) + "\n")
        self._server.stdin.flush()
        answer = json.loads(self._server.stdout.readline())
        code, said = answer["code"], answer["said"]
        assert code in (0, -9), said
        # The last line may be cut in the middle.
        return code, [line[:-1] for line in said.splitlines(keepends=True) if line.endswith("\n")]

    def close(self) -> None:
        """End the process that forks the others."""
        self._server.kill()
        self._server.communicate()


def acknowledged(lines: list[str]) -> set[int]:
    """The articles that were said to be added."""
    return {int(line.split()[1]) for line in lines if line.startswith("added")}


class Worlds:
    """Archives to act in: rows that come again otherwise, bytes that no database acknowledges."""

    def __init__(self, base: Path) -> None:
        self._pristine = base / "pristine"
        self._pristine.mkdir()
        with Archive.open(self._pristine / "a", create=True) as archive:
            archive.add(write_dataset(self._pristine / "rows.jsonl", OLD), workers=1).finish()
            archive.search("ferry")
            archive.saved.add("ferries", "ferry")
        with Archive.open(base / "other", create=True) as archive:
            archive.add(write_dataset(base / "more.jsonl", 2, first=50), workers=1).finish()
        (self._pristine / "a" / "snapshots" / "unacknowledged").mkdir()
        found = self._pristine / "a" / "snapshots" / "unacknowledged" / "00001-from-0.warc.gz"
        shutil.copy(base / "other" / "snapshots" / "00001.warc.gz", found)
        write_dataset(self._pristine / "rows.jsonl", NEW, first=3)
        for name in OUTPUTS.values():
            if "." in name:
                (self._pristine / name).write_text("what was there before")

    def fresh(self, act: str, work: Path) -> Path:
        """A copy in a folder, as the act needs it."""
        shutil.rmtree(work, ignore_errors=True)
        shutil.copytree(self._pristine, work)
        folder = work / "a"
        if act == "create":
            shutil.rmtree(folder)
        elif act == "search":
            shutil.rmtree(folder / "index")
        elif act == "migrate":
            _make_old(folder)
        return folder


def _make_old(folder: Path) -> None:
    """An archive as the first version wrote it."""
    for name in ("archive.db", "archive.db-wal", "archive.db-shm", "log.head"):
        (folder / name).unlink(missing_ok=True)
    shutil.rmtree(folder / "index")
    shutil.rmtree(folder / "snapshots")
    (folder / "snapshots").mkdir()
    shutil.copy(SCHEMAS / "00001.warc.gz", folder / "snapshots")
    database = sqlite3.connect(folder / "archive.db")
    database.executescript((SCHEMAS / "schema-1.sql").read_text())
    database.close()
    manifest = folder / "newsarchive.toml"
    manifest.write_text(manifest.read_text().replace(manifest.read_text().splitlines()[2], "format = 1"))


def check(folder: Path, act: str, added: set[int], processes: Processes) -> None:
    """What was acknowledged is there, and after the same act again nothing is wrong."""
    if act not in ("create", "rebuild", "migrate"):
        with Archive.open(folder) as archive:
            found = {hit.article.id for hit in archive.search("ferry", limit=None)}
            assert set(range(1, OLD + 1)) | added <= found, "an acknowledged article is lost"
    output = folder.parent / OUTPUTS.get(act, "none")
    before = _output(output)
    if output.is_dir():
        shutil.rmtree(output)
    code, lines = processes.run(folder, act)
    assert code == 0
    assert before in (None, "what was there before", _output(output)), "half of an output has its name"
    assert not [line for line in lines if line.startswith("error")], lines
    with Archive.open(folder) as archive:
        faults = list(archive.verify())
        assert faults == [], f"verify found {faults}"
        if act != "migrate":
            wanted = {"create": 0, "add": NEW + 3, "adopt": OLD + 2}.get(act, OLD)
            assert archive.search("ferry", limit=0).total == wanted
        if act not in ("create", "migrate"):
            assert archive.saved.query_of("ferries") == "ferry"
    left = [path.name for path in folder.parent.iterdir() if path.suffix == ".part"]
    assert left == [], f"{left} were left behind"


def _output(path: Path) -> str | list[str] | None:
    """What was exported; the files where it is a folder, the end where it is a page.

    A report for which there was no room to look for stories is whole without them.
    """
    if path.is_dir():
        return sorted(str(each.relative_to(path)) for each in path.rglob("*"))
    text = path.read_text() if path.exists() else None
    return text[-20:] if text is not None and path.suffix == ".html" and "<html" in text else text


class Kills:
    """Kills, of which half come at a step and half at a moment."""

    def __init__(self, base: Path) -> None:
        self._processes, self._worlds, self._work = Processes(base), Worlds(base), base / "work"
        self._lengths: dict[str, tuple[int, float]] = {}

    def attempt(self, rng: random.Random) -> Counter[str]:
        """One."""
        act = rng.choice(ACTS)
        steps, seconds = self._length(act)
        folder = self._worlds.fresh(act, self._work)
        is_step = rng.random() < 0.7
        limit = {"step": rng.randint(1, steps)} if is_step else {"seconds": rng.uniform(0.0, seconds)}
        code, lines = self._processes.run(folder, act, **limit)
        check(folder, act, acknowledged(lines), self._processes)
        return Counter({"kills" if code else "ended before": 1, f"in {act}": 1})

    def _length(self, act: str) -> tuple[int, float]:
        """How many steps an act has, and how long it takes."""
        if act not in self._lengths:
            folder, start = self._worlds.fresh(act, self._work), time.monotonic()
            code, lines = self._processes.run(folder, act)
            assert code == 0
            self._lengths[act] = int(lines[-1].split()[1]), time.monotonic() - start
        return self._lengths[act]

    def close(self) -> None:
        """End the processes."""
        self._processes.close()
