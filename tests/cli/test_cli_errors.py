"""What wrong input gets: one line that says what, one that says what to do, and an exit code."""

from __future__ import annotations

import os
import pty
import re
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from cli_program import PROGRAM, environment, run

from newsarchive.store.writer_lock import writer_lock


@pytest.fixture(scope="module")
def empty_archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("cli") / "empty"
    assert run("init", folder).code == 0
    return folder


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        pytest.param(["serch"], "there is no command serch", id="a command that is none"),
        pytest.param(
            ["search", "--limt", "3"],
            "(did you mean --limit?)",
            id="an option that is none",
        ),
        pytest.param(["stats", "--archive", "x"], "--archive stands before", id="an option of the program"),
        pytest.param(
            ["search", "--sort", "best"],
            "can't be 'best', but one of",
            id="a sort that is none",
        ),
        pytest.param(["search", "--limit", "0"], "--limit must be 1 or more", id="no hits wanted"),
        pytest.param(["search", "--json", "--ids"], "exclude each other", id="two forms at once"),
        pytest.param(["show"], "ID is missing", id="an argument that is missing"),
        pytest.param(["show", "x"], "ID must be a whole number", id="an id that is no number"),
        pytest.param(["show", "9999999"], "no article has the id 9999999", id="an unknown id"),
        pytest.param(["show", "9" * 30], "no article has the id", id="an id beyond SQLite's integers"),
        pytest.param(["show", "1", "2"], "more than was asked for: 2", id="an argument too many"),
        pytest.param(["search", "--limit"], "--limit needs a value", id="an option without its value"),
        pytest.param(["search", "--ids=3"], "--ids takes no value", id="a value where none is taken"),
        pytest.param(["add"], "nothing to add", id="nothing to add"),
        pytest.param(["add", "--urls", "/no/such/list"], "can't read the list", id="a list that is missing"),
        pytest.param(["add", "-", "--urls", "-"], "at once", id="standard input twice"),
        pytest.param(["add", "x.html", "--workers", "0"], "--workers must be 1 or more", id="no workers"),
        pytest.param(["export", "--format", "ledger"], "no such format: ledger", id="a format that is none"),
        pytest.param(
            ["export", "-o", "/no/such/folder/x"], "can't write", id="an output that can't be written"
        ),
        pytest.param(["search", "--after", "someday"], "'someday' is not a date", id="a date that is none"),
        pytest.param(["refresh"], "which articles are meant?", id="the whole archive from the web unasked"),
        pytest.param(["tag", "ferry", "+"], "+ names no tag", id="a sign without a tag"),
        pytest.param(["feed", "add", "feed"], "feed is no web address", id="an address that is none"),
        pytest.param(["sign", "--key", "/no/such/key"], "is no file", id="a key that is missing"),
        pytest.param(
            ["set", "1", "published=2024-13-45", "--because", "x"],
            "there is no such date: '2024-13-45'",
            id="a day that no month has",
        ),
        pytest.param(["timeline", "--json", "--csv"], "exclude each other", id="two forms of a timeline"),
    ],
)
def test_wrong_usage_is_told_in_a_line_with_a_hint(
    sample_folder: Path, arguments: list[str], message: str
) -> None:
    """Whoever mistypes must read what was wrong, not a traceback."""
    done = run("--archive", sample_folder, *arguments)
    assert (done.code, done.out) == (2, "")
    first, second, *more = done.err.splitlines()
    assert first.startswith("newsarchive: ")
    assert message in first
    assert second.startswith("hint: ")
    assert not more


@pytest.mark.parametrize(
    "command", [["search", "x"], ["stats"], ["add", "x.html"], ["verify"], ["show", "1"]]
)
def test_a_folder_without_an_archive_names_the_command_that_makes_one(
    tmp_path: Path, command: list[str]
) -> None:
    """The first thing that a newcomer gets wrong."""
    done = run(*command, cwd=tmp_path)
    assert done.code == 2
    assert "newsarchive init" in done.err
    assert "Traceback" not in done.err


def test_a_folder_that_is_no_archive_is_refused(tmp_path: Path) -> None:
    """Nothing is written into a folder that somebody uses for something else."""
    (tmp_path / "letter.txt").write_text("Dear reader")
    assert run("--archive", tmp_path, "stats").code == 2
    done = run("init", tmp_path)
    assert done.code == 2
    assert "letter.txt" in done.err
    assert [entry.name for entry in tmp_path.iterdir()] == ["letter.txt"]


def test_an_archive_of_a_newer_version_is_refused(sample_copy: Path) -> None:
    """An old program must not write into what it does not understand."""
    manifest = sample_copy / "newsarchive.toml"
    manifest.write_text(re.sub(r"format = \d+", "format = 99", manifest.read_text()))
    done = run("--archive", sample_copy, "stats")
    assert done.code == 2
    assert "upgrade newsarchive" in done.err


def test_a_fault_in_a_query_is_pointed_at(sample_folder: Path) -> None:
    """A long query is mended where the caret stands."""
    done = run("--archive", sample_folder, "search", "strike", "published:someday")
    assert done.code == 2
    _, query, caret, hint = done.err.splitlines()
    assert query[caret.index("^") :] == "someday"
    assert hint.startswith("hint: ")


def test_the_caret_stands_under_the_fault_behind_wide_letters_and_in_long_queries(
    sample_folder: Path,
) -> None:
    """Columns of a terminal are not characters, and a terminal has few."""
    wide = run("--archive", sample_folder, "search", "港口 published:someday").err.splitlines()
    assert wide[2].index("^") == 2 + 4 + len(" published:")
    long = run("--archive", sample_folder, "search", "word " * 100 + "published:someday").err.splitlines()
    assert long[1][long[2].index("^") :] == "someday"
    assert len(long[1]) <= 80


def test_nothing_found_is_exit_code_1(sample_folder: Path) -> None:
    """Scripts tell "no hits" from "failed"."""
    done = run("--archive", sample_folder, "search", "xyzzyplugh")
    assert (done.code, done.out) == (1, "")
    assert done.err.startswith("nothing found\nhint: ")


def test_damaged_sources_are_named_and_the_rest_is_archived(tmp_path: Path, empty_archive: Path) -> None:
    """One bad input never stops a run, and none goes unnoticed."""
    (tmp_path / "empty.html").write_bytes(b"")
    (tmp_path / "image.html").write_bytes(b"\x89PNG\r\n\x1a\n\x00\x00")
    (tmp_path / "cut.html.gz").write_bytes(b"\x1f\x8b\x08\x00\x00\x00")
    (tmp_path / "rows.jsonl").write_text('{"title": "Harbour quiet", "body": "All ships left."}\nnot JSON\n')
    done = run("--archive", empty_archive, "add", tmp_path, tmp_path / "missing.html")
    assert done.code == 3
    failed = [line for line in done.err.splitlines() if line.startswith("failed: ")]
    for name in ("empty.html", "cut.html.gz", "rows.jsonl:2", "missing.html"):
        assert any(f"{name}: " in line for line in failed), name
    assert len(failed) == 4
    assert done.out.endswith(" 4 failed\n")
    # An image among pages is no failure, whatever its name says.
    assert "1 not read" in done.err
    assert run("--archive", empty_archive, "search", "harbour").code == 0


def test_a_folder_with_nothing_usable_is_a_failure(tmp_path: Path, empty_archive: Path) -> None:
    """An empty run must not look like a success."""
    folder = tmp_path / "nothing"
    folder.mkdir()
    done = run("--archive", empty_archive, "add", folder)
    assert done.code == 3
    assert done.err.startswith(f"failed: {folder}")


def test_an_unreadable_file_is_a_failure(tmp_path: Path, empty_archive: Path) -> None:
    """Its reason is the system's."""
    page = tmp_path / "page.html"
    page.write_text("<p>secret")
    page.chmod(0)
    if os.access(page, os.R_OK):
        pytest.skip("this user may read everything")
    assert run("--archive", empty_archive, "add", page).code == 3


def test_a_private_address_is_refused(empty_archive: Path) -> None:
    """A list of strangers' URLs must not reach into the user's network."""
    done = run("--archive", empty_archive, "add", "http://127.0.0.1:9/")
    assert done.code == 3
    assert "--allow-private" in done.err


def test_a_dead_host_is_a_failure(empty_archive: Path) -> None:
    """A refused connection is the source's fault, not the program's."""
    done = run("--archive", empty_archive, "add", "--allow-private", "http://127.0.0.1:9/")
    assert done.code == 3
    assert done.err.startswith("failed: http://127.0.0.1:9/: ")


def test_a_second_writer_is_told_who_writes(sample_copy: Path, tmp_path: Path) -> None:
    """Two writers would damage the archive; the second one learns what to wait for."""
    page = tmp_path / "page.html"
    page.write_text("<p>Some page")
    with writer_lock(sample_copy):
        done = run("--archive", sample_copy, "add", page)
    assert done.code == 2
    assert str(os.getpid()) in done.err


def test_an_unexpected_error_is_one_line_and_debug_shows_the_traceback(sample_copy: Path) -> None:
    """No traceback reaches a user who did not ask for it."""
    (sample_copy / "archive.db").write_bytes(b"this is no database" * 500)
    plain = run("--archive", sample_copy, "stats")
    assert plain.code == 2
    assert "Traceback" not in plain.err
    assert "Traceback" in run("--archive", sample_copy, "--debug", "stats").err


def test_interrupting_leaves_one_line_and_what_was_saved(empty_archive: Path) -> None:
    """Ctrl-C says that nothing is lost and how to go on."""
    process = subprocess.Popen(
        [*PROGRAM, "--archive", str(empty_archive), "add", "--jsonl", "--urls", "-"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment(PYTHONUNBUFFERED="1"),
    )
    assert process.stdin is not None
    # The pipe takes more than it can hold only once the program reads: it is past its start then.
    process.stdin.write(b"# waiting\n" * 20_000)
    process.stdin.flush()
    process.send_signal(signal.SIGINT)
    out, err = process.communicate()
    assert (process.returncode, out) == (130, b"")
    assert err.decode().startswith("newsarchive: interrupted")
    assert err.count(b"\n") == 1


def test_a_list_is_read_as_it_comes(empty_archive: Path) -> None:
    """Another program may find addresses for days; what it found is archived meanwhile."""
    page = empty_archive.parent / "page.txt"
    page.write_text("Harbour reopens after the storm\n\n" + "The ships came back on Monday. " * 20)
    endless = [sys.executable, "-c", f"while True: print({str(page)!r})"]
    with subprocess.Popen(endless, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as finder:
        adder = subprocess.Popen(
            [*PROGRAM, "--archive", str(empty_archive), "add", "--jsonl", "--urls", "-"],
            stdin=finder.stdout,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        assert adder.stdout is not None
        assert b'"added"' in adder.stdout.readline()
        adder.kill()
        adder.communicate()
        finder.kill()


def test_a_reader_that_goes_away_ends_the_program_quietly(sample_folder: Path) -> None:
    """``newsarchive export | head -1`` is no error."""
    reading, writing = os.pipe()
    os.close(reading)
    done = subprocess.run(
        [*PROGRAM, "--archive", str(sample_folder), "export"],
        stdout=writing,
        stderr=subprocess.PIPE,
        check=False,
    )
    os.close(writing)
    assert (done.returncode, done.stderr) == (141, b"")


def test_raw_bytes_are_not_written_to_a_terminal(sample_folder: Path) -> None:
    """The bytes are a stranger's; a terminal obeys them."""
    leader, follower = pty.openpty()
    done = subprocess.run(
        [*PROGRAM, "--archive", str(sample_folder), "show", "1", "--raw"],
        stdout=follower,
        stderr=subprocess.PIPE,
        check=False,
    )
    os.close(follower)
    os.close(leader)
    assert done.returncode == 2
    assert b"> page.html" in done.stderr
