"""``diff``, ``changes``, ``families`` and ``quote``, as users meet them."""

from __future__ import annotations

import subprocess
from pathlib import Path

from cli_program import run


def edited(folder: Path) -> str:
    """The number of the sample article that was edited."""
    (edit,) = run("--archive", folder, "changes", "--json").json["edits"]
    return str(edit["id"])


def test_changes_lead_to_the_difference(sample_folder: Path) -> None:
    """From what was edited to which words."""
    listed = run("--archive", sample_folder, "changes")
    assert listed.code == 0
    assert "+56 -1 words, headline, announced" in listed.out
    silent = run("--archive", sample_folder, "changes", "--silent")
    assert (silent.code, silent.out) == (1, "")
    assert silent.err == "note: nothing found: no edit was captured that says nothing of itself\n"


def test_a_piped_difference_is_one_that_patch_reads(sample_folder: Path, tmp_path: Path) -> None:
    """Tools for differences take it as any other."""
    number = edited(sample_folder)
    done = run("--archive", sample_folder, "diff", number)
    assert done.out.startswith(f"--- #{number} revision 1\t")
    applied = subprocess.run(
        ["git", "apply", "--numstat", "-p0", "-"],
        input=done.out,
        capture_output=True,
        text=True,
        cwd=tmp_path,
    )
    assert applied.stdout.split()[:2] == ["5", "3"]


def test_the_page_is_written_to_a_file_whole(sample_folder: Path, tmp_path: Path) -> None:
    """To send by mail."""
    page = tmp_path / "changes.html"
    assert run("--archive", sample_folder, "diff", edited(sample_folder), "--html", "-o", page).code == 0
    text = page.read_text(encoding="utf-8")
    assert text.startswith("<!doctype html>")
    assert "<ins>" in text


def test_wrong_use_is_told_in_one_line(sample_folder: Path) -> None:
    """No traceback, and what to do instead."""
    number = edited(sample_folder)
    for arguments in (
        ["diff", number, "1", "9"],
        ["diff", number, "-o", "x.html"],
        ["changes", "--json", "--jsonl"],
    ):
        done = run("--archive", sample_folder, *arguments)
        assert done.code == 2, arguments
        assert done.err.startswith("newsarchive: ")
        assert "Traceback" not in done.err


def test_nothing_to_compare_is_code_1(sample_folder: Path) -> None:
    """For scripts, as a search that finds nothing."""
    alone = run("--archive", sample_folder, "search", "museum", "-n", "1", "--ids").out.strip() or "2"
    done = run("--archive", sample_folder, "diff", alone)
    assert (done.code, done.out) == (1, "")


def test_families_name_who_ran_it_first(sample_folder: Path) -> None:
    """For people and for scripts."""
    shown = run("--archive", sample_folder, "families", "--top", "1").out
    assert "2 copies, 2 publishers" in shown
    assert all(len(line) <= 80 for line in shown.splitlines())
    (family,) = run("--archive", sample_folder, "families", "--top", "1", "--json").json["families"]
    assert [copy["shared_text"] > 0.9 for copy in family["copies"]] == [True, True]
    alone = run("--archive", sample_folder, "families", edited(sample_folder))
    assert alone.code == 1
    assert alone.err.endswith("no other article tells this story\n")


def test_a_quotation_is_shown_in_its_sentence(sample_folder: Path) -> None:
    """With who printed it."""
    done = run("--archive", sample_folder, "quote", "a number with a beard on it")
    assert done.code == 0
    assert "word for word, in 1 article" in done.out
    assert "First printed, as far as this archive knows: #" in done.out
    none = run("--archive", sample_folder, "quote", "entirely unheard of words were never spoken here")
    assert (none.code, none.out) == (1, "")
