"""What users of the command line are told to do, and that the library tells nobody to type it."""

from __future__ import annotations

import ast
import pickle
import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import pytest
from cli_program import run

from newsarchive.cli.app import COMMANDS, GROUPS
from newsarchive.cli.remedies import COMMANDS as TYPED
from newsarchive.cli.remedies import with_command
from newsarchive.errors import ExtractError, Hint, Remedy, extra
from newsarchive.extraction.workers.frames import error_fields, error_of

ROOT = Path(__file__).parents[2]
LIBRARY = ROOT / "src" / "newsarchive"
OPTIONS = set(
    re.findall(r"--[a-z][a-z-]*", (ROOT / "docs/reference/command-line.md").read_text(encoding="utf-8"))
)
# What is exported for people to read, not said to a caller.
_DOCUMENTS = {
    LIBRARY / "export" / "evidence" / "bag_page.py",
    LIBRARY / "keeping" / "backups" / "instructions.py",
}


def _texts(path: Path) -> Iterator[str]:
    """The texts of a module that it says when it runs: all but docstrings."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    said_of = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in said_of:
            yield node.value


def _typed(text: str) -> list[str]:
    """What only somebody at a shell can type."""
    commands = re.findall(rf"\bnewsarchive (?:{'|'.join(COMMANDS)})\b", text)
    options = [each for each in re.findall(r"(?<![\w-])--[a-z][a-z-]*", text) if each in OPTIONS]
    return [*commands, *options, *re.findall(r"\bpip3? install\b", text)]


def test_the_library_names_no_command_and_no_option() -> None:
    """A web page and a notebook show the same hints; each front end says how its own users do it."""
    modules = [path for path in LIBRARY.rglob("*.py") if path.relative_to(LIBRARY).parts[0] != "cli"]
    assert len(modules) > 200
    named = {
        str(path.relative_to(LIBRARY)): found
        for path in modules
        if path not in _DOCUMENTS and (found := [each for text in _texts(path) for each in _typed(text)])
    }
    assert not named


@pytest.mark.parametrize("said", ["run newsarchive reindex", "use --allow-private", "pip install x"])
def test_what_only_a_shell_knows_is_told_from_prose(said: str) -> None:
    """A rule that finds nothing would hold of anything."""
    assert _typed(said)


@pytest.mark.parametrize("remedy", Remedy)
def test_every_remedy_is_a_command_or_an_option_that_exists(remedy: Remedy) -> None:
    """A hint that names what the program does not have is worse than none."""
    words = shlex.split(TYPED[remedy].replace("{}", "NAME"))
    if words[:2] == ["pip", "install"]:
        return
    assert {each for each in words if each.startswith("--")} <= OPTIONS
    if words[0] == "newsarchive":
        assert words[1] in COMMANDS
        assert words[1] not in GROUPS or words[2] in GROUPS[words[1]]


def test_a_name_in_a_command_is_quoted_for_the_shell() -> None:
    """What is pasted must not run what a folder or a saved search is called."""
    hint = with_command(Hint("make one there", Remedy.MAKE_ARCHIVE, "my news; rm {}"))
    assert hint == "make one there: newsarchive init 'my news; rm {}'"


def test_a_hint_that_is_only_text_stays_as_it_is() -> None:
    """Most errors are mended by their reader alone."""
    assert with_command("check the address") == "check the address"
    assert with_command(None) is None


def test_a_hint_keeps_its_remedy_on_its_way_from_a_worker_or_another_process() -> None:
    """PDF documents are read in a worker, and what is missing there has to be installed all the same."""
    hint = extra("documents", instead="save it as text")
    error = error_of(error_fields("x", hint))
    for arrived in (pickle.loads(pickle.dumps(hint)), None if error is None else error.hint):
        assert arrived == hint == "save it as text, or install newsarchive with the extra documents"
        assert isinstance(arrived, Hint)
        assert (arrived.remedy, arrived.about) == (Remedy.INSTALL_EXTRA, "documents")
    assert isinstance(error, ExtractError)


def test_an_error_ends_with_the_command_that_mends_it(tmp_path: Path) -> None:
    """Who meets it first has read no manual."""
    done = run("--archive", tmp_path, "stats")
    assert f"hint: make one there: newsarchive init {tmp_path}\n" in done.err


def test_faults_end_with_the_command_that_mends_them(sample_copy: Path) -> None:
    """Who reads them at night pastes it; programs get the plain words."""
    (sample_copy / "log.head").write_text("nonsense\n")
    assert "verify everything first: newsarchive verify)" in run("--archive", sample_copy, "verify").out
    (fault,) = run("--archive", sample_copy, "verify", "--json").json["faults"]
    assert fault["hint"].endswith("verify everything first")
