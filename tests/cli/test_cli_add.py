"""What ``add`` says of files of all kinds."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from cli_program import run

from newsarchive import Archive

TABLE = "Kop,Artikel,Dag\nFerry sails again,The ferry of Port Almar sails again from Monday.,2024-05-02\n"
COLUMNS = ("--map", "headline=Kop", "--map", "text=Artikel", "--map", "date=Dag")


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    Archive.create(tmp_path / "archive").close()
    (tmp_path / "table.csv").write_text(TABLE, encoding="utf-8")
    return tmp_path / "archive"


def test_a_dry_run_says_what_would_be_added_and_writes_nothing(archive: Path) -> None:
    """Whoever imports ten thousand articles wants to see the first ones before."""
    table = archive.parent / "table.csv"
    shown = run("--archive", archive, "add", table, *COLUMNS, "--dry-run")
    assert shown.out == f"{table}#1: 2024-05-02, Ferry sails again\n1 foreseen, 0 failed\n"
    document = json.loads(run("--archive", archive, "add", table, *COLUMNS, "--dry-run", "--json").out)
    assert document["foreseen"] == 1
    assert document["outcomes"][0]["headline"] == "Ferry sails again"
    with Archive.open(archive) as opened:
        assert opened.stats().captures == 0


def test_columns_are_what_the_user_says(archive: Path) -> None:
    """A table in Dutch has its own names for things."""
    refused = run("--archive", archive, "add", archive.parent / "table.csv")
    assert refused.code == 3
    assert "found: Kop, Artikel, Dag" in refused.err
    assert run("--archive", archive, "add", archive.parent / "table.csv", *COLUMNS).code == 0
    assert "no field foo" in run("--archive", archive, "add", "a.csv", "--map", "foo=a").err
    assert "names no column" in run("--archive", archive, "add", "a.csv", "--map", "foo").err


def test_a_kind_that_is_said_counts_more_than_what_a_file_looks_like(archive: Path) -> None:
    """Servers and mail programs cut suffixes off."""
    path = archive.parent / "download"
    path.write_text(TABLE.replace("Kop,Artikel", "Title,Text"), encoding="utf-8")
    done = run("--archive", archive, "add", path, "--kind", "csv", "--json")
    assert json.loads(done.out)["outcomes"][0] == {"source": f"{path}#1", "outcome": "added", "id": 1}
    assert "known: opml, sitemap" in run("--archive", archive, "add", path, "--kind", "nix").err


def test_files_that_are_not_read_are_counted_and_named_on_request(archive: Path) -> None:
    """A folder of real files holds more than pages, and silence would hide what is missing."""
    folder = archive.parent / "folder"
    folder.mkdir()
    for name, content in {
        "a.html": b"<p>The ferry sails again.",
        "b.png": b"\x89PNG",
        "c.png": b"\x89PNG",
    }.items():
        (folder / name).write_bytes(content)
    assert "note: 2 not read: 2 .png; --verbose" in run("--archive", archive, "add", folder).err
    shown = run("--archive", archive, "add", folder, "--verbose", "--json")
    assert f"not read: {folder / 'b.png'}: a PNG image" in shown.err
    assert json.loads(shown.out)["not_read"] == 2
