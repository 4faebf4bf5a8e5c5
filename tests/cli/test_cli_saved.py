"""``saved`` and ``watch`` as users and cron run them."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from cli_program import PROGRAM, Run, environment, run


@pytest.fixture
def archive(sample_copy: Path) -> Path:
    """An archive with a saved search."""
    assert call(sample_copy, "saved", "add", "pact", '"mutual aid pact"', "-published:2019").code == 0
    return sample_copy


def call(folder: Path, *arguments: str) -> Run:
    """Run a command on an archive."""
    return run("--archive", folder, *arguments)


def test_a_saved_search_runs_with_its_method(archive: Path) -> None:
    """The paragraph is what people come for."""
    listed = call(archive, "saved", "list").out
    assert listed == 'pact  "mutual aid pact" -published:2019\n'
    first = call(archive, "saved", "run", "pact")
    assert (first.code, " matched. The result is run 1 of" in " ".join(first.out.split())) == (0, True)
    method = call(archive, "saved", "run", "pact", "--method").out
    assert method.startswith("The archive “sample” (")
    assert "is run 1 of" in method
    assert [each["run"] for each in call(archive, "saved", "runs", "pact", "--json").json["runs"]] == [1]
    call(archive, "saved", "run", "pact")
    assert "It equals the result of run 1" in call(archive, "saved", "run", "pact", "--method").out
    assert method.count("\n") == 1


def test_a_run_as_json_names_all_its_articles(archive: Path) -> None:
    """Scripts compare runs."""
    found = call(archive, "search", "--ids", '"mutual aid pact"').out.split()
    document = call(archive, "saved", "run", "pact", "--json").json
    assert sorted(map(str, document["added"])) == sorted(found)
    assert document["since"] is None
    again = call(archive, "saved", "run", "pact", "--json").json
    assert (again["added"], again["removed"], again["changed"]) == ([], [], [])
    assert again["since"]["digest"] == document["digest"]
    assert sorted(call(archive, "saved", "run", "pact", "--ids").out.split()) == sorted(found)
    runs = call(archive, "saved", "runs", "pact", "--json").json["runs"]
    assert [each["run"] for each in runs] == [1, 2, 3]
    assert len(call(archive, "saved", "runs", "pact").out.splitlines()) == 3


def test_a_watch_prints_what_is_new_once(archive: Path, tmp_path: Path) -> None:
    """Cron mails what is printed, and acts on the exit code."""
    first = call(archive, "watch", "pact", "--json")
    assert first.code == 0
    assert len(first.json["searches"][0]["new"]) == first.json["searches"][0]["total"] > 0
    silent = call(archive, "watch")
    assert (silent.code, silent.out, silent.err) == (1, "", "")
    page = tmp_path / "new.txt"
    page.write_text("A second pact\n\nThe mutual aid pact of the ports was signed again by everyone here.\n")
    assert call(archive, "add", str(page)).code == 0
    news = call(archive, "watch")
    assert news.code == 0
    assert news.out.startswith("pact: 1 new\n")
    assert "A second pact" in news.out
    assert call(archive, "watch", "--ids").code == 1


def test_a_watch_that_nobody_read_tells_the_same_again(archive: Path) -> None:
    """A pipe that broke, a mail that failed: the news is still news."""
    process = subprocess.Popen(
        [*PROGRAM, "--archive", str(archive), "watch", "pact"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment(),
    )
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdout.close()
    process.stderr.read()
    process.stderr.close()
    assert process.wait() == 141
    assert call(archive, "watch", "pact", "--jsonl").out.count('"search": "pact"') > 0


def test_one_search_that_can_not_be_answered_does_not_silence_the_others(archive: Path) -> None:
    """Cron has run for a year; somebody removes a search that another one names."""
    call(archive, "saved", "add", "both", "query:pact OR strike")
    call(archive, "saved", "add", "other", "harbour")
    assert "both can't be answered without it" in call(archive, "saved", "remove", "pact").err
    news = call(archive, "watch")
    assert news.code == 3
    assert news.out.startswith("other: ")
    assert news.err.startswith("failed: both: there is no saved search 'pact'")
    document = call(archive, "watch", "--json")
    assert [each["name"] for each in document.json["searches"]] == ["other"]
    assert [each["name"] for each in document.json["failed"]] == ["both"]
    assert call(archive, "watch", "both").code == 2


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["saved", "run", "nope"], "no saved search is called nope"),
        (["saved", "remove", "nope"], "no saved search is called nope"),
        (["watch", "nope"], "no saved search is called nope"),
        (["saved", "add", "pact", "x"], "already"),
        (["saved", "add", "bad", "published:never"], "never"),
        (["saved", "add", "a b", "x"], "can't name"),
        (["saved", "run", "pact", "--since", "7"], "no run 7"),
        (["saved", "run", "pact", "--json", "--ids"], "exclude"),
        (["watch", "--json", "--ids"], "exclude"),
        (["saved"], "no command"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_what_can_not_be_done_is_said(archive: Path, arguments: list[str], message: str) -> None:
    """One line that says what, exit code 2."""
    done = call(archive, *arguments)
    assert (done.code, done.out) == (2, "")
    assert message in done.err
    assert "hint: " in done.err


def test_removed_searches_are_gone_and_nothing_is_left_to_watch(archive: Path) -> None:
    """An archive without saved searches says how to begin."""
    assert call(archive, "saved", "remove", "pact").code == 0
    assert call(archive, "saved", "list").out == ""
    assert call(archive, "saved", "list", "--json").json == {"format": 1, "searches": []}
    done = call(archive, "watch")
    assert done.code == 2
    assert "saved add NAME QUERY" in done.err


def test_a_search_that_finds_nothing_exits_with_1(archive: Path) -> None:
    """As search does."""
    call(archive, "saved", "add", "none", "xylographer")
    done = call(archive, "saved", "run", "none")
    assert done.code == 1
    assert "0 articles matched" in " ".join(done.out.split())


def test_a_list_of_queries_is_saved_run_listed_and_removed_as_one(archive: Path, tmp_path: Path) -> None:
    """Thousands of names are one thing to whoever keeps them."""
    names = tmp_path / "names.txt"
    names.write_text("ferry\nharbour\nno such word here\n")
    assert call(archive, "saved", "add", "names", "--batch", str(names)).code == 0
    assert "names  (a set of 3 queries)" in call(archive, "saved", "list").out
    first = call(archive, "saved", "run", "names")
    assert first.code == 0
    assert [line.split()[-1] for line in first.out.splitlines()] == ["ferry", "harbour", "here"]
    again = call(archive, "saved", "run", "names", "--json").json
    assert [run["added"] for run in again["runs"]] == [[], [], []]
    assert call(archive, "saved", "add", "names").code == 2
    assert call(archive, "saved", "remove", "names").code == 0
    assert "names" not in call(archive, "saved", "list").out
