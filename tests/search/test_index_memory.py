"""The memory of building an index, measured from outside, in a process of its own."""

from __future__ import annotations

import subprocess
import sys
import textwrap
from pathlib import Path

# Every article has 20,000 words, some of them new: 250 of them are 5 million tokens.
_BUILD = textwrap.dedent(
    """
    import random
    import resource
    import sys
    from pathlib import Path
    sys.path.insert(0, sys.argv[1])
    from search_samples import change, story
    from newsarchive.search.whoosh.engine import WhooshEngine

    def text(number):
        rng = random.Random(number)
        return " ".join(f"w{int(rng.paretovariate(0.5)) % 1_000_000}" for _ in range(20_000))

    def peak():
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024

    engine = WhooshEngine(Path(sys.argv[2]), archive="memory", limit_mb=int(sys.argv[3]))
    engine.apply([change(1, story(1, text(1)))])
    before = peak()
    engine.apply((change(n, story(n, text(n))) for n in range(2, 251)), bulk=True)
    print(before, peak())
    """
)


def test_build_keeps_to_its_memory(tmp_path: Path) -> None:
    """Set to 64 MB, 5 million tokens are sorted and merged within twice that over what any commit takes."""
    command = [sys.executable, "-c", _BUILD, str(Path(__file__).parent), str(tmp_path / "index"), "64"]
    found = subprocess.run(command, capture_output=True, text=True, check=True)
    before, peak = map(int, found.stdout.split())
    assert peak - before < 2 * 64
    (toc,) = (tmp_path / "index").glob("_MAIN_*.toc")
    assert int(toc.stem.removeprefix("_MAIN_")) > 2, "not built in several steps"
