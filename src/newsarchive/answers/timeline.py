"""Timelines: how many articles match in each period, altogether and by publisher or language."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from newsarchive.answers.holdings import Holdings
from newsarchive.answers.results import JSON_FORMAT
from newsarchive.answers.search import Question
from newsarchive.base.dates import Precision
from newsarchive.base.periods import Period, period_at, period_of, span
from newsarchive.base.progress import ProgressCallback
from newsarchive.errors import ExportError, QueryError
from newsarchive.plot.bars import Panel, draw_bars
from newsarchive.plot.picture_files import save_picture
from newsarchive.search.engines import FacetField
from newsarchive.store.reading.date_counts import DATED_COLUMNS, DateCount, date_counts

# The parts of a date that must be stated for an article to be counted in a period of that length.
_TOO_COARSE = {
    Period.DAY: {Precision.YEAR, Precision.MONTH},
    Period.WEEK: {Precision.YEAR, Precision.MONTH},
    Period.MONTH: {Precision.YEAR},
    Period.YEAR: set[Precision](),
}
# Periods that are drawn: with more, a bar would be thinner than a fifth of a pixel.
_MOST_BARS = 5_000
# Panels that are drawn; how many more there are is said in words.
_MOST_PANELS = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Timeline:
    """Counts by period, in order of time; periods without articles are left out.

    ``imprecise`` counts matches whose date is missing or less precise than a
    period. ``facets`` holds, for the field that was asked for, each value with
    counts of its own, the value with the most articles first.
    """

    query: str
    by: Period
    periods: Mapping[str, int]
    imprecise: int
    facet: FacetField | None
    facets: Mapping[str, Mapping[str, int]]

    @property
    def total(self) -> int:
        """How many articles match, in a period or not."""
        return sum(self.periods.values()) + self.imprecise

    @property
    def unstated(self) -> Mapping[str, int]:
        """Counts of the articles that don't state the facet."""
        stated = sum((Counter(counts) for counts in self.facets.values()), Counter[str]())
        return {
            period: count - stated[period] for period, count in self.periods.items() if count > stated[period]
        }

    def to_dict(self) -> dict[str, Any]:
        """The JSON form."""
        return {
            "format": JSON_FORMAT,
            "query": self.query,
            "by": self.by.value,
            "total": self.total,
            "imprecise": self.imprecise,
            "periods": dict(self.periods),
            "facets": {}
            if self.facet is None
            else {self.facet.value: {value: dict(counts) for value, counts in self.facets.items()}},
        }

    def to_svg(self) -> str:
        """Bars, a panel for each value of the facet, as an SVG document. Raises ExportError."""
        return draw_bars(self._title(), self._names(), self._panels())

    def to_png(self) -> bytes:
        """The same as PNG; needs matplotlib (the extra ``plot``). Raises ExportError."""
        from newsarchive.plot.png import draw_bars_png

        return draw_bars_png(self._title(), self._names(), self._panels())

    def save_plot(self, path: str | Path) -> None:
        """Write the picture to a file that ends in .svg or .png, whole or not at all. Raises ExportError."""
        save_picture(path, {".svg": lambda: self.to_svg().encode(), ".png": self.to_png})

    def _title(self) -> str:
        # The number of a search for the same, whatever has no place on the axis.
        title = f"{self.query or 'All articles'}: {self.total:,} articles by {self.by}"
        return f"{title}; {self.imprecise:,} without a known {self.by} not drawn" if self.imprecise else title

    def _names(self) -> list[str]:
        numbers = span(self.periods)
        if len(numbers) > _MOST_BARS:
            raise ExportError(
                f"{len(numbers):,} bars are too many to draw",
                hint="choose longer periods, or a range of dates",
            )
        return [period_at(number, self.by) for number in numbers]

    def _panels(self) -> list[Panel]:
        if self.facet is None:
            return [Panel("", self.periods)]
        rows = list(self.facets.items())
        rest = rows[_MOST_PANELS:]
        others = sum((Counter(counts) for _, counts in rest), Counter[str]())
        rows = [*rows[:_MOST_PANELS], (f"{len(rest):,} others", others), ("not stated", self.unstated)]
        return [Panel(f"{label} ({sum(counts.values()):,})", counts) for label, counts in rows if counts]


def period(name: Period | str) -> Period:
    """The period of a name. Raises QueryError."""
    try:
        return Period(name)
    except ValueError:
        raise QueryError(f"can't count by {name}", hint=f"known: {', '.join(Period)}") from None


def dated_facet(name: FacetField | str | None) -> FacetField | None:
    """The facet of a name that a timeline can be split by. Raises QueryError."""
    if name is None:
        return None
    if name not in DATED_COLUMNS:
        raise QueryError(f"can't split a timeline by {name}", hint=f"known: {', '.join(DATED_COLUMNS)}")
    return FacetField(name)


def count_matches(
    question: Question,
    here: Holdings,
    *,
    by: Period | str,
    facet: FacetField | str | None,
    progress: ProgressCallback | None,
) -> Timeline:
    """Count the matches of a question by periods. Raises QueryError."""
    length, split = period(by), dated_facet(facet)
    ids = [match.article_id for match in here.searcher.matches(question, progress=progress).matches]
    return make_timeline(question.query, length, split, date_counts(here.connection, ids, column=split))


def make_timeline(query: str, by: Period, facet: FacetField | None, counts: Iterable[DateCount]) -> Timeline:
    """Put counts of dates into periods. Articles without a value of the facet are in no facet."""
    periods: Counter[str] = Counter()
    facets: dict[str, Counter[str]] = {}
    imprecise = 0
    for count in counts:
        if count.precision is None or count.earliest is None or count.precision in _TOO_COARSE[by]:
            imprecise += count.articles
            continue
        name = period_of(count.earliest, by)
        periods[name] += count.articles
        if facet is not None and count.value is not None:
            facets.setdefault(count.value, Counter())[name] += count.articles
    ranked = sorted(facets.items(), key=lambda item: (-item[1].total(), item[0]))
    return Timeline(
        query=query,
        by=by,
        periods=dict(sorted(periods.items())),
        imprecise=imprecise,
        facet=facet,
        facets={value: dict(sorted(values.items())) for value, values in ranked},
    )
