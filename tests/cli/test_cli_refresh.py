"""The command refresh."""

from __future__ import annotations

from pathlib import Path

from cli_program import run


def test_articles_without_an_address_are_left_alone(tmp_path: Path) -> None:
    """A page from a disk has nowhere to be captured again from; nothing is asked of any server."""
    (tmp_path / "story.txt").write_text(
        "Ferry stays\n\nThe ferry stays in the harbour of Port Almar tonight.\n"
    )
    run("init", tmp_path / "a")
    assert run("--archive", tmp_path / "a", "add", tmp_path / "story.txt").code == 0
    done = run("--archive", tmp_path / "a", "refresh", "ferry")
    assert (done.code, done.out) == (0, "0 added, 0 revised, 0 updated, 0 unchanged, 0 failed\n")
    document = run("--archive", tmp_path / "a", "refresh", "ferry", "--json").json
    assert document["outcomes"] == []


def test_a_file_that_says_of_no_edit_is_told(tmp_path: Path) -> None:
    """Else a slip in the name would look like a site that edits nothing."""
    run("init", tmp_path / "a")
    (tmp_path / "map.xml").write_text("<urlset><url><loc>https://post.example/a</loc></url></urlset>")
    done = run("--archive", tmp_path / "a", "refresh", "--if-edited", tmp_path / "map.xml")
    assert (done.code, done.out) == (2, "")
    assert "says of no page when it was edited" in done.err
