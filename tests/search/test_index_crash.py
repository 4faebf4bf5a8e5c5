"""The index after kill -9, at instants nobody chose."""

from __future__ import annotations

import random
import subprocess
import sys
import textwrap
import time
from pathlib import Path

import pytest
from search_samples import ARCHIVE, change, story

from newsarchive.model import IndexChange
from newsarchive.query.ast import Everything, Word
from newsarchive.search.engines import SearchRequest
from newsarchive.search.whoosh.engine import WhooshEngine

# Writes in commits of one to five articles, for ever: most of its time is spent in the middle of one.
_WRITER = textwrap.dedent(
    """
    import sys
    from pathlib import Path
    sys.path.insert(0, sys.argv[1])
    from test_index_crash import changes_from
    from search_samples import ARCHIVE
    from newsarchive.search.whoosh.engine import WhooshEngine
    engine = WhooshEngine(Path(sys.argv[2]), archive=ARCHIVE)
    done = engine.last_change() or 0
    print("ready", flush=True)
    while True:
        count = 1 + done % 5
        engine.apply(changes_from(done + 1, count))
        done += count
    """
)


def changes_from(first: int, count: int) -> list[IndexChange]:
    """Changes that each add an article with a word of its own, and now and then delete an earlier one."""
    return [
        IndexChange(number, number - 5, None)
        if number % 7 == 0
        else change(number, story(number, f"common word{number}"))
        for number in range(first, first + count)
    ]


def _present(last: int) -> set[int]:
    deleted = {number - 5 for number in range(7, last + 1, 7)}
    return {number for number in range(1, last + 1) if number % 7} - deleted


@pytest.mark.parametrize("seed", range(4))
def test_killed_writer_leaves_a_whole_commit(tmp_path: Path, seed: int) -> None:
    """Whatever last_change() says is what search finds: no more, no less, and without a rebuild."""
    rng = random.Random(seed)
    folder, before = tmp_path / "index", 0
    for _ in range(4):
        command = [sys.executable, "-c", _WRITER, str(Path(__file__).parent), str(folder)]
        writer = subprocess.Popen(command, stdout=subprocess.PIPE)
        assert writer.stdout is not None
        writer.stdout.readline()
        time.sleep(rng.uniform(0.0, 0.4))
        writer.kill()
        writer.communicate()
        engine = WhooshEngine(folder, archive=ARCHIVE)
        last = engine.last_change()
        if last is None:
            assert before == 0, "only the very first commit may be missing"
            engine.clear()
            engine.apply(())
            last = 0
        assert last >= before
        found = engine.search(SearchRequest(query=Everything(), limit=None))
        assert {match.article_id for match in found.matches} == _present(last)
        if _present(last):
            newest = max(_present(last))
            assert engine.search(SearchRequest(query=Word(f"word{newest}"))).total == 1
        assert engine.check() == []
        engine.close()
        before = last
