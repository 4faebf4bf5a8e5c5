"""The public API as a caller's type checker sees it."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

HERE = Path(__file__).parent


@pytest.fixture(scope="module")
def elsewhere(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A caller's folder, with no settings and no source of this project in it."""
    folder = tmp_path_factory.mktemp("caller")
    for name in ("right_uses.py", "wrong_uses.py"):
        shutil.copy(HERE / name, folder)
    return folder


def _checked(folder: Path, name: str) -> list[str]:
    program = [sys.executable, "-m", "mypy", "--strict", "--no-error-summary", "--config-file=", name]
    done = subprocess.run(program, cwd=folder, capture_output=True, text=True, check=False)
    assert not done.stderr
    return done.stdout.splitlines()


def test_a_caller_is_told_what_each_act_gives(elsewhere: Path) -> None:
    """Types are read by editors and checkers of people who never read our source; ``py.typed`` says so."""
    assert _checked(elsewhere, "right_uses.py") == []


def test_a_caller_is_told_of_slips(elsewhere: Path) -> None:
    """Types that are all Any would agree with everything."""
    assert _checked(elsewhere, "wrong_uses.py") == []
    wrong = elsewhere / "wrong_uses.py"
    lines = wrong.read_text(encoding="utf-8").splitlines()
    marked = [number for number, line in enumerate(lines, start=1) if "# type: ignore" in line]
    bare = "\n".join(line.partition("  # type: ignore")[0] for line in lines)
    (elsewhere / "unmarked.py").write_text(bare, encoding="utf-8")
    told = _checked(elsewhere, "unmarked.py")
    assert sorted({int(line.split(":")[1]) for line in told if ": error: " in line}) == marked
