"""Reading what users say of values, and which names are one publisher's."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from newsarchive.base.dates import utc_text
from newsarchive.store.rows import moment_of, values_of


@dataclass(frozen=True, slots=True)
class Correction:
    """What a user says of a field of an article; ``value`` is that of the JSON form, ``made_at`` UTC."""

    article_id: int
    field: str
    value: Any
    typed: str
    because: str
    made_at: datetime

    def to_dict(self) -> dict[str, Any]:
        """The JSON form."""
        return {
            "id": self.article_id,
            "field": self.field,
            "value": self.value,
            "because": self.because,
            "made_at": utc_text(self.made_at),
        }


@dataclass(frozen=True, slots=True)
class Alias:
    """A spelling of a publisher's name, in lower case, and the name that takes its place."""

    spelling: str
    publisher: str
    because: str
    made_at: datetime

    def to_dict(self) -> dict[str, Any]:
        """The JSON form."""
        return {
            "spelling": self.spelling,
            "publisher": self.publisher,
            "because": self.because or None,
            "made_at": utc_text(self.made_at),
        }


def spelling_of(publisher: str) -> str:
    """A name as aliases compare it: in lower case, with single blanks."""
    return " ".join(publisher.lower().split())


class CorrectionReader:
    """Corrections and aliases as they stand."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._db = connection

    def corrections(self, article_id: int | None = None) -> Iterator[Correction]:
        """Those of an article, or all, by article and field."""
        rows = self._db.execute(
            "SELECT * FROM corrections WHERE ?1 IS NULL OR article_id = ?1 ORDER BY article_id, field",
            (article_id,),
        )
        for row in rows:
            with values_of(f"correction {row['id']}"):
                value = json.loads(row["value"])
            yield Correction(
                row["article_id"],
                row["field"],
                value,
                row["typed"],
                row["because"],
                moment_of(row["made_at"], f"correction {row['id']}"),
            )

    def aliases(self) -> list[Alias]:
        """Every spelling that stands for another name, by publisher."""
        rows = self._db.execute("SELECT * FROM publisher_aliases ORDER BY publisher, spelling")
        return [
            Alias(
                row["spelling"],
                row["publisher"],
                row["because"],
                moment_of(row["made_at"], f"the alias {row['spelling']}"),
            )
            for row in rows
        ]

    def overruled(self, article_id: int) -> dict[str, Any]:
        """What pages say of an article's fields where users say otherwise, as in the JSON form."""
        row = self._db.execute(
            "SELECT fields FROM overruled_values WHERE article_id = ?", (article_id,)
        ).fetchone()
        with values_of(f"what users overruled of article {article_id}"):
            return {} if row is None else dict(json.loads(row[0]))
