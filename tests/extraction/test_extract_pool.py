"""Extraction in processes that can be killed."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import textwrap
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO, cast

import pytest
from extract_pages import BODY, html

from newsarchive.errors import ExtractError
from newsarchive.extraction import extract
from newsarchive.extraction.workers.frames import write_frame
from newsarchive.extraction.workers.worker_pool import WorkerPool
from newsarchive.formats import PageFormat
from newsarchive.model import Capture

NOW = datetime(2024, 11, 1, tzinfo=UTC)
STORY = html(f"<article><h1>Ferry stays</h1>{BODY}</article>").encode()
# What is nested too deep for lxml is read by a slower parser: five seconds of processor time.
SLOW = html("<div>" * 200_000 + BODY).encode()


def _capture(payload: bytes) -> Capture:
    return Capture(
        payload=payload,
        source="test",
        captured_at=NOW,
        format=PageFormat.HTML,
        url="https://example.org/2024/ferry-stays",
    )


def _children(pid: int) -> list[str]:
    lists = Path(f"/proc/{pid}/task").glob("*/children")
    return sorted(child for path in lists for child in path.read_text().split())


def test_worker_extracts_what_the_library_extracts() -> None:
    """Processes are an implementation detail."""
    expected = extract(STORY, url="https://example.org/2024/ferry-stays", captured_at=NOW)
    with WorkerPool(2) as pool:
        futures = [pool.submit(_capture(STORY)) for _ in range(4)]
        assert [future.result() for future in futures] == [expected] * 4


def test_refusal_comes_back_with_its_reason_and_hint() -> None:
    """The worker's error is the library's error."""
    with WorkerPool(1) as pool, pytest.raises(ExtractError, match="empty") as caught:
        pool.submit(_capture(b"")).result()
    assert caught.value.hint


def test_page_over_its_time_fails_and_the_next_one_does_not() -> None:
    """A hostile page costs its own time and nobody else's."""
    with WorkerPool(1, seconds=3.0) as pool:
        slow, story = pool.submit(_capture(SLOW)), pool.submit(_capture(STORY))
        with pytest.raises(ExtractError, match="longer than 3 s"):
            slow.result()
        assert story.result().headline == "Ferry stays"


@pytest.mark.skipif(sys.platform != "linux", reason="other systems do not limit memory")
def test_page_over_its_memory_fails() -> None:
    """A page must not take the machine's memory."""
    with (
        WorkerPool(1, seconds=60, memory_mb=60) as pool,
        pytest.raises(ExtractError, match=r"memory|crashed"),
    ):
        pool.submit(_capture(SLOW)).result()


@pytest.mark.skipif(sys.platform != "linux", reason="lists of children are read as Linux has them")
def test_killed_worker_is_replaced() -> None:
    """The system kills processes when memory is short; the run goes on."""
    with WorkerPool(1) as pool:
        pool.submit(_capture(STORY)).result()
        for child in _children(os.getpid()):
            os.kill(int(child), signal.SIGKILL)
        assert pool.submit(_capture(STORY)).result().headline == "Ferry stays"


@pytest.mark.skipif(sys.platform != "linux", reason="lists of children are read as Linux has them")
def test_pool_leaves_no_process_behind() -> None:
    """Also not those that were still at work."""
    before = _children(os.getpid())
    with WorkerPool(2) as pool:
        pool.submit(_capture(STORY)).result()
        pool.submit(_capture(SLOW))
    assert _children(os.getpid()) == before


def test_captures_after_the_end_are_refused() -> None:
    """A pool that was closed starts nothing."""
    pool = WorkerPool(1)
    pool.close()
    with pytest.raises(RuntimeError):
        pool.submit(_capture(STORY))


@pytest.mark.skipif(sys.platform != "linux", reason="processes are looked up as Linux lists them")
def test_workers_end_when_their_parent_is_killed() -> None:
    """Nobody is left to end them, so their input ends them."""
    script = textwrap.dedent(
        """
        import sys
        from datetime import UTC, datetime
        from newsarchive.extraction.workers.worker_pool import WorkerPool
        from newsarchive.formats import PageFormat
        from newsarchive.model import Capture
        pool = WorkerPool(1)
        now = datetime.now(UTC)
        page = Capture(payload=b"The ferry stays.", source="x", captured_at=now, format=PageFormat.TEXT)
        pool.submit(page).result()
        print("ready", flush=True)
        sys.stdin.read()
        """
    )
    parent = subprocess.Popen([sys.executable, "-c", script], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert parent.stdout is not None
    assert parent.stdin is not None
    assert parent.stdout.readline() == b"ready\n"
    (worker,) = _children(parent.pid)
    parent.kill()
    parent.wait()
    parent.stdin.close()
    parent.stdout.close()
    while _is_running(worker):
        time.sleep(0.01)


_ENDLESS = """
import re, sys
import newsarchive.extraction.workers.worker as worker
worker._answer = lambda *page: re.match("(a+)+$", "a" * 60 + "b")
sys.argv = ["worker", "0", "0.2", "0"]
worker.main()
"""


def test_a_page_that_never_ends_ends_its_worker_where_nobody_is_left_to() -> None:
    """A pattern that never comes back keeps Python's own threads and signals from running."""
    worker = subprocess.Popen(
        [sys.executable, "-c", _ENDLESS],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert worker.stdin is not None
    write_frame(cast("BinaryIO", worker.stdin), {"url": None})
    # What it is asked is never answered, and its input stays open.
    assert worker.wait() != 0
    worker.communicate()


_PARENT = """
import os, subprocess, sys
module = "newsarchive.extraction.workers.worker"
worker = subprocess.Popen([sys.executable, "-P", "-m", module, "0", "10", str(os.getpid())])
print(worker.pid, flush=True)
os.kill(os.getpid(), 9)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="processes are looked up as Linux lists them")
def test_a_worker_ends_with_its_parent_though_its_input_stays_open() -> None:
    """Processes that were forked meanwhile may hold the other end of it for ever."""
    parent = subprocess.Popen(
        [sys.executable, "-c", _PARENT], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    assert parent.stdout is not None
    worker = parent.stdout.readline().decode().strip()
    while _is_running(worker):
        time.sleep(0.01)
    parent.communicate()


def _is_running(pid: str) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().split()[2] != "Z"
    except OSError:
        return False
