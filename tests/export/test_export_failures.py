"""What ends an export before its end: a full disk, a reader that leaves, a library that is not there."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

import pytest

from newsarchive.export.registry import formats

_EXTRAS = [name for name, form in formats().items() if form.extra is not None]
# All formats in one process: each start of the program costs more than its exports.
_RUN = """
import resource, sys
from newsarchive import Archive, NewsArchiveError
{before}
with Archive.open(sys.argv[1]) as archive:
    archive.search("harbour")
    {limit}
    for name in sys.argv[3:]:
        try:
            archive.export("harbour", to=sys.argv[2], format=name)
        except NewsArchiveError as error:
            print(name, type(error).__name__, error.message, "HINT", error.hint)
"""
# What a full disk does to a program: a write fails. Python ignores the signal that comes with it.
_FULL = "resource.setrlimit(resource.RLIMIT_FSIZE, (2000, 2000))"


def told(archive: Path, names: Iterable[str], to: Path, *, before: str = "", limit: str = "") -> list[str]:
    program = _RUN.format(before=before, limit=limit or "pass")
    arguments = [sys.executable, "-c", program, str(archive), str(to), *names]
    done = subprocess.run(arguments, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()


def test_a_full_disk_is_told_and_leaves_nothing(sample_folder: Path, tmp_path: Path) -> None:
    """One error of the project's tree in every format, and no half of an export that looks whole."""
    lines = told(sample_folder, formats(), tmp_path / "out", limit=_FULL)
    assert [line.split(" can't write")[0] for line in lines] == [f"{name} ExportError" for name in formats()]
    assert list(tmp_path.iterdir()) == []


def test_a_missing_library_is_named_with_what_to_install(sample_folder: Path, tmp_path: Path) -> None:
    """Not a traceback of an import."""
    absent = "sys.modules.update({'pyarrow': None, 'weasyprint': None})"
    lines = told(sample_folder, _EXTRAS, tmp_path / "out", before=absent)
    assert len(lines) == len(_EXTRAS)
    for name, line in zip(_EXTRAS, lines, strict=True):
        assert line.startswith(f"{name} ExportError")
        assert f"the extra {formats()[name].extra}" in line
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["jsonl", "epub"])
def test_a_reader_that_leaves_ends_an_export_quietly(sample_folder: Path, name: str) -> None:
    """As ``| head`` does."""
    program = [sys.executable, "-m", "newsarchive", "--archive", str(sample_folder)]
    program += ["export", "--format", name]
    with subprocess.Popen(program, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait(60) == 141
