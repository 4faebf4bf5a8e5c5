"""Extraction in worker processes that are killed when a page takes too long.

Plain subprocesses and pipes: a script that uses the library needs no
``__main__`` guard, nothing is forked under threads, nothing is pickled.
"""

from __future__ import annotations

import os
import subprocess
import sys
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from threading import Lock, Timer
from types import TracebackType
from typing import Any, BinaryIO, Self, cast

from newsarchive.errors import ExtractError
from newsarchive.extraction.workers.frames import error_of, read_frame, write_frame
from newsarchive.model import Article, Capture

# Loading lxml and trafilatura takes a second; on a machine with much else to do, many.
_START_SECONDS = 60.0
# Long use leaves memory in pieces; a worker that is replaced in time never meets its limit for that.
_MAX_JOBS = 2_000


class WorkerPool:
    """Extracts captures in up to ``workers`` processes, started as they are needed.

    A page over ``seconds`` or over ``memory_mb`` (where the system can limit
    it) fails with ExtractError; the others go on. Use it as a context manager:
    it leaves no process behind.
    """

    def __init__(self, workers: int, *, seconds: float = 10.0, memory_mb: int = 1024) -> None:
        self._seconds = seconds
        self._memory_mb = memory_mb
        self._threads = ThreadPoolExecutor(workers, thread_name_prefix="extract")
        self._lock = Lock()
        self._idle: list[_Worker] = []
        self._all: set[_Worker] = set()
        self._closed = False

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    def submit(self, capture: Capture) -> Future[Article]:
        """Queue a capture; the future raises ExtractError where no article comes out of it."""
        return self._threads.submit(self._extract, capture)

    def close(self) -> None:
        """End all workers, also those at work; what was still queued is cancelled."""
        with self._lock:
            self._closed = True
            workers = list(self._all)
        for worker in workers:
            worker.kill()
        self._threads.shutdown(wait=True, cancel_futures=True)

    def _extract(self, capture: Capture) -> Article:
        try:
            answer = self._ask(capture, self._take())
        except _Crashed as crash:
            if not crash.worn:
                raise
            # It may have died of what came before, or while idle: the page gets a worker of its own.
            answer = self._ask(capture, self._start())
        error = error_of(answer)
        if error is not None:
            raise error
        return Article.from_dict(answer)

    def _ask(self, capture: Capture, worker: _Worker) -> dict[str, Any]:
        try:
            return worker.ask(capture, seconds=self._seconds)
        finally:
            self._give_back(worker)

    def _take(self) -> _Worker:
        with self._lock:
            if self._idle and not self._closed:
                return self._idle.pop()
        return self._start()

    def _start(self) -> _Worker:
        with self._lock:
            if self._closed:
                raise ExtractError("extraction was stopped")
            worker = _Worker(self._memory_mb, self._seconds)
            self._all.add(worker)
            return worker

    def _give_back(self, worker: _Worker) -> None:
        with self._lock:
            if worker.usable and not self._closed:
                self._idle.append(worker)
                return
            self._all.discard(worker)
        worker.kill()


class _Crashed(ExtractError):
    """A worker died; ``worn`` tells whether it had extracted other captures before."""

    def __init__(self, *, worn: bool) -> None:
        super().__init__("extraction crashed", hint="the page may be damaged or hostile")
        self.worn = worn


class _Worker:
    """One process. Used by one thread at a time; ``kill`` may come from any."""

    def __init__(self, memory_mb: int, seconds: float) -> None:
        limits = (str(memory_mb), str(seconds), str(os.getpid()))
        self._process = subprocess.Popen(
            [sys.executable, "-P", "-m", "newsarchive.extraction.workers.worker", *limits],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            # Ctrl-C goes to a terminal's whole foreground group; the workers leave it to their parent.
            process_group=0 if sys.platform != "win32" else None,
        )
        self._requests = cast("BinaryIO", self._process.stdin)
        self._answers = cast("BinaryIO", self._process.stdout)
        self._ready = False
        self._late = False
        self._jobs = 0

    @property
    def usable(self) -> bool:
        """Whether the process can take another capture."""
        return not self._late and self._process.poll() is None and self._jobs < _MAX_JOBS

    def ask(self, capture: Capture, *, seconds: float) -> dict[str, Any]:
        """Extract a capture; raises ExtractError where the process dies or takes too long."""
        if not self._ready:
            if self._exchange(None, _START_SECONDS) is None:
                raise ExtractError("the extraction worker did not start", hint="try again")
            self._ready = True
        self._jobs += 1
        answer = self._exchange(capture, seconds)
        if answer is None:
            raise _Crashed(worn=self._jobs > 1)
        return answer

    def _exchange(self, capture: Capture | None, seconds: float) -> dict[str, Any] | None:
        """Send a capture, if any, and wait for the answer; None where the process died."""
        # Killing is the one way to stop a page inside a C library, and it ends the wait on any system.
        alarm = Timer(seconds, self._expire)
        alarm.daemon = True
        alarm.start()
        try:
            if capture is not None:
                write_frame(self._requests, _request(capture), capture.payload)
            frame = read_frame(self._answers)
        except (OSError, ValueError):
            frame = None
        alarm.cancel()
        if frame is None and self._late:
            raise ExtractError(
                f"extraction took longer than {seconds:g} s", hint="the page may be damaged or hostile"
            )
        return None if frame is None else frame[0]

    def _expire(self) -> None:
        self._late = True
        self._process.kill()

    def kill(self) -> None:
        """End the process at once and collect it; harmless where it has ended."""
        self._process.kill()
        self._process.wait()
        for stream in (self._requests, self._answers):
            with suppress(OSError, ValueError):
                stream.close()


def _request(capture: Capture) -> dict[str, Any]:
    return {
        "url": capture.url,
        "content_type": capture.content_type,
        "format": capture.format.word,
        "time_known": capture.time_known,
        "captured_at": capture.captured_at.isoformat(),
    }
