"""Kill an act of corrections, families or refresh at each step that reaches the disk, and look.

    python kill_edits.py FOLDER ACT

Every attempt begins with a copy of one archive. After the kill the archive has to be sound and as
before or after the act, after it where that was acknowledged; done again, the act completes. Prints
the number of steps; whatever is wrong is an AssertionError.
"""

from __future__ import annotations

import json
import os
import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE), str(HERE.parent / "archive")]
from edited_site import Site, serving  # noqa: E402  (its folder is on the path only now)
from kill_steps import Killer, install  # noqa: E402

from newsarchive import Archive  # noqa: E402

TEXT = "The pilots met at noon in the old customs house of Port Almar, and the ferry waited for all of them. "


def prepare(folder: Path, site: Site) -> None:
    """An archive of copies of one story, and of a page of a site, which is then edited."""
    texts = [TEXT * 3, f"{TEXT * 3} It rained.", "Nobody said a word of the harbour dues that evening. " * 5]
    rows = [
        {"id": str(number), "headline": f"Report {number}", "text": text, "publisher": "Harbour Post"}
        for number, text in enumerate(texts)
    ]
    (folder / "rows.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    with Archive.create(folder / "a") as archive:
        archive.add(folder / "rows.jsonl", workers=1).finish()
        archive.add(f"{site.base}/4", workers=1, allow_private=True).finish()
    site.is_edited = True


def _set(archive: Archive) -> None:
    archive.corrections.set(1, {"headline": "Pilots walk out"}, because="printed edition")


def _unset(archive: Archive) -> None:
    if archive.corrections.of(2):
        archive.corrections.unset(2)


def _alias(archive: Archive) -> None:
    archive.corrections.alias("Post of Almar", "Harbour Post")


def _families(archive: Archive) -> None:
    archive.families.top()


def _refresh(archive: Archive) -> None:
    archive.versions.refresh(allow_private=True).finish()


# What is done, and what tells whether it is.
ACTS: dict[str, tuple[Callable[[Archive], None], Callable[[Archive], Any], Any]] = {
    "set": (_set, lambda archive: archive.article(1).headline, "Pilots walk out"),
    "unset": (_unset, lambda archive: archive.article(2).headline, "Report 1"),
    "alias": (_alias, lambda archive: archive.ids('publisher:"post of almar"').total, 3),
    "families": (_families, lambda archive: [len(each) for each in archive.families.top()], [2]),
    "refresh": (_refresh, lambda archive: len(archive.revisions(4)), 2),
}


# Of an act that starts processes to extract with, not every step is tried.
STRIDES = {"refresh": 7}


def attempt(folder: Path, act: Callable[[Archive], None], number: int) -> tuple[bool, bool]:
    """Do an act in a process that is killed before a step: whether it came to its end, and said so."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        install(Killer(number))
        with Archive.open(folder) as archive:
            act(archive)
            os.write(writing, b"done")
        os._exit(0)
    os.close(writing)
    code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    with os.fdopen(reading, "rb") as said:
        is_acknowledged = said.read() == b"done"
    assert code in (0, -9), code
    return code == 0, is_acknowledged


def main(base: Path, name: str) -> None:
    """Kill at one step after the other, until the act ends before its next."""
    act, look, wanted = ACTS[name]
    with serving(Site()) as site:
        prepare(base, site)
        with Archive.open(base / "a") as archive:
            archive.corrections.set(2, {"headline": "Said"}, because="printed edition")
            before = None if name == "families" else look(archive)
        shutil.rmtree(base / "a" / "index", ignore_errors=True)
        is_over, number = False, 0
        while not is_over:
            number += STRIDES.get(name, 1)
            shutil.copytree(base / "a", base / "work")
            is_over, is_acknowledged = attempt(base / "work", act, number)
            with Archive.open(base / "work") as archive:
                assert list(archive.verify()) == [], number
                found = look(archive)
                assert found == wanted or (found == before and not is_acknowledged), (number, found)
                act(archive)
                assert look(archive) == wanted, number
                assert list(archive.verify()) == [], number
            shutil.rmtree(base / "work")
    sys.stdout.write(f"{number}\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
