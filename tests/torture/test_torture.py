"""Some attempts of each kind of torture; make torture makes as many as there is time for."""

from __future__ import annotations

import random
import sys
from collections import Counter
from contextlib import closing
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))
if not Path("/proc/self/schedstat").exists():
    pytest.skip("processor time and forks are those of Linux", allow_module_level=True)

from torture import KINDS, State, attempt, table

# A few seconds each; each of the hostile archives has a test of its own.
SHORT = {
    "kills": 12,
    "full disks": 8,
    "alterations": 25,
    "damage": 5,
    "readers": 1,
    "pages": 1,
    "queries": 1,
    "datasets": 2,
    "slow pages": 3,
}


@pytest.mark.parametrize("name", SHORT)
def test_nothing_is_lost_missed_or_hung(name: str, tmp_path: Path) -> None:
    """The long run finds what is rare; these few find what was broken today."""
    counts: Counter[str] = Counter()
    with closing(KINDS[name][0](tmp_path)) as trial:
        for number in range(SHORT[name]):
            counts += trial.attempt(random.Random(f"{name} {number}"))
    assert counts


def test_a_long_run_goes_on_where_it_was_and_tells_what_it_found(tmp_path: Path) -> None:
    """Hours are spent on it: what was tried is kept, and what was found is not forgotten by the next run."""

    class Finds:
        def __init__(self, base: Path) -> None: ...

        def attempt(self, rng: random.Random) -> Counter[str]:
            assert rng.random() < 0, "lost"
            return Counter()

        def close(self) -> None: ...

    state = State(tmp_path / "torture.json")
    attempt(Finds(tmp_path), state.tally("alterations"), "seed")
    state.write()
    again = State(tmp_path / "torture.json")
    assert again.seed == state.seed
    assert again.tally("alterations").found[0]["seed"] == "seed"
    assert "| alterations | 1 | 1 |" in table(again)
