"""``engine.json``: what tells our own index, undamaged and of this version, from anything else.

It names the archive, the versions and the segments of the index, and for each
of its files size, time and SHA-256; a digest of its own closes it. What does
not agree is not opened, so another archive's or version's index and truncated,
changed or missing files mean a rebuild, never a wrong answer.

Whoosh keeps the same list of segments in a table of contents, which is a pickle:
reading one can run code. It is written, for Whoosh's other tools, and its digest
tells which commit the folder holds, but it is never read. So an index that came
with a stranger's archive, forged together with its marker, may answer wrongly, but
runs nothing. Deleting ``index/`` of such an archive makes its index one's own.

A commit writes the marker first, describing the state before and the state
after, then renames the new table of contents into place. Whichever of the two
tables a killed process leaves, the marker describes it.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from newsarchive.base.frozen import frozen
from newsarchive.search.text.analysis import ANALYZER_VERSION
from newsarchive.search.text.stemming import stemmer_version
from newsarchive.search.whoosh.layout import INDEX_VERSION

FORMAT = 1
_TOC = re.compile(r"_MAIN_(\d{1,18})\.toc")


@frozen
class FileMark:
    """What a file looked like when it was written."""

    size: int
    modified: int
    sha256: str

    @classmethod
    def of(cls, path: Path) -> FileMark:
        """Mark a file as it is now."""
        status = path.stat()
        with path.open("rb") as stream:
            digest = hashlib.file_digest(stream, "sha256").hexdigest()
        return cls(status.st_size, status.st_mtime_ns, digest)

    def fits(self, path: Path) -> bool:
        """Whether a file is unchanged: by size and time, or, where it was copied, by its digest."""
        status = path.stat()
        if status.st_size != self.size:
            return False
        return status.st_mtime_ns == self.modified or self.of(path).sha256 == self.sha256


@frozen
class SegmentMark:
    """A segment as of a commit: Whoosh's name of it, how many articles it holds, which are deleted."""

    name: str
    count: int
    deleted: Sequence[int]


@frozen
class State:
    """One commit: the last change in it, its table of contents, its segments, and its files by name.

    Searching reads the segments from here and never opens Whoosh's table of contents.
    """

    last_change: int
    toc: str
    toc_sha256: str
    segments: Sequence[SegmentMark]
    files: Mapping[str, FileMark]

    def fault(self, folder: Path) -> str | None:
        """Tell what is wrong with the files of this commit, if anything."""
        for name, mark in self.files.items():
            try:
                if not mark.fits(folder / name):
                    return f"{name} is damaged"
            except OSError as error:
                return f"{name} can't be read: {error.strerror}"
        return None


class Marker:
    """The marker of one archive's index in one folder."""

    def __init__(self, folder: Path, archive: str) -> None:
        self.folder = folder
        self.archive = archive
        # The stamp of the marker's file when it last told for sure which commit is the newest.
        self._known: tuple[tuple[int, ...], State] | None = None

    @property
    def path(self) -> Path:
        """Where it is."""
        return self.folder / "engine.json"

    def states(self) -> Sequence[State]:
        """The commits described; none if there is no marker, or another archive's or version's."""
        try:
            data = json.loads(self.path.read_bytes())
            if data.pop("sha256") != _digest(data):
                return ()
            if {key: data[key] for key in self._identity()} != self._identity():
                return ()
            return [_state(item) for item in data["states"]]
        except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
            return ()

    def write(self, states: Iterable[State]) -> None:
        """Replace the marker in one step."""
        data = self._identity() | {"states": [_to_json(state) for state in states]}
        temporary = self.path.with_suffix(".tmp")
        temporary.write_text(json.dumps(data | {"sha256": _digest(data)}), encoding="utf-8")
        temporary.replace(self.path)

    def current(self) -> State | None:
        """The commit that the folder holds: the one whose table of contents is there, with its digest."""
        signature = _signature(self.path)
        if self._known and self._known[0] == signature:
            return self._known[1]
        states = self.states()
        state = self._find(states)
        # A commit under way writes its table of contents after the marker, which stays as it is.
        is_last = state is not None and state is states[-1] and signature == _signature(self.path)
        self._known = (signature, state) if state is not None and is_last else None
        return state

    def _find(self, states: Iterable[State]) -> State | None:
        toc = latest_toc(self.folder)
        if toc is None:
            return None
        try:
            data = (self.folder / toc).read_bytes()
        except OSError:
            return None
        digest = hashlib.sha256(data).hexdigest()
        return next((state for state in states if state.toc == toc and state.toc_sha256 == digest), None)

    def _identity(self) -> dict[str, Any]:
        return {
            "format": FORMAT,
            "archive": self.archive,
            "analyzer": ANALYZER_VERSION,
            "stemmer": stemmer_version(),
            "index": INDEX_VERSION,
        }


def latest_toc(folder: Path) -> str | None:
    """The name of the newest table of contents in a folder."""
    try:
        names = [path.name for path in folder.iterdir() if _TOC.fullmatch(path.name)]
    except OSError:
        return None
    return max(names, key=toc_generation, default=None)


def toc_generation(name: str) -> int:
    """The number of a commit, from the name of its table of contents. Raises ValueError for other names."""
    match = _TOC.fullmatch(name)
    if match is None:
        raise ValueError(f"not a table of contents: {name}")
    return int(match[1])


def _signature(path: Path) -> tuple[int, ...]:
    """What changes when a file is replaced; empty if there is none."""
    try:
        status = path.stat()
    except OSError:
        return ()
    return status.st_ino, status.st_size, status.st_mtime_ns


def _digest(data: Mapping[str, Any]) -> str:
    return hashlib.sha256(json.dumps(data, sort_keys=True).encode()).hexdigest()


def _to_json(state: State) -> dict[str, Any]:
    # Written out instead of dataclasses.asdict, which copies every deleted number one by one.
    return {
        "last_change": state.last_change,
        "toc": state.toc,
        "toc_sha256": state.toc_sha256,
        "segments": [[mark.name, mark.count, mark.deleted] for mark in state.segments],
        "files": {name: [mark.size, mark.modified, mark.sha256] for name, mark in state.files.items()},
    }


def _state(data: Mapping[str, Any]) -> State:
    files = {str(name): FileMark(*mark) for name, mark in data["files"].items()}
    segments = [SegmentMark(*mark) for mark in data["segments"]]
    return State(int(data["last_change"]), str(data["toc"]), str(data["toc_sha256"]), segments, files)
