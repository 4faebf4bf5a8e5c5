"""kill -9, a full disk, Ctrl-C and a second writer: what was acknowledged is there."""

from __future__ import annotations

import os
import random
import signal
import textwrap
import time
from pathlib import Path

import pytest
from archive_data import ADDER, notices, start, write_dataset
from warcio.checker import Checker

from newsarchive import Archive
from newsarchive.errors import ArchiveLocked

# NEWSARCHIVE_KILLS=50 is the stress variant.
KILLS = int(os.environ.get("NEWSARCHIVE_KILLS", "8"))
ROWS = 2_000 if KILLS > 8 else 400


def check_snapshots(folder: Path) -> None:
    """What ``warcio check`` does."""

    class Command:
        inputs = tuple(str(path) for path in (folder / "snapshots").glob("*.warc.gz") if path.stat().st_size)
        verbose = False

    checker = Checker(Command())
    checker.process_all()
    assert not checker.exit_value


def check_sound(folder: Path, acknowledged: set[int]) -> None:
    """The archive opens, and every acknowledged article is there and found."""
    with Archive.open(folder) as archive:
        found = {hit.article.id for hit in archive.search("ferry", limit=None)}
        assert acknowledged <= found
        assert len(found) == archive.stats().articles
        for number in sorted(acknowledged)[-3:]:
            assert "ferry" in archive.article(number).text
        assert list(archive.verify()) == []
    check_snapshots(folder)


@pytest.mark.parametrize("seed", range(KILLS))
def test_killed_add_loses_nothing_that_was_acknowledged(tmp_path: Path, seed: int) -> None:
    """Power fails and people lose patience: at any instant, and the next run completes."""
    rng = random.Random(seed)
    rows = write_dataset(tmp_path / "rows.jsonl", ROWS)
    adder = start(ADDER, tmp_path / "a", rows)
    assert adder.stdout is not None
    lines = [adder.stdout.readline()]
    time.sleep(rng.uniform(0.0, 0.3 * ROWS / 400))
    adder.kill()
    rest, _ = adder.communicate()
    # The last line may be cut in the middle.
    lines += rest.splitlines(keepends=True)
    acknowledged = {
        int(line.split()[1]) for line in lines if line.startswith("added") and line.endswith("\n")
    }
    check_sound(tmp_path / "a", acknowledged)
    with Archive.open(tmp_path / "a") as archive:
        again = list(archive.add([rows], workers=1))
        assert {outcome.name for outcome in again} <= {"added", "unchanged"}
        assert archive.search("ferry", limit=None).total == ROWS
        assert archive.stats().captures == ROWS
    check_sound(tmp_path / "a", set(range(1, ROWS + 1)))


def test_ctrl_c_leaves_a_clean_archive(tmp_path: Path) -> None:
    """Interrupting a long run is no damage; it goes on where it was."""
    rows = write_dataset(tmp_path / "rows.jsonl", 6_000)
    adder = start(ADDER, tmp_path / "a", rows)
    assert adder.stdout is not None
    lines = [adder.stdout.readline() for _ in range(30)]
    adder.send_signal(signal.SIGINT)
    rest, errors = adder.communicate()
    assert "KeyboardInterrupt" in errors
    # The last line may be cut in the middle.
    lines += [line for line in rest.splitlines(keepends=True) if line.endswith("\n")]
    check_sound(tmp_path / "a", {int(line.split()[1]) for line in lines if line.startswith("added")})
    assert not (tmp_path / "a" / "writer.txt").exists()


_SMALL_DISK = textwrap.dedent(
    """
    import resource, signal, sys
    from newsarchive import Archive, NewsArchiveError
    import newsarchive.pipeline.lookahead as lookahead
    lookahead._GROUP_CAPTURES = 20
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    with Archive.open(sys.argv[1], create=True) as archive:
        limit = int(sys.argv[3])
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
        try:
            for outcome in archive.add([sys.argv[2]], workers=1):
                print(outcome.name, outcome.article_id, flush=True)
        except NewsArchiveError as error:
            print("error", type(error).__name__, bool(error.hint), error.message, flush=True)
    """
)


@pytest.mark.skipif(os.name != "posix", reason="limits of file sizes are POSIX")
@pytest.mark.parametrize("limit", [40_000, 150_000, 700_000])
def test_a_full_disk_is_an_error_with_a_hint_and_loses_nothing(tmp_path: Path, limit: int) -> None:
    """Disks fill up in the middle of runs; with space again the run completes."""
    rows = write_dataset(tmp_path / "rows.jsonl", 1_500)
    adder = start(_SMALL_DISK, tmp_path / "a", rows, str(limit))
    output, errors = adder.communicate()
    assert errors == ""
    lines = output.splitlines()
    assert lines[-1].startswith("error"), lines[-1]
    kind, has_hint = lines[-1].split()[1:3]
    assert kind in ("StoreError", "IndexUnavailable")
    assert has_hint == "True", lines[-1]
    acknowledged = {int(line.split()[1]) for line in lines if line.startswith("added")}
    check_sound(tmp_path / "a", acknowledged)
    with Archive.open(tmp_path / "a") as archive:
        list(archive.add([rows], workers=1))
        assert archive.search("ferry").total == 1_500
        assert archive.stats().captures == 1_500


_HOLDER = textwrap.dedent(
    """
    import sys, time
    from pathlib import Path
    from newsarchive.store.writing.store_writer import StoreWriter
    with StoreWriter(Path(sys.argv[1])):
        print("ready", flush=True)
        time.sleep(600)
    """
)


def test_a_second_writer_is_told_who_writes_and_readers_are_not_blocked(tmp_path: Path) -> None:
    """Waiting in silence looks like a hang; and a kill -9 must free the lock."""
    rows = write_dataset(tmp_path / "rows.jsonl", 3)
    folder = tmp_path / "a"
    with Archive.create(folder) as archive:
        list(archive.add([rows], workers=1))
        holder = start(_HOLDER, folder)
        try:
            assert holder.stdout is not None
            assert holder.stdout.readline() == "ready\n"
            with pytest.raises(ArchiveLocked) as caught:
                next(archive.add([rows], workers=1))
            assert f"process {holder.pid}" in caught.value.holder
            assert archive.reindex() == 3
            assert archive.search("ferry").total == 3
            with Archive.open(folder) as other:
                assert other.search("word1").total == 1
        finally:
            holder.kill()
            holder.communicate()
        assert {outcome.name for outcome in archive.add([rows], workers=1)} == {"unchanged"}


def test_searching_goes_on_while_another_process_writes(tmp_path: Path) -> None:
    """A search sees whole commits: as many articles as it says, and never fewer than before."""
    folder = tmp_path / "a"
    told: list[str] = []
    with Archive.open(folder, create=True, progress=notices(told)) as archive:
        list(archive.add([write_dataset(tmp_path / "first.jsonl", 50)], workers=1))
        adder = start(ADDER, folder, write_dataset(tmp_path / "rows.jsonl", 1_000, first=50))
        totals = []
        while adder.poll() is None:
            results = archive.search("ferry", limit=None)
            assert len(results) == results.total
            totals.append(results.total)
        _, errors = adder.communicate()
        assert errors == ""
        assert totals == sorted(totals)
        assert totals[0] >= 50
        assert archive.search("ferry").total == 1_050
        assert all("not searched yet" in line for line in told)
