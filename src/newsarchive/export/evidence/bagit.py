"""A BagIt bag: captures, texts and their evidence, with digests of every file, to hand to others.

Source: RFC 8493 (BagIt 1.0).
"""

from __future__ import annotations

import csv
import hashlib
import json
import mimetypes
import platform
from collections.abc import Iterator
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path
from typing import TextIO

from newsarchive.base.dates import utc_text
from newsarchive.export.clean_text import encodable, one_line
from newsarchive.export.evidence.bag_page import bag_page
from newsarchive.export.export_format import FolderFormat, NoOptions
from newsarchive.export.export_source import ExportedCapture, ExportSource
from newsarchive.export.tables import json_lines
from newsarchive.export.tables.json_lines import JsonOptions
from newsarchive.export.web_archives import warc
from newsarchive.model import Article

ALGORITHMS = ("sha256", "sha512")
_DECLARATION = "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
_COLUMNS = (
    "capture",
    "article",
    "captured_at",
    "source",
    "url",
    "content_type",
    "length",
    "sha256",
    "file",
)
# What made the captures and texts what they are.
_TOOLS = ("newsarchive", "lxml", "trafilatura", "warcio")


@dataclass(slots=True)
class _Manifest:
    """The digests of files, by algorithm, in the order in which they were written."""

    lines: dict[str, list[str]] = field(default_factory=lambda: {name: [] for name in ALGORITHMS})
    octets: int = 0
    files: int = 0

    def add(self, folder: Path, path: Path) -> None:
        """Hash a file."""
        digests = {name: hashlib.new(name) for name in ALGORITHMS}
        with path.open("rb") as file:
            while block := file.read(1 << 20):
                self.octets += len(block)
                for digest in digests.values():
                    digest.update(block)
        self.files += 1
        for name, digest in digests.items():
            self.lines[name].append(f"{digest.hexdigest()}  {path.relative_to(folder).as_posix()}\n")

    def write(self, folder: Path, prefix: str) -> list[Path]:
        """Write a manifest an algorithm; return their places."""
        paths = []
        for name, lines in self.lines.items():
            paths.append(folder / f"{prefix}-{name}.txt")
            _put(
                paths[-1],
                "".join(sorted(lines, key=lambda line: line.split("  ", 1)[1])),
            )
        return paths


def write(source: ExportSource, folder: Path, options: NoOptions) -> int:
    """Write the payload, then its manifests. Raises SnapshotDamaged: no bag vouches for damage."""
    del options
    data = folder / "data"
    data.mkdir()
    with (data / "articles.jsonl").open("wb") as stream:
        count = json_lines.write(source, stream, JsonOptions())
    with (data / "captures.warc.gz").open("wb") as stream:
        warc.FORMAT.write(source, stream, NoOptions())
    _write_files(source, data)
    _put(
        data / "search.json",
        json.dumps(_search(source), ensure_ascii=False, indent=2) + "\n",
    )
    _put(data / "README.html", bag_page(source, count))
    _seal(source, folder)
    return count


def _write_files(source: ExportSource, data: Path) -> None:
    """Each text and each capture as a file of its own, for people, and a table of the captures."""
    for name in ("texts", "captures"):
        (data / name).mkdir()
    with (data / "captures.csv").open("w", encoding="utf-8", newline="") as table:
        csv.writer(table).writerow(_COLUMNS)
        for article in source.articles():
            _put(
                data / "texts" / f"{article.id}.txt",
                f"{article.headline or ''}\n\n{article.text}\n",
            )
            for capture in source.captures(article.id or 0):
                _write_capture(source, article, capture, data, table)


def _write_capture(
    source: ExportSource,
    article: Article,
    capture: ExportedCapture,
    data: Path,
    table: TextIO,
) -> None:
    path = data / "captures" / f"{article.id}-{capture.id}{_suffix(capture)}"
    path.write_bytes(source.payload(capture))
    place = [
        one_line(capture.source),
        one_line(capture.url),
        one_line(capture.content_type),
    ]
    moment = utc_text(capture.captured_at)
    file = path.relative_to(data).as_posix()
    row = [capture.id, article.id, moment, *place, capture.length, capture.sha256, file]
    csv.writer(table).writerow(row)


def _suffix(capture: ExportedCapture) -> str:
    """So that a capture opens with a double click; never one that runs a program."""
    kind = one_line(capture.content_type).split(";")[0].strip().lower()
    guessed = (
        mimetypes.guess_extension(kind) if kind.startswith(("text/html", "text/plain", "image/")) else None
    )
    known = {
        "application/json": ".json",
        "application/pdf": ".pdf",
        "application/xhtml+xml": ".xhtml",
    }
    return guessed or known.get(kind, ".bin")


def _search(source: ExportSource) -> dict[str, object]:
    """What was asked, the state of the archive, and the versions of what was used."""
    search = source.search
    return {
        "query": search.query,
        "total": search.total,
        "archive": {
            "name": search.archive,
            "uuid": search.uuid,
            "last_change": search.last_change,
        },
        "exported_at": utc_text(search.exported_at),
        "newsarchive": search.version,
        "tools": {
            "python": platform.python_version(),
            **{name: version(name) for name in _TOOLS[1:]},
        },
    }


def _seal(source: ExportSource, folder: Path) -> None:
    """Write what makes the folder a bag: manifests of the payload, then of the files beside it."""
    payload, tags = _Manifest(), _Manifest()
    for path in _files(folder / "data"):
        payload.add(folder, path)
    beside = payload.write(folder, "manifest")
    _put(folder / "bagit.txt", _DECLARATION)
    _put(folder / "bag-info.txt", "".join(_bag_info(source, payload)))
    for path in sorted([*beside, folder / "bagit.txt", folder / "bag-info.txt"]):
        tags.add(folder, path)
    tags.write(folder, "tagmanifest")


def _bag_info(source: ExportSource, payload: _Manifest) -> Iterator[str]:
    search = source.search
    yield f"Bag-Software-Agent: newsarchive {search.version}\n"
    yield f"Bagging-Date: {search.exported_at:%Y-%m-%d}\n"
    query = one_line(search.query) or "everything"
    yield f"External-Description: {search.total} articles that match {query}\n"
    yield f"External-Identifier: {search.uuid} change {search.last_change}\n"
    yield f"Payload-Oxum: {payload.octets}.{payload.files}\n"


def _files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())


def _put(path: Path, text: str) -> None:
    path.write_text(encodable(text), encoding="utf-8", newline="\n")


FORMAT = FolderFormat(
    name="bagit",
    title="evidence: captures, texts and digests, for others to check",
    options=NoOptions,
    write=write,
)
