"""Standard streams that cron, daemons and careless scripts have closed."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from cli_program import PROGRAM, Run, environment, run

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="descriptors are closed by a POSIX shell")


def run_with(redirection: str, folder: Path, *arguments: str | Path) -> Run:
    """Run the program with a stream closed or replaced, as a shell does it."""
    command = [*PROGRAM, "--archive", str(folder), *map(str, arguments)]
    done = subprocess.run(
        ["sh", "-c", f'exec "$@" {redirection}', "sh", *command],
        env=environment(),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=False,
    )
    return Run(done.returncode, done.stdout.decode("utf-8"), done.stderr.decode("utf-8"))


@pytest.mark.parametrize(
    "arguments",
    [["search", "--ids", "strike"], ["search", "xylographer"], ["stats"], ["show", "99999"], ["serch"]],
    ids=" ".join,
)
def test_with_standard_error_closed_answers_and_codes_are_as_ever(
    sample_folder: Path, arguments: list[str]
) -> None:
    """A search that found something must not end with the code of one that found nothing."""
    usual = run("--archive", sample_folder, *arguments)
    closed = run_with("2>&-", sample_folder, *arguments)
    assert (closed.code, closed.out) == (usual.code, usual.out)


@pytest.mark.parametrize("redirection", [">&-", "1</dev/null"], ids=["closed", "opened for reading"])
@pytest.mark.parametrize(
    "arguments",
    [["search", "strike"], ["search", "--ids", "strike"], ["stats"], ["show", "1", "--raw"], ["export"]],
    ids=" ".join,
)
def test_an_answer_that_nobody_can_get_is_an_error_in_a_sentence(
    sample_folder: Path, redirection: str, arguments: list[str]
) -> None:
    """Neither a traceback nor the code of an answer that was given."""
    done = run_with(redirection, sample_folder, *arguments)
    assert done.code == 2
    assert done.err.startswith("newsarchive: there is nowhere to print to: standard output is closed\nhint: ")
    assert done.err.count("\n") == 2


def test_what_is_done_is_done_with_standard_output_closed(sample_copy: Path, tmp_path: Path) -> None:
    """A daemon adds pages and has nowhere to print; what it did went well."""
    page = tmp_path / "page.txt"
    page.write_text("Harbour reopens after the storm\n\n" + "The ships came back on Monday morning. " * 20)
    assert run_with(">&-", sample_copy, "add", page).code == 0
    assert run_with(">&- 2>&- <&-", sample_copy, "add", page, "nothing.html").code == 3
    assert run_with(">&-", sample_copy, "reindex").code == 0
    assert run("--archive", sample_copy, "verify").code == 0


def test_news_that_could_not_be_told_is_told_again(sample_copy: Path) -> None:
    """A watch with standard output closed must not take its news for told."""
    assert run("--archive", sample_copy, "saved", "add", "pact", "pact").code == 0
    assert run_with(">&-", sample_copy, "watch").code == 2
    assert run("--archive", sample_copy, "watch", "--ids").code == 0
    assert run_with("2>&-", sample_copy, "watch").code == 1


def test_standard_input_that_is_closed_is_empty(sample_copy: Path) -> None:
    """It must not be a descriptor that something else was opened under."""
    done = run_with("<&-", sample_copy, "add", "-")
    assert done.code == 3
    assert done.err.startswith("failed: ")
