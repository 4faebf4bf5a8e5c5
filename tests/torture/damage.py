"""Archives that something was altered in are used: each act is done, or is an error with a hint."""

from __future__ import annotations

import random
import shutil
import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from alterations import alter, write_pristine

from newsarchive import Archive, NewsArchiveError

sys.path.insert(0, str(Path(__file__).parents[1] / "archive"))
from archive_data import write_dataset


def _read_all(archive: Archive) -> None:
    for article_id in archive.ids("ferry"):
        archive.revisions(article_id)
        for capture in archive.captures(article_id):
            archive.payload(capture)


def _write(archive: Archive) -> None:
    archive.add(write_dataset(archive.folder.parent / "more.jsonl", 9, first=2), workers=1).finish()


def _save(archive: Archive) -> None:
    for each in archive.saved:
        archive.saved.runs(each.name)
        archive.saved.run(each.name)
    archive.saved.remove("quays")


ACTS: dict[str, Callable[[Archive], object]] = {
    "search": lambda archive: list(archive.search("ferry OR published:2024", facets=("publisher", "author"))),
    "listing": lambda archive: list(archive.search("", sort="newest")),
    "read": _read_all,
    "export": lambda archive: archive.export("", to=archive.folder.parent / "out.jsonl"),
    "report": lambda archive: archive.report("", to=archive.folder.parent / "out.html"),
    "timeline": lambda archive: archive.timeline("ferry"),
    "coverage": lambda archive: archive.coverage(),
    "stats": lambda archive: archive.stats(),
    "similar": lambda archive: archive.similar(1),
    "families": lambda archive: archive.families.top(),
    "saved": _save,
    "add": _write,
    "reextract": lambda archive: list(archive.reextract("all", workers=1)),
    "reindex": lambda archive: archive.reindex(),
    "adopt": lambda archive: list(archive.keeping.adopt()),
    "verify": lambda archive: list(archive.verify()),
}


class Damage:
    """One alteration, then acts at random."""

    def __init__(self, base: Path) -> None:
        self._pristine, self._work = base / "pristine", base / "damaged"
        write_pristine(self._pristine)

    def attempt(self, rng: random.Random) -> Counter[str]:
        """One."""
        shutil.rmtree(self._work, ignore_errors=True)
        shutil.copytree(self._pristine, self._work / "a")
        name = alter(rng, self._work / "a")
        counts: Counter[str] = Counter()
        for act in rng.sample(list(ACTS), 5):
            try:
                with Archive.open(self._work / "a") as archive:
                    ACTS[act](archive)
                counts["acts done"] += 1
            except Exception as error:
                if not isinstance(error, NewsArchiveError) or not error.hint:
                    raise AssertionError(f"{act} after {name}: {error!r}, no hint") from error
                counts["acts refused"] += 1
        return counts

    def close(self) -> None:
        """Nothing was started."""
