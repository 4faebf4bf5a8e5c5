"""How many of some articles are of each publication date, by publisher or another column."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from newsarchive.base.dates import Precision
from newsarchive.store.rows import day_of, values_of

# Columns of one value an article.
DATED_COLUMNS = ("publisher", "language", "section")


@dataclass(frozen=True, slots=True)
class DateCount:
    """Articles of one date, and one value where a column was asked for."""

    value: str | None
    precision: Precision | None
    earliest: date | None
    articles: int


def date_counts(
    connection: sqlite3.Connection, ids: Sequence[int], *, column: str | None = None
) -> Iterator[DateCount]:
    """Count articles by their publication date, and by a column; undated ones too."""
    if column is not None and column not in DATED_COLUMNS:
        raise ValueError(f"can't count by {column}")
    rows = connection.execute(
        f"SELECT {column or 'NULL'}, published_precision, published_earliest, count(*) FROM articles "
        "WHERE id IN (SELECT value FROM json_each(?)) GROUP BY 1, 2, 3",
        (json.dumps(list(ids)),),
    )
    for value, precision, earliest, articles in rows:
        with values_of("a date"):
            known = None if precision is None else Precision(precision)
        yield DateCount(
            value,
            known,
            None if earliest is None else day_of(earliest),
            articles,
        )
