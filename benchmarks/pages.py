"""How fast pages are while many read: ``python benchmarks/pages.py ADDRESS [--users 20] [--seconds 20]``.

Start the server in another process: ``newsarchive --archive DIR serve --read-only``. Each user asks the next
search as soon as the last is answered (``--pause 0``), or rests in between as people do.
"""

from __future__ import annotations

import argparse
import http.client
import random
import statistics
import threading
import time
from urllib.parse import urlencode, urlsplit

_WORDS = "oil trade prices bank wheat dollar japan exports rate shares profit crude soviet gold tax".split()


def _query(rng: random.Random) -> str:
    pairs = [("q", " ".join(rng.sample(_WORDS, rng.choice((1, 1, 2, 2, 3)))))]
    if rng.random() < 0.3:
        pairs.append(("keyword", rng.choice(("crude", "trade", "grain"))))
    if rng.random() < 0.2:
        pairs.append(("page", str(rng.randrange(2, 5))))
    return f"/?{urlencode(pairs)}"


def _use(address: str, seed: int, *, until: float, pause: float, found: list[tuple[float, int, int]]) -> None:
    rng = random.Random(seed)
    parts = urlsplit(address)
    connection = http.client.HTTPConnection(parts.hostname or "", parts.port or 80, timeout=60)
    while time.monotonic() < until:
        begun = time.monotonic()
        connection.request("GET", _query(rng))
        answer = connection.getresponse()
        size = len(answer.read())
        found.append((time.monotonic() - begun, answer.status, size))
        time.sleep(rng.uniform(0.5, 1.5) * pause)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("address")
    parser.add_argument("--users", type=int, default=20)
    parser.add_argument("--seconds", type=float, default=20.0)
    parser.add_argument("--pause", type=float, default=1.0)
    asked = parser.parse_args()
    found: list[tuple[float, int, int]] = []
    until = time.monotonic() + asked.seconds
    given = {"until": until, "pause": asked.pause, "found": found}
    users = [
        threading.Thread(target=_use, args=(asked.address, seed), kwargs=given) for seed in range(asked.users)
    ]
    for user in users:
        user.start()
    for user in users:
        user.join()
    times = sorted(time for time, _, _ in found)
    errors = sum(status != 200 for _, status, _ in found)
    last = times[int(len(times) * 0.95)]
    print(f"{len(times)} pages, {errors} errors, {len(times) / asked.seconds:.0f} a second")
    largest = max(size for *_, size in found)
    median = statistics.median(times)
    print(f"median {median * 1000:.0f} ms, p95 {last * 1000:.0f} ms, at most {largest:,} bytes")


if __name__ == "__main__":
    main()
