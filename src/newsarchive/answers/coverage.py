"""Coverage: which days of which publishers were collected, and how well.

So that "no hits" can be told from "not collected".
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

from newsarchive.answers.results import JSON_FORMAT
from newsarchive.base.dates import DateInterval
from newsarchive.plot.calendar import Calendar, draw_calendars
from newsarchive.plot.picture_files import save_picture
from newsarchive.store.reading.coverage_counts import CollectedReader, DayCount, Origin

# Publishers in a picture, where nobody asks for more.
DRAWN = 20
_TITLE = "Articles by week of publication"
_SUMS = ("articles", "imprecise", "undated", "paywalled", "low_confidence", "captures", "failed")


@dataclass(frozen=True, slots=True, kw_only=True)
class PublisherCoverage:
    """What was collected of one publisher; of a host where no publisher is stated, or of neither.

    ``days`` counts articles by day of publication, in order. Dates less precise
    than a day and missing ones are on no day: ``imprecise`` and ``undated``.
    ``captures`` counts all captures, ``failed`` those from which no article came.
    """

    publisher: str | None
    host: str | None
    articles: int
    days: Mapping[date, int]
    imprecise: int
    undated: int
    paywalled: int
    low_confidence: int
    captures: int
    failed: int
    first: date | None
    last: date | None

    @property
    def name(self) -> str:
        """The publisher, or in parentheses what stands in its place."""
        return self.publisher or f"({self.host or 'not stated'})"

    @property
    def days_with(self) -> int:
        """Days on which something was published."""
        return len(self.days)

    @property
    def days_without(self) -> int:
        """Days from ``first`` to ``last`` of which nothing was collected."""
        if self.first is None or self.last is None:
            return 0
        return (self.last - self.first).days + 1 - self.days_with

    @property
    def longest_gap(self) -> int:
        """The most days in a row of which nothing was collected."""
        if self.first is None or self.last is None:
            return 0
        filled = [day.toordinal() for day in self.days]
        edges = [self.first.toordinal() - 1, *filled, self.last.toordinal() + 1]
        return max(after - before - 1 for before, after in pairwise(edges))

    @property
    def paywalled_share(self) -> float:
        """Of the articles."""
        return _share(self.paywalled, self.articles)

    @property
    def low_confidence_share(self) -> float:
        """Of the articles."""
        return _share(self.low_confidence, self.articles)

    @property
    def failed_share(self) -> float:
        """Of the captures."""
        return _share(self.failed, self.captures)

    def to_dict(self) -> dict[str, Any]:
        """The JSON form."""
        return {
            "publisher": self.publisher,
            "host": self.host,
            "articles": self.articles,
            "first": _text(self.first),
            "last": _text(self.last),
            "days_with": self.days_with,
            "days_without": self.days_without,
            "longest_gap": self.longest_gap,
            "imprecise": self.imprecise,
            "undated": self.undated,
            "paywalled": self.paywalled,
            "paywalled_share": self.paywalled_share,
            "low_confidence": self.low_confidence,
            "low_confidence_share": self.low_confidence_share,
            "captures": self.captures,
            "failed": self.failed,
            "failed_share": self.failed_share,
            "days": {day.isoformat(): count for day, count in self.days.items()},
        }


@dataclass(frozen=True, slots=True)
class Coverage:
    """What was collected by publisher, most articles first, between two days where these are given."""

    after: date | None
    before: date | None
    publishers: Sequence[PublisherCoverage]

    def to_dict(self) -> dict[str, Any]:
        """The JSON form."""
        return {
            "format": JSON_FORMAT,
            "after": _text(self.after),
            "before": _text(self.before),
            "total": _without_name(self.total.to_dict()),
            "publishers": [each.to_dict() for each in self.publishers],
        }

    @property
    def total(self) -> PublisherCoverage:
        """All publishers together; a day counts where one of them published."""
        days: Counter[date] = Counter()
        for each in self.publishers:
            days.update(each.days)
        first, last = _span(self.publishers, DateInterval(self.after, self.before))
        return PublisherCoverage(
            publisher=None,
            host=None,
            days=dict(sorted(days.items())),
            first=first,
            last=last,
            **{name: sum(getattr(each, name) for each in self.publishers) for name in _SUMS},
        )

    def to_svg(self, *, top: int = DRAWN) -> str:
        """A calendar for each of the ``top`` publishers, over the same years, as an SVG document."""
        return draw_calendars(self._calendars(top), left_out=max(0, len(self.publishers) - top))

    def to_png(self, *, top: int = DRAWN) -> bytes:
        """A row for each of the ``top`` publishers, a column a week, as PNG; needs matplotlib."""
        from newsarchive.plot.png import draw_weeks_png

        left_out = max(0, len(self.publishers) - top)
        return draw_weeks_png(_TITLE, self._calendars(top), left_out=left_out)

    def save_plot(self, path: str | Path, *, top: int = DRAWN) -> None:
        """Write the picture to a file that ends in .svg or .png, whole or not at all. Raises ExportError."""
        kinds = {".svg": lambda: self.to_svg(top=top).encode(), ".png": lambda: self.to_png(top=top)}
        save_picture(path, kinds)

    def _calendars(self, top: int) -> list[Calendar]:
        first, last = self.total.first, self.total.last
        return [
            Calendar(f"{each.name} ({each.articles:,})", each.days, first, last)
            for each in self.publishers[:top]
        ]


def measure(reader: CollectedReader, interval: DateInterval, *, publisher: str | None = None) -> Coverage:
    """Count what was collected.

    An open ``interval`` takes in all articles, also undated ones, and each
    publisher's days are those from its first to its last. In a bounded one the
    days are the same for all, and publishers of which nothing was collected are
    listed too. ``publisher`` is part of a name or host, in any case. Failures have
    no date of publication, and count whatever the interval.
    """
    is_bounded = interval.earliest is not None or interval.latest is not None
    tallies: dict[Origin, _Tally] = defaultdict(_Tally)
    for count in reader.articles(interval if is_bounded else None):
        tallies[count.origin].add(count, interval)
    failures, captures = reader.failures(), reader.captures()
    rows = [
        tallies[origin].coverage(origin, captures.get(origin, 0), failures.get(origin, 0))
        for origin in {*tallies, *failures, *captures}
        if _is_called(origin, publisher)
    ]
    if is_bounded:
        first, last = _span(rows, interval)
        rows = [replace(row, first=first, last=last) for row in rows]
    return Coverage(interval.earliest, interval.latest, sorted(rows, key=_rank))


@dataclass(slots=True)
class _Tally:
    days: dict[date, int] = field(default_factory=lambda: defaultdict(int))
    articles: int = 0
    imprecise: int = 0
    undated: int = 0
    paywalled: int = 0
    low_confidence: int = 0

    def add(self, count: DayCount, interval: DateInterval) -> None:
        self.articles += count.articles
        self.paywalled += count.paywalled
        self.low_confidence += count.low_confidence
        earliest = count.days.earliest
        if earliest is None:
            self.undated += count.articles
        elif earliest != count.days.latest:
            self.imprecise += count.articles
        elif interval.overlaps(count.days):
            self.days[earliest] += count.articles

    def coverage(self, origin: Origin, captures: int, failed: int) -> PublisherCoverage:
        days = dict(sorted(self.days.items()))
        return PublisherCoverage(
            publisher=origin.publisher,
            host=origin.host,
            articles=self.articles,
            days=days,
            imprecise=self.imprecise,
            undated=self.undated,
            paywalled=self.paywalled,
            low_confidence=self.low_confidence,
            captures=captures + failed,
            failed=failed,
            first=min(days, default=None),
            last=max(days, default=None),
        )


def _span(rows: Sequence[PublisherCoverage], interval: DateInterval) -> tuple[date | None, date | None]:
    """The days asked for; an open end is the first or last day of anything that was collected."""
    days = [day for row in rows for day in (row.first, row.last) if day is not None]
    return interval.earliest or min(days, default=None), interval.latest or max(days, default=None)


def _is_called(origin: Origin, publisher: str | None) -> bool:
    if publisher is None:
        return True
    return publisher.casefold() in (origin.publisher or origin.host or "").casefold()


def _rank(row: PublisherCoverage) -> tuple[int, int, str]:
    return (-row.articles, -row.failed, row.name)


def _share(part: int, whole: int) -> float:
    return round(part / whole, 4) if whole else 0.0


def _text(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _without_name(fields: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in fields.items() if name not in ("publisher", "host", "days")}
