"""Lists of addresses that were cut off: what was done of them, so that the next run goes on.

A file in the archive, a line an address, gone when its list is done. It is written after an
outcome is durable; what was archived in the moment between is known by its capture.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from newsarchive.acquire.reader import printable
from newsarchive.base.dates import utc_text
from newsarchive.errors import AcquireError
from newsarchive.pipeline.outcomes import Failed, Outcome
from newsarchive.store.writing.store_writer import StoreWriter

UNFINISHED = "unfinished"
_IS_ADDRESS = re.compile(r"https?://", re.IGNORECASE)


class UnfinishedList:
    """A list of addresses under a name, as far as it is done. Without a name nothing is kept of it."""

    def __init__(self, path: Path | None, begun: datetime, done: set[str], failed: list[Failed]) -> None:
        self._path = path
        self._begun = begun
        self._done = done
        self._failed = failed

    @classmethod
    def of(cls, name: str | None, writer: StoreWriter) -> UnfinishedList:
        """The list of a name, where a run over it was cut off; else a new one."""
        now = datetime.now(UTC)
        if name is None:
            return cls(None, now, set(), [])
        path = (
            writer.folder
            / UNFINISHED
            / f"{hashlib.sha256(name.encode('utf-8', 'replace')).hexdigest()[:24]}.jsonl"
        )
        lines = list(_lines(path))
        if not lines or "begun" not in lines[0]:
            path.parent.mkdir(exist_ok=True)
            path.write_text(_line({"list": name, "begun": utc_text(now)}), encoding="utf-8")
            return cls(path, now, set(), [])
        begun = datetime.fromisoformat(lines[0]["begun"])
        failed = [_failed(line) for line in lines[1:] if line.get("error")]
        done = {str(line.get("source")) for line in lines[1:]} | writer.fetched_since(begun)
        return cls(path, begun, done, failed)

    def left(self, sources: Iterable[str]) -> Iterable[str]:
        """The sources that are still to be done, as they are taken."""
        if self._path is None:
            return sources
        return (source for source in sources if self._is_left(source))

    def _is_left(self, source: str) -> bool:
        """An address that stands twice is asked once; files are as they are."""
        name = printable(source.strip())
        if name in self._done:
            return False
        if _IS_ADDRESS.match(name):
            self._done.add(name)
        return True

    def kept(self, outcomes: Iterable[Outcome]) -> Iterator[Outcome]:
        """Note each outcome; those that failed before are told again when all is done."""
        if self._path is None:
            yield from outcomes
            return
        with self._path.open("a", encoding="utf-8") as file:
            # A line that was cut by a kill ends here.
            file.write("\n")
            for outcome in outcomes:
                file.write(_line(_done(outcome)))
                file.flush()
                yield outcome
        yield from self._failed
        self._path.unlink(missing_ok=True)


def _done(outcome: Outcome) -> dict[str, Any]:
    if not isinstance(outcome, Failed):
        return {"source": outcome.source}
    error = {"error": outcome.error.message, "hint": outcome.error.hint}
    return {"source": outcome.source, **error, "status": outcome.status}


def _failed(line: dict[str, Any]) -> Failed:
    hint, status = line.get("hint"), line.get("status")
    error = AcquireError(
        str(line["error"]),
        hint=hint if isinstance(hint, str) else None,
        status=status if isinstance(status, int) else None,
    )
    return Failed(str(line.get("source")), error)


def _line(values: dict[str, Any]) -> str:
    return json.dumps(values, ensure_ascii=True) + "\n"


def _lines(path: Path) -> Iterator[dict[str, Any]]:
    if not path.is_file() or path.is_symlink():
        return
    with path.open(encoding="utf-8", errors="replace") as file:
        for line in file:
            try:
                found = json.loads(line)
            except ValueError:
                continue
            if isinstance(found, dict):
                yield found
