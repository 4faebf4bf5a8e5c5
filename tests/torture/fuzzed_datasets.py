"""Datasets, tables and exports with bytes gone wrong: rows are added or fail, and the archive stays sound."""

from __future__ import annotations

import csv
import gzip
import io
import json
import random
import shutil
from collections import Counter
from pathlib import Path

from newsarchive import Archive, NewsArchiveError

VALUES: list[object] = [
    *(
        None,
        True,
        0,
        -1,
        1e308,
        10**30,
        "",
        " ",
        [],
        {},
        [[]],
        {"a": {"b": []}},
        "x" * 3_000,
        "\x00",
        "\ud800",
    ),
    *("2024", "2024-02-30", "30 Oct 2024", "0000-00-00", "9999-12-31T23:59:60+99:99", 1730282700, "soon"),
    *("Ann Quayle; Bo Strand", ["Ann Quayle", None, 3], {"name": "Ann Quayle"}, "https://post.example/a b#c"),
    *(
        "http://[::1",
        "javascript:alert(1)",
        "=1+1",
        "\u202eevil",
        "<p>The ferry &amp; the quay</p>",
        "en",
        "xx-QQ",
    ),
]
KEYS = (
    *("id", "url", "headline", "title", "text", "body", "date_published", "date", "authors", "author"),
    *("publisher", "language", "section", "keywords", "topics", "description", "image", "other"),
)
BATCH = 10


def rows(rng: random.Random) -> list[object]:
    """Some rows, of which some are none."""
    made: list[object] = []
    for number in range(rng.choice((0, 1, 3, 8))):
        row: dict[str, object] = {
            "id": rng.choice((number, f"r{number}")),
            "text": f"The ferry {number} left. " * 9,
        }
        for _ in range(rng.randrange(6)):
            row[rng.choice(KEYS)] = rng.choice(VALUES)
        made.append(row if rng.random() < 0.95 else rng.choice(VALUES))
    return made


def as_json_lines(made: list[object]) -> bytes:
    return b"".join(json.dumps(row).encode() + b"\n" for row in made)


def as_json(made: list[object]) -> bytes:
    return json.dumps(made).encode()


def as_table(made: list[object]) -> bytes:
    text = io.StringIO()
    table = csv.writer(text)
    table.writerow(KEYS)
    table.writerows([str(row.get(key, "")) for key in KEYS] for row in made if isinstance(row, dict))
    return text.getvalue().encode("utf-8", "surrogatepass")


def as_records(made: list[object]) -> bytes:
    """RIS, as reference managers write it."""
    tags = {"headline": "TI", "text": "AB", "author": "AU", "date": "DA", "url": "UR", "id": "ID"}
    lines = [
        "\r\n".join(["TY  - NEWS", *(f"{tag}  - {row.get(key, '')}" for key, tag in tags.items()), "ER  - "])
        for row in made
        if isinstance(row, dict)
    ]
    return "\r\n\r\n".join(lines).encode("utf-8", "surrogatepass")


FORMS = {".jsonl": as_json_lines, ".json": as_json, ".csv": as_table, ".tsv": as_table, ".ris": as_records}


def dataset(rng: random.Random, folder: Path, number: int) -> Path:
    """A file of rows, most of them damaged at some place or cut."""
    form = rng.choice(list(FORMS))
    data = bytearray(FORMS[form](rows(rng)))
    for _ in range(rng.choice((0, 1, 5))):
        if data:
            place = rng.randrange(len(data))
            data[place : place + rng.choice((0, 1, 1, 40))] = rng.randbytes(rng.choice((0, 1, 3)))
    packed = rng.random() < 0.2
    path = folder / f"{number}{form}{'.gz' if packed else ''}"
    whole = gzip.compress(data) if packed else bytes(data)
    path.write_bytes(whole[: rng.randrange(len(whole) + 1)] if rng.random() < 0.1 else whole)
    return path


class FuzzedDatasets:
    """A batch of files an attempt, added in one run to a new archive."""

    def __init__(self, base: Path) -> None:
        self._base = base

    def attempt(self, rng: random.Random) -> Counter[str]:
        """Ten files."""
        shutil.rmtree(self._base, ignore_errors=True)
        (self._base / "files").mkdir(parents=True)
        files = [dataset(rng, self._base / "files", number) for number in range(BATCH)]
        with Archive.open(self._base / "a", create=True) as archive:
            outcomes = list(archive.add(files, workers=1))
            for outcome in outcomes:
                error = getattr(outcome, "error", None)
                assert error is None or (
                    isinstance(error, NewsArchiveError) and "unexpected" not in error.message
                )
                assert error is None or "extraction failed" not in error.message, error.message
            assert archive.search(limit=0).total == archive.stats().articles
            faults = list(archive.verify())
            assert faults == [], faults
        return Counter({"datasets": BATCH, **Counter(f"rows {outcome.name}" for outcome in outcomes)})

    def close(self) -> None:
        """Nothing was started."""
