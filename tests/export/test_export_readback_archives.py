"""Web archives and bags as the tools of libraries take them."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import bagit
import pytest
from given_articles import WORLD, exported
from warcio.archiveiterator import ArchiveIterator

from newsarchive import Archive
from newsarchive.errors import SnapshotDamaged
from newsarchive.export.evidence.bag_check import verify_bag
from newsarchive.export.registry import format_named


@pytest.fixture(scope="module")
def sample(sample_folder: Path) -> Archive:
    return Archive.open(sample_folder)


def write(folder: Path, archive: Archive, name: str) -> Path:
    target = folder / name
    archive.export("harbour", to=target, format=name)
    return target


def test_warcio_reads_the_captures_as_they_were(sample: Archive, tmp_path: Path) -> None:
    """Byte for byte the records of the archive; a conversion record says what text came of it."""
    path = write(tmp_path, sample, "warc")
    ids = [hit.article.id or 0 for hit in sample.search("harbour", limit=None)]
    payloads, texts = [], {}
    with path.open("rb") as stream:
        for record in ArchiveIterator(stream, check_digests="raise"):
            body = record.content_stream().read()
            if record.rec_type == "conversion":
                texts[record.rec_headers["WARC-Refers-To"]] = body.decode()
            elif record.rec_type in ("resource", "response"):
                payloads.append(hashlib.sha256(body).hexdigest())
    expected = [capture.sha256 for article_id in ids for capture in sample.captures(article_id)]
    assert payloads == expected
    assert len(texts) == len(ids)
    assert sample.article(ids[0]).text in next(iter(texts.values()))


def test_py_wacz_validates_what_it_is_given(sample: Archive, tmp_path: Path) -> None:
    """The reference tool: digests, structure, frictionless data package."""
    path = write(tmp_path, sample, "wacz")
    done = subprocess.run(
        [sys.executable, "-m", "wacz.main", "validate", "-f", path],
        capture_output=True,
        text=True,
        check=False,
    )
    assert "valid" in (done.stdout + done.stderr).lower()
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_index_of_a_wacz_finds_every_page(sample: Archive, tmp_path: Path) -> None:
    """Offset and length are those of a record, keys are sorted, and each page has its entry."""
    with zipfile.ZipFile(write(tmp_path, sample, "wacz")) as file:
        warc = file.read("archive/data.warc.gz")
        lines = file.read("indexes/index.cdx").decode().splitlines()
        pages = [json.loads(line) for line in file.read("pages/pages.jsonl").splitlines()][1:]
        assert file.getinfo("archive/data.warc.gz").compress_type == zipfile.ZIP_STORED
    assert lines == sorted(lines)
    entries = [json.loads(line.split(" ", 2)[2]) for line in lines]
    for entry in entries:
        start, length = int(entry["offset"]), int(entry["length"])
        (record,) = ArchiveIterator(io.BytesIO(warc[start : start + length]))
        assert record.rec_headers["WARC-Target-URI"] == entry["url"]
    assert {page["url"] for page in pages} <= {entry["url"] for entry in entries}
    assert len(pages) == sample.search("harbour").total


def test_a_damaged_capture_stops_an_export_of_captures(tmp_path: Path) -> None:
    """A bag must not vouch for what is not what was received."""
    page = tmp_path / "page.html"
    page.write_text("<h1>Ferry</h1><p>The ferry left the quay at dawn, and nobody waved at it.</p>" * 5)
    with Archive.create(tmp_path / "a") as archive:
        list(archive.add([page]))
        (snapshot,) = (tmp_path / "a/snapshots").glob("*.warc.gz")
        data = bytearray(snapshot.read_bytes())
        data[-20] ^= 1
        snapshot.write_bytes(data)
        for name in ("warc", "wacz", "bagit"):
            with pytest.raises(SnapshotDamaged):
                archive.export(to=tmp_path / name, format=name)
            assert not (tmp_path / name).exists()


def test_bagit_validates_a_bag(sample: Archive, tmp_path: Path) -> None:
    """The reference tool of the Library of Congress; and so does our own check."""
    folder = write(tmp_path, sample, "bagit")
    assert bagit.Bag(str(folder)).is_valid()
    assert list(verify_bag(folder)) == []
    with (folder / "data/captures.csv").open(newline="") as table:
        rows = list(csv.DictReader(table))
    for row in rows:
        assert hashlib.sha256((folder / "data" / row["file"]).read_bytes()).hexdigest() == row["sha256"]
    assert {int(row["article"]) for row in rows} == {
        hit.article.id for hit in sample.search("harbour", limit=None)
    }
    about = json.loads((folder / "data/search.json").read_text())
    assert (about["query"], about["archive"]["uuid"]) == ("harbour", sample.uuid)
    page = (folder / "data/README.html").read_text()
    assert "Integrity since capture" in page
    assert "What it does not prove" in page


def _change(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)


def _link(bag: Path) -> None:
    (bag / "data/search.json").rename(bag.parent / "moved")
    (bag / "data/search.json").symlink_to(bag.parent / "moved")


def _unlist(bag: Path) -> None:
    for path in bag.glob("*manifest-*.txt"):
        path.unlink()


_ALTERATIONS: dict[str, Callable[[Path], object]] = {
    "text": lambda bag: _change(next((bag / "data/texts").iterdir())),
    "capture": lambda bag: _change(next((bag / "data/captures").iterdir())),
    "values": lambda bag: _change(bag / "data/articles.jsonl"),
    "removed": lambda bag: next((bag / "data/texts").iterdir()).unlink(),
    "added": lambda bag: (bag / "data/texts/9999.txt").write_text("x"),
    "manifest": lambda bag: _change(bag / "manifest-sha256.txt"),
    "tag": lambda bag: _change(bag / "bag-info.txt"),
    "no manifest": _unlist,
    "link": _link,
}


@pytest.mark.parametrize("alteration", _ALTERATIONS)
def test_every_alteration_of_a_bag_is_named(sample: Archive, tmp_path: Path, alteration: str) -> None:
    """One byte is enough, and so is a file too many or too few."""
    folder = write(tmp_path, sample, "bagit")
    _ALTERATIONS[alteration](folder)
    assert list(verify_bag(folder))


@pytest.mark.parametrize("name", ["../outside", "/etc/hostname", "data/../../outside", "data\\x"])
def test_a_manifest_that_leads_out_of_the_bag_is_refused(tmp_path: Path, name: str) -> None:
    """A bag from a stranger must not make us read, or vouch for, files of our own."""
    (tmp_path / "outside").write_bytes(b"x")
    bag = tmp_path / "bag"
    (bag / "data").mkdir(parents=True)
    (bag / "bagit.txt").write_text("BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n")
    (bag / "manifest-sha256.txt").write_text(f"{hashlib.sha256(b'x').hexdigest()}  {name}\n")
    assert any("leads out" in fault.message for fault in verify_bag(bag))


def test_hostile_articles_make_a_valid_bag_too(tmp_path: Path) -> None:
    """Names of its files hold nothing of strangers."""
    for name, data in exported(format_named("bagit"), WORLD).items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    assert bagit.Bag(str(tmp_path)).is_valid()
    assert list(verify_bag(tmp_path)) == []
