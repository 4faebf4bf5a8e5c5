"""kill -9 at each step that reaches the disk: nothing acknowledged is lost, the next run mends the rest."""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from newsarchive import Archive

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent / "archive"))
from archive_data import write_dataset  # noqa: E402  (its folder is on the path only now)

# Minutes for the long run; without them, some steps of each act.
MINUTES = float(os.environ.get("NEWSARCHIVE_TORTURE", "0"))
ACTS = ("create", "add", "reextract", "reindex", "rebuild", "adopt", "saved")
OLD, NEW = 6, 12


@pytest.fixture(scope="module")
def pristine(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive with rows of which some come again otherwise, and bytes that no database acknowledges."""
    base = tmp_path_factory.mktemp("kills")
    with Archive.open(base / "a", create=True) as archive:
        list(archive.add([write_dataset(base / "rows.jsonl", OLD)], workers=1))
        archive.search("ferry")
        archive.saved.add("ferries", "ferry")
    with Archive.open(base / "other", create=True) as archive:
        list(archive.add([write_dataset(base / "more.jsonl", 2, first=50)], workers=1))
    (base / "a" / "snapshots" / "unacknowledged").mkdir()
    found = base / "a" / "snapshots" / "unacknowledged" / "00001-from-0.warc.gz"
    shutil.copy(base / "other" / "snapshots" / "00001.warc.gz", found)
    write_dataset(base / "rows.jsonl", NEW, first=3)
    return base


def run(folder: Path, act: str, number: int) -> tuple[bool, list[str]]:
    """Do an act until a step; tell whether it came to its end, and what it acknowledged."""
    done = subprocess.run(
        [sys.executable, str(HERE / "kill_steps.py"), str(folder), act, str(number)],
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    assert done.returncode in (0, -9), done.stderr
    # The last line may be cut in the middle.
    return done.returncode == 0, [
        line for line in done.stdout.splitlines(keepends=True) if line.endswith("\n")
    ]


def numbers(folder: Path, act: str) -> Iterator[int]:
    """The steps to kill at: a few of them, or as many as there is time for."""
    _, lines = run(folder, act, -1)
    count = int(lines[-1].split()[1])
    assert count > 2
    every = list(range(1, count + 1))
    random.Random(act).shuffle(every)
    until = time.monotonic() + MINUTES * 60 / len(ACTS)
    for place, number in enumerate(every):
        if place >= 3 and time.monotonic() > until:
            return
        yield number


@pytest.mark.skipif(os.name != "posix", reason="processes are killed by signals")
@pytest.mark.parametrize("act", ACTS)
def test_a_kill_at_any_step_loses_nothing(pristine: Path, tmp_path: Path, act: str) -> None:
    """Power fails between any two of them."""
    kills = 0
    for number in numbers(fresh(pristine, tmp_path, act), act):
        folder = fresh(pristine, tmp_path, act)
        ended, lines = run(folder, act, number)
        kills += not ended
        check(folder, act, {int(line.split()[1]) for line in lines if line.startswith("added")})
    # Shown by make torture.
    sys.stdout.write(f"{act}: {kills} kills, 0 lost\n")
    assert kills


def fresh(pristine: Path, tmp_path: Path, act: str) -> Path:
    """A copy to be killed."""
    shutil.rmtree(tmp_path / "w", ignore_errors=True)
    shutil.copytree(pristine, tmp_path / "w")
    if act == "create":
        shutil.rmtree(tmp_path / "w" / "a")
    return tmp_path / "w" / "a"


def check(folder: Path, act: str, acknowledged: set[int]) -> None:
    """What was acknowledged is there, and after the same act again nothing is wrong."""
    if act not in ("create", "rebuild"):
        with Archive.open(folder) as archive:
            found = {hit.article.id for hit in archive.search("ferry", limit=None)}
            assert set(range(1, OLD + 1)) | acknowledged <= found
    ended, _ = run(folder, act, -1)
    assert ended
    with Archive.open(folder) as archive:
        assert list(archive.verify()) == []
        wanted = {"create": 0, "add": NEW + 3, "adopt": OLD + 2}.get(act, OLD)
        assert archive.search("ferry", limit=0).total == wanted
        if act != "create":
            assert archive.saved.query_of("ferries") == "ferry"
