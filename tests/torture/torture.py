"""Try to make archives lose something, lie, hang or leak, for as long as there is time.

    python tests/torture/torture.py --minutes 30 [--only KIND …] [--state FILE]

What was tried is kept in the state file, and the next run goes on from there; every attempt has
a seed of its own. Prints a table of counts; exits with 1 where any attempt, of this run or an
earlier one, found something. ``--again KIND SEED`` repeats one attempt.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import tempfile
import time
import traceback
from collections import Counter
from contextlib import ExitStack, closing
from dataclasses import asdict, dataclass, field
from pathlib import Path
from secrets import token_hex
from typing import Any, Protocol

from alterations import Alterations
from damage import Damage
from full_disks import FullDisks
from fuzzed_datasets import FuzzedDatasets
from fuzzed_pages import FuzzedPages
from fuzzed_queries import FuzzedQueries
from hostile_archives import HostileArchives
from kills import Kills
from readers import Readers
from slow_pages import SlowPages

ROOT = Path(__file__).parents[2]


class Trial(Protocol):
    """One kind of attempt; made with a folder of its own, in which it prepares what attempts share."""

    def __init__(self, base: Path) -> None: ...

    def attempt(self, rng: random.Random) -> Counter[str]:
        """Try once; say what was done. Raises AssertionError where something is lost, missed or wrong."""

    def close(self) -> None:
        """End what was started."""


# How many attempts make a long run, and what share of the time each may take.
KINDS: dict[str, tuple[type[Trial], int, float]] = {
    "kills": (Kills, 1_000, 2.0),
    "full disks": (FullDisks, 500, 1.0),
    "alterations": (Alterations, 1_000, 1.0),
    "damage": (Damage, 1_000, 1.0),
    "hostile archives": (HostileArchives, 44, 1.0),
    "readers": (Readers, 60, 1.0),
    # A hundred pages, two hundred queries and ten datasets an attempt.
    "pages": (FuzzedPages, 1_000, 4.0),
    "queries": (FuzzedQueries, 100, 0.5),
    "datasets": (FuzzedDatasets, 500, 1.0),
    "slow pages": (SlowPages, 2_000, 1.0),
}


@dataclass
class Tally:
    """What became of the attempts of one kind; ``slowest`` is in seconds."""

    attempts: int = 0
    counts: dict[str, int] = field(default_factory=dict)
    seconds: float = 0.0
    slowest: float = 0.0
    found: list[dict[str, str]] = field(default_factory=list)

    def add(self, counts: Counter[str], seconds: float) -> None:
        """One attempt more."""
        self.attempts += 1
        self.counts = dict(Counter(self.counts) + counts)
        self.seconds += seconds
        self.slowest = max(self.slowest, seconds)


class State:
    """The tallies, in a file."""

    def __init__(self, path: Path) -> None:
        self._path = path
        stored: dict[str, Any] = json.loads(path.read_text()) if path.exists() else {}
        self.seed: str = stored.get("seed") or token_hex(4)
        self.tallies = {name: Tally(**tally) for name, tally in stored.get("kinds", {}).items()}

    def tally(self, name: str) -> Tally:
        """The one of a kind."""
        return self.tallies.setdefault(name, Tally())

    def write(self) -> None:
        """Keep it, whole or not at all."""
        self._path.parent.mkdir(parents=True, exist_ok=True)
        part = self._path.with_suffix(".part")
        kinds = {name: asdict(tally) for name, tally in self.tallies.items()}
        part.write_text(json.dumps({"seed": self.seed, "kinds": kinds}, indent=1))
        part.replace(self._path)


def torture(names: list[str], state: State, minutes: float) -> None:
    """Go round the kinds, each to its share of the time and its number of attempts, until time is up."""
    until = time.monotonic() + minutes * 60
    written = 0.0
    with tempfile.TemporaryDirectory(prefix="torture-") as base, ExitStack() as stack:
        trials: dict[str, Trial] = {}
        while time.monotonic() < until:
            left = [name for name in names if state.tally(name).attempts < KINDS[name][1]]
            if not left:
                break
            name = min(left, key=lambda each: state.tally(each).seconds / KINDS[each][2])
            if name not in trials:
                (Path(base) / name).mkdir()
                try:
                    trials[name] = stack.enter_context(closing(KINDS[name][0](Path(base) / name)))
                except Exception as error:  # noqa: BLE001 -- one kind that can't begin is no reason to stop the others
                    names = [each for each in names if each != name]
                    sys.stderr.write(f"{name} can't begin: {error!r:.300}\n")
                    state.tally(name).found.append({"seed": "", "error": repr(error)[:3_000]})
                    continue
            attempt(trials[name], state.tally(name), f"{state.seed}-{name}-{state.tally(name).attempts}")
            if time.monotonic() > written + 5:
                state.write()
                written = time.monotonic()
    state.write()


def attempt(trial: Trial, tally: Tally, seed: str) -> None:
    """One attempt; what it finds is kept beside its seed."""
    start = time.monotonic()
    counts: Counter[str] = Counter()
    try:
        counts = trial.attempt(random.Random(seed))
    except Exception as error:  # noqa: BLE001 -- the others go on
        tally.found.append({"seed": seed, "error": "".join(traceback.format_exception(error))[-3_000:]})
        sys.stderr.write(f"{seed}: {error!r:.300}\n")
    tally.add(counts, time.monotonic() - start)


def table(state: State) -> str:
    """What was tried, for people."""
    lines = ["| kind | attempts | found | slowest, s | of which |", "|---|---|---|---|---|"]
    for name, tally in state.tallies.items():
        of_which = ", ".join(f"{number:,} {what}" for what, number in sorted(tally.counts.items()))
        found = len(tally.found)
        lines.append(f"| {name} | {tally.attempts:,} | {found} | {tally.slowest:.1f} | {of_which} |")
    return "\n".join(lines)


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--minutes", type=float, default=10.0)
    parser.add_argument("--only", nargs="+", choices=KINDS, default=list(KINDS), metavar="KIND")
    parser.add_argument("--state", type=Path, default=ROOT / "build" / "torture.json")
    parser.add_argument("--again", nargs=2, metavar=("KIND", "SEED"))
    given = parser.parse_args()
    if given.again:
        name, seed = given.again
        with tempfile.TemporaryDirectory() as base, closing(KINDS[name][0](Path(base))) as trial:
            sys.stdout.write(f"{dict(trial.attempt(random.Random(seed)))}\n")
        return 0
    state = State(given.state)
    torture(given.only, state, given.minutes)
    sys.stdout.write(f"{table(state)}\n")
    return 1 if any(tally.found for tally in state.tallies.values()) else 0


if __name__ == "__main__":
    raise SystemExit(main())
