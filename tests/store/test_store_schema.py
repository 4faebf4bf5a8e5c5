"""Making, opening and migrating the tables and the manifest."""

from __future__ import annotations

import shutil
import sqlite3
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlite_utils.db import Database

from newsarchive import Archive, Hint, Remedy
from newsarchive.errors import NotAnArchive, SchemaTooNew, StoreError
from newsarchive.store.database import FORMAT
from newsarchive.store.manifest import Manifest, read_manifest
from newsarchive.store.schema import APPLICATION_ID, MIGRATIONS

DATA = Path(__file__).parent / "data"


def test_the_format_is_the_number_of_migrations() -> None:
    """The number is written apart from them so that readers need not import sqlite-utils."""
    assert len(MIGRATIONS.pending(Database(memory=True))) == FORMAT


def test_a_fresh_database_says_what_it_is(tmp_path: Path) -> None:
    """Tools that know nothing of newsarchive tell its files by the header."""
    Archive.create(tmp_path / "a").close()
    db = sqlite3.connect(tmp_path / "a" / "archive.db")
    assert db.execute("PRAGMA application_id").fetchone()[0] == APPLICATION_ID
    assert db.execute("PRAGMA user_version").fetchone()[0] == FORMAT
    assert db.execute("PRAGMA journal_mode").fetchone()[0] == "wal"
    db.close()


@pytest.mark.parametrize("dump", sorted(DATA.glob("schema-*.sql")), ids=lambda path: path.stem)
def test_a_database_of_every_released_schema_opens_with_its_articles(tmp_path: Path, dump: Path) -> None:
    """An archive outlives the version that wrote it."""
    folder = tmp_path / "old"
    folder.mkdir()
    version = int(dump.stem.removeprefix("schema-"))
    db = sqlite3.connect(folder / "archive.db")
    db.executescript(dump.read_text(encoding="utf-8"))
    db.execute(f"PRAGMA user_version = {version}")
    db.close()
    Manifest.new("old", format_version=version).write(folder)
    for suffix, name in ((".toml", "newsarchive.toml"), (".head", "log.head")):
        # From format 4 on the log vouches for both.
        if dump.with_suffix(suffix).exists():
            shutil.copy(dump.with_suffix(suffix), folder / name)
    (folder / "snapshots").mkdir()
    shutil.copy(DATA / "00001.warc.gz", folder / "snapshots")
    with Archive.open(folder) as archive:
        assert [hit.article.headline for hit in archive.search("lighthouse")] == ["Lighthouse is lit again"]
        assert archive.stats().articles == 2
        assert archive.raw(1)[1].startswith(b"{")
        assert list(archive.verify()) == []
        assert [outcome.name for outcome in archive.reextract("all")] == ["unchanged", "unchanged"]
        archive.saved.add("light", "lighthouse")
        assert archive.tags.change("lighthouse", add=["lit"]).added == {"lit": 1}
        assert archive.search("tag:lit").total == 1
        assert archive.saved.run("light").run.total == 1
        archive.corrections.set(1, {"headline": "Lighthouse lit"}, because="as printed")
        assert archive.search("headline:lit").hits[0].article.headline == "Lighthouse lit"
        archive.corrections.unset(1, "headline")
        assert archive.article(1).headline == "Lighthouse is lit again"
        assert list(archive.verify()) == []


def test_a_newer_database_is_refused(tmp_path: Path) -> None:
    """Guessing at tables of the future would damage them."""
    Archive.create(tmp_path).close()
    db = sqlite3.connect(tmp_path / "archive.db")
    db.execute(f"PRAGMA user_version = {FORMAT + 1}")
    db.close()
    with pytest.raises(SchemaTooNew) as caught:
        Archive.open(tmp_path)
    assert (caught.value.found, caught.value.supported) == (FORMAT + 1, FORMAT)


def test_a_newer_manifest_is_refused(tmp_path: Path) -> None:
    """The manifest may change its form where the tables don't."""
    Archive.create(tmp_path).close()
    Manifest.new("x", format_version=FORMAT + 1).write(tmp_path)
    with pytest.raises(SchemaTooNew):
        Archive.open(tmp_path)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "format = ",
        'format = 1\nuuid = "no"',
        "format = [1]\nuuid = 7",
        "\x00",
        'uuid = "x"',
        "format=nan",
    ],
)
def test_a_damaged_manifest_is_told(tmp_path: Path, text: str) -> None:
    """A damaged file is an error of ours, with the file's name, and not the parser's."""
    Archive.create(tmp_path).close()
    (tmp_path / "newsarchive.toml").write_text(text)
    with pytest.raises(NotAnArchive, match=r"newsarchive\.toml") as caught:
        Archive.open(tmp_path)
    assert caught.value.hint is not None
    assert "backup" in caught.value.hint  # init can't repair it


def test_a_folder_that_is_no_archive_is_told(tmp_path: Path) -> None:
    """A mistyped path is the commonest mistake; the hint says how to go on."""
    (tmp_path / "file").write_text("x")
    for path in (tmp_path / "missing", tmp_path, tmp_path / "file"):
        with pytest.raises(NotAnArchive) as caught:
            Archive.open(path)
        assert isinstance(caught.value.hint, Hint)
        assert caught.value.hint.remedy is Remedy.MAKE_ARCHIVE


def test_a_folder_with_other_things_is_not_made_an_archive(tmp_path: Path) -> None:
    """A home folder must not fill with an archive's files by a slip of the finger."""
    (tmp_path / "letter.txt").write_text("dear")
    with pytest.raises(NotAnArchive, match="letter"):
        Archive.create(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["letter.txt"]


def test_a_file_in_the_place_of_the_folder_is_an_error_of_ours(tmp_path: Path) -> None:
    """One except is enough for callers."""
    (tmp_path / "file").write_text("x")
    with pytest.raises(StoreError):
        Archive.create(tmp_path / "file")


def test_an_interrupted_create_is_completed(tmp_path: Path) -> None:
    """The manifest comes last: without it, what is there is what create made."""
    Archive.create(tmp_path).close()
    (tmp_path / "newsarchive.toml").rename(tmp_path / "newsarchive.toml.part")
    with Archive.create(tmp_path) as archive:
        assert archive.stats().articles == 0


def test_create_opens_the_archive_that_is_there(tmp_path: Path) -> None:
    """Running init twice must not give an archive a new identity."""
    with Archive.create(tmp_path, name="first") as first, Archive.create(tmp_path, name="second") as second:
        assert (first.uuid, first.name) == (second.uuid, second.name)


def test_something_else_in_the_place_of_the_database_is_told(tmp_path: Path) -> None:
    """A file that is no database, with a hint at the backup."""
    Archive.create(tmp_path).close()
    (tmp_path / "archive.db").write_bytes(b"not a database at all " * 200)
    with pytest.raises(StoreError) as caught:
        Archive.open(tmp_path)
    assert "backup" in (caught.value.hint or "")


@given(name=st.text(st.characters(exclude_categories=())))
def test_any_name_can_be_read_back(tmp_path_factory: pytest.TempPathFactory, name: str) -> None:
    """A folder's name may hold any character, also ones that TOML escapes otherwise than JSON."""
    folder = tmp_path_factory.mktemp("name")
    Manifest.new(name, format_version=1).write(folder)
    readable = name.encode("utf-8", "replace").decode()
    assert read_manifest(folder, supported=1).name == readable
