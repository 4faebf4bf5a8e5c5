"""What was collected: articles, stubs, guessed dates and failures, by publisher and day.

What names no publisher is attributed by its host.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from newsarchive.base.dates import DateInterval
from newsarchive.base.urls import host
from newsarchive.store.rows import day_of


@dataclass(frozen=True, slots=True)
class Origin:
    """Who published: a name, or a host where no name is stated, or neither."""

    publisher: str | None
    host: str | None


@dataclass(frozen=True, slots=True)
class DayCount:
    """Articles of one origin whose dates mean the same days; without a date, ``days`` is open."""

    origin: Origin
    days: DateInterval
    articles: int
    paywalled: int
    low_confidence: int


class CollectedReader:
    """Counts over archive.db."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._db = connection
        connection.create_function("host_of", 1, host, deterministic=True)

    def articles(self, interval: DateInterval | None) -> Iterator[DayCount]:
        """Articles by origin and date; None takes in those without a date."""
        where, parameters = _overlap(interval)
        rows = self._db.execute(
            f"""
            SELECT publisher, {_HOST} AS host, published_earliest, published_latest, count(*),
                   sum(is_accessible_for_free IS 0), sum(date_confidence IS 'low')
            FROM articles {where} GROUP BY 1, 2, 3, 4
            """,
            parameters,
        )
        for row in rows:
            days = DateInterval(_day(row[2]), _day(row[3]))
            yield DayCount(Origin(row[0], row[1]), days, row[4], row[5], row[6])

    def captures(self) -> dict[Origin, int]:
        """Captures that gave an article, by origin."""
        rows = self._db.execute(
            f"SELECT publisher, {_HOST} AS host, count(*) FROM captures "
            "JOIN articles ON articles.id = captures.article_id GROUP BY 1, 2"
        )
        return {Origin(row[0], row[1]): row[2] for row in rows}

    def failures(self) -> dict[Origin, int]:
        """Captures that gave no article, counted for the publisher that most pages of their host name."""
        rows = self._db.execute(
            "SELECT host_of(url), count(*) FROM captures WHERE article_id IS NULL GROUP BY 1"
        ).fetchall()
        owners = self._publishers_of_hosts() if rows else {}
        failures: dict[Origin, int] = {}
        for name, count in rows:
            origin = owners.get(name, Origin(None, name))
            failures[origin] = failures.get(origin, 0) + count
        return failures

    def _publishers_of_hosts(self) -> dict[str, Origin]:
        rows = self._db.execute(
            "SELECT host_of(coalesce(captures.url, articles.url)) AS host, publisher, count(*) AS captures "
            "FROM captures JOIN articles ON articles.id = captures.article_id "
            "WHERE publisher IS NOT NULL GROUP BY 1, 2 ORDER BY captures, publisher"
        )
        # Rows are in the order of captures, so the publisher with the most replaces the others of its host.
        return {row["host"]: Origin(row["publisher"], None) for row in rows if row["host"] is not None}


_HOST = "CASE WHEN publisher IS NULL THEN host_of(articles.url) END"


def _overlap(interval: DateInterval | None) -> tuple[str, tuple[str, ...]]:
    if interval is None:
        return "", ()
    first, last = interval.earliest or date.min, interval.latest or date.max
    return (
        "WHERE published_latest >= ? AND published_earliest <= ?",
        (first.isoformat(), last.isoformat()),
    )


def _day(text: str | None) -> date | None:
    return None if text is None else day_of(text)
