"""What users decided of values, laid over what pages say, so that either can be had again.

The tables of articles hold the values that count. Where a user's stands there, what pages say
is beside it, follows each capture and reading, and comes back when the user's word is undone.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Mapping
from typing import Any

from newsarchive.model import Article, Confidence, Evidence, EvidenceSource
from newsarchive.store.log.log_writer import LogWriter
from newsarchive.store.log.things import OVERRULED
from newsarchive.store.reading.corrections import Correction, CorrectionReader, spelling_of


class UserDecisions:
    """Lays corrections and aliases over articles, within a transaction of its caller's."""

    def __init__(self, connection: sqlite3.Connection, log: LogWriter) -> None:
        self._db = connection
        self._log = log
        self._reader = CorrectionReader(connection)
        self._names: dict[str, str] | None = None

    def forget_aliases(self) -> None:
        """They were changed."""
        self._names = None

    def laid_over(self, article_id: int | None, read: Article) -> tuple[Article, dict[str, Any]]:
        """The article with what users say, and what pages say of the same fields."""
        said = [] if article_id is None else list(self._reader.corrections(article_id))
        values: dict[str, Any] = {}
        for correction in said:
            values.update(_values(correction))
        evidence = [item for correction in said for item in evidence_of(correction)]
        named = values.get("publisher", read.publisher)
        alias = self._alias(named)
        if alias is not None and named is not None:
            values["publisher"] = alias
            evidence = [item for item in evidence if item.field != "publisher"]
            evidence.append(Evidence("publisher", alias, EvidenceSource.USER, named, Confidence.HIGH))
        if not values:
            return read, {}
        pages_say = read.to_dict()
        return _with(read, values, evidence), {field: pages_say[field] for field in values}

    def keep_overruled(self, article_id: int, fields: Mapping[str, Any]) -> None:
        """Keep what pages say where users say otherwise; nothing where they don't."""
        known = self._reader.overruled(article_id)
        if fields == known:
            return
        if not fields:
            self._db.execute("DELETE FROM overruled_values WHERE article_id = ?", (article_id,))
            self._log.gone(OVERRULED, [article_id])
            return
        self._db.execute(
            "INSERT OR REPLACE INTO overruled_values VALUES (?, ?)", (article_id, json.dumps(fields))
        )
        self._log.touch(OVERRULED, article_id)

    def without(self, article: Article) -> Article:
        """The article as pages say it."""
        fields = self.overruled_fields(article)
        if not fields:
            return article
        kept = [
            item
            for item in article.evidence
            if item.field not in fields or item.source is not EvidenceSource.USER
        ]
        return _with(article, self._reader.overruled(article.id or 0), kept, is_all=True)

    def overruled_fields(self, article: Article) -> frozenset[str]:
        """The fields of which a user's word counts."""
        return frozenset(self._reader.overruled(article.id or 0))

    def _alias(self, publisher: str | None) -> str | None:
        if self._names is None:
            self._names = {each.spelling: each.publisher for each in self._reader.aliases()}
        if not self._names or publisher is None:
            return None
        name = self._names.get(spelling_of(publisher))
        return None if name == publisher else name


def evidence_of(correction: Correction) -> Iterator[Evidence]:
    """A correction as evidence: one for each name of a list, and one for nothing."""
    values = correction.value if isinstance(correction.value, list) else [correction.value]
    for value in values or [None]:
        text = "" if value is None else str(value).lower() if isinstance(value, bool) else str(value)
        yield Evidence(correction.field, text, EvidenceSource.USER, correction.typed, Confidence.HIGH)


def _values(correction: Correction) -> dict[str, Any]:
    values = {correction.field: correction.value}
    if correction.field == "date_published":
        values["date_confidence"] = None if correction.value is None else Confidence.HIGH.value
    return values


def _with(
    article: Article, values: Mapping[str, Any], evidence: list[Evidence], *, is_all: bool = False
) -> Article:
    """The article with other values; the user's evidence comes first, as the reason that counts."""
    items = evidence if is_all else [*evidence, *article.evidence]
    listed = [item.to_dict() for item in items]
    return Article.from_dict({**article.to_dict(), **values, "evidence": listed})
