"""``newsarchive serve`` as a process: started, asked over a real connection, ended."""

from __future__ import annotations

import signal
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from newsarchive.web.listening import listen, port_of


@contextmanager
def served(folder: Path, *options: str) -> Iterator[tuple[str, subprocess.Popen[str]]]:
    """The address of a server of its own, and its process."""
    command = [
        sys.executable,
        "-m",
        "newsarchive",
        "--archive",
        str(folder),
        "serve",
        "--port",
        "0",
        *options,
    ]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        try:
            yield process.stdout.readline().strip(), process
        finally:
            process.kill()


def test_the_address_that_is_told_answers_until_it_is_ended(sample_folder: Path) -> None:
    """Ctrl-C is the end that everybody gives it, and no failure."""
    with served(sample_folder) as (address, process):
        with urllib.request.urlopen(f"{address}?q=ferry") as answer:
            assert b"<mark>" in answer.read()
        process.send_signal(signal.SIGINT)
        assert process.wait(30) == 0


def test_an_address_that_is_taken_is_told_in_a_line(sample_folder: Path) -> None:
    """Not in a traceback."""
    with listen("127.0.0.1", 0) as taken:
        done = subprocess.run(
            [
                sys.executable,
                "-m",
                "newsarchive",
                "--archive",
                sample_folder,
                "serve",
                "--port",
                str(port_of(taken)),
            ],
            capture_output=True,
            text=True,
            check=False,
        )
    assert done.returncode == 2
    assert "is in use" in done.stderr
    assert "--port 0" in done.stderr


def test_other_machines_are_not_served_without_a_password(sample_folder: Path) -> None:
    """It is refused before anything listens."""
    done = subprocess.run(
        [sys.executable, "-m", "newsarchive", "--archive", sample_folder, "serve", "--host", "0.0.0.0"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 2
    assert "--password-file" in done.stderr
