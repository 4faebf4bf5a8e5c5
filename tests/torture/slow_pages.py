"""Looks for pages whose time grows faster than their length.

Starts from fragments that pages are made of; repeats them, wraps them into one another and
mutates them, and goes on with those that take the most time a byte. What takes four times the
bytes and much more than four times the time is found.
"""

from __future__ import annotations

import random
from collections import Counter
from pathlib import Path

from fuzzed_pages import FRAGMENTS, sample_pages
from timed_worker import TimedWorker

SMALL = 40_000
# A page of the largest size that is read may take ten seconds; twice the time a byte at four times
# the length is noise, three times a byte is not.
MOST_A_BYTE = 3.0
FEWEST_SECONDS = 0.4
LIMIT_SECONDS = 10.0
POPULATION = 60


class SlowPages:
    """One candidate an attempt; those that take much are kept, and grown from."""

    def __init__(self, base: Path) -> None:
        self._worker = TimedWorker()
        self._samples = sample_pages()
        self._kept: list[tuple[float, bytes]] = []

    def attempt(self, rng: random.Random) -> Counter[str]:
        """Measure a unit that is repeated to two lengths."""
        unit = self._unit(rng)
        start, end = rng.choice(((b"", b""), (b"<html><body><article>", b""), (b"<script>", b"</script>")))
        small, large = (start + unit * (size // len(unit) + 1) + end for size in (SMALL, 4 * SMALL))
        took, longer = self._seconds(small), self._seconds(large)
        if longer > FEWEST_SECONDS and longer > 4 * MOST_A_BYTE * took:
            # Once more: another process may have had the caches.
            took, longer = self._seconds(small), self._seconds(large)
        is_found = longer > FEWEST_SECONDS and longer > 4 * MOST_A_BYTE * took
        assert not is_found, f"{took:.2f} s, then {longer:.2f} s of four times: {start!r} {unit[:600]!r}"
        assert longer < LIMIT_SECONDS, f"{longer:.1f} s of {len(large):,}: {unit[:600]!r}"
        self._kept = sorted([*self._kept, (longer / len(large), unit)], reverse=True)[:POPULATION]
        return Counter({"candidates": 1})

    def _seconds(self, page: bytes) -> float:
        return self._worker.ask(page, "https://post.example/2024/ferry", "text/html", "html")[0]

    def _unit(self, rng: random.Random) -> bytes:
        """A new unit, or one of those kept with something changed."""
        if not self._kept or rng.random() < 0.4:
            parts = [rng.choice(FRAGMENTS) for _ in range(rng.choice((1, 1, 2, 3, 5)))]
            if rng.random() < 0.3:
                sample = rng.choice(self._samples)
                place = rng.randrange(len(sample) + 1)
                parts.append(sample[place : place + rng.choice((5, 40, 400))])
            return b"".join(parts) or b"x"
        unit = bytearray(rng.choice(self._kept)[1])
        place = rng.randrange(len(unit) + 1)
        match rng.randrange(4):
            case 0:
                unit[place:place] = rng.choice(FRAGMENTS)
            case 1 if len(unit) > 1:
                del unit[place : place + rng.randrange(1, 20)]
            case 2:
                unit += rng.choice(self._kept)[1]
            case _:
                unit[place:place] = bytes([rng.randrange(32, 127)])
        return bytes(unit[:4_000]) or b"x"

    def close(self) -> None:
        """End the worker."""
        self._worker.close()
