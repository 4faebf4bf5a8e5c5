"""kill -9 at every step of corrections and of building families."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

PROGRAM = Path(__file__).with_name("kill_edits.py")


@pytest.mark.parametrize("act", ["set", "unset", "alias", "families"])
def test_a_kill_loses_nothing_and_the_act_can_be_done_again(tmp_path: Path, act: str) -> None:
    """Whoever was told that it is done can rely on it; whoever was not does it again."""
    command = [sys.executable, str(PROGRAM), str(tmp_path), act]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert int(done.stdout) > 1
