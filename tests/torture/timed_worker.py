"""One process that extracts, of which the processor time of each page is known."""

from __future__ import annotations

import contextlib
import subprocess
import sys
from pathlib import Path
from threading import Timer
from typing import Any, BinaryIO, cast

from newsarchive.extraction.workers.frames import read_frame, write_frame

# A machine may have much else to do: a page that hangs is told from one that waits by far.
_PATIENCE_SECONDS = 300.0


class TimedWorker:
    """A worker with the memory that ``add`` gives it."""

    def __init__(self) -> None:
        self._start()

    def _start(self) -> None:
        command = [sys.executable, "-P", "-m", "newsarchive.extraction.workers.worker", "1024"]
        self._process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        )
        read_frame(cast("BinaryIO", self._process.stdout))

    def ask(
        self, page: bytes, url: str | None, content_type: str | None, form: str
    ) -> tuple[float, dict[str, Any] | None]:
        """Processor seconds and the answer; None where the process died of it, or had to be killed."""
        header = {
            "url": url,
            "content_type": content_type,
            "captured_at": "2024-11-03T12:00:00+00:00",
            "format": form,
            "time_known": True,
        }
        before, alarm = self._spent(), Timer(_PATIENCE_SECONDS, self._process.kill)
        alarm.start()
        frame = None
        with contextlib.suppress(OSError):
            write_frame(cast("BinaryIO", self._process.stdin), header, page)
            frame = read_frame(cast("BinaryIO", self._process.stdout))
        alarm.cancel()
        if frame is None:
            self.close()
            self._start()
            return float("inf"), None
        return self._spent() - before, frame[0]

    def _spent(self) -> float:
        # In nanoseconds, as Linux tells it: a hundredth of a second would be too coarse.
        return int(Path(f"/proc/{self._process.pid}/schedstat").read_text().split()[0]) / 1e9

    def close(self) -> None:
        """End it."""
        self._process.kill()
        self._process.communicate()
