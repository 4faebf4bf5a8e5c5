"""What a report says of a search."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import pairwise

from newsarchive.answers.likeness.related import RelatedTerms
from newsarchive.answers.timeline import Timeline
from newsarchive.base.periods import Period
from newsarchive.export.export_source import ExportSource
from newsarchive.model import Article

# Gaps and families that are listed; the page says how many there are.
MOST_LISTED = 20
# Days that a chart by day holds, and months that one by month does.
_MOST_DAYS, _MOST_MONTHS = 92, 240
# A shorter gap is a weekend with a holiday.
_SHORTEST_GAP = 4


@dataclass(frozen=True, slots=True)
class ListedMatch:
    """An article as a report lists it; ``revisions`` counts states of its page, not of our reading."""

    article: Article
    revisions: int


@dataclass(frozen=True, slots=True)
class Gap:
    """Days in a row, both included, on which nothing that matches was published."""

    first: date
    last: date

    @property
    def days(self) -> int:
        """How many."""
        return (self.last - self.first).days + 1


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportFacts:
    """A search, counted. ``digest`` is that of the result.

    ``stories`` are articles that tell one story in nearly the same words; None where that could
    not be told.
    """

    explanation: str
    digest: str
    log_head: str
    timeline: Timeline
    facets: Mapping[str, Mapping[str, int]]
    terms: RelatedTerms
    matches: Sequence[ListedMatch]
    stories: Sequence[Sequence[Article]] | None
    gaps: Sequence[Gap]

    @property
    def edited(self) -> list[ListedMatch]:
        """Articles whose page changed, the most often changed first."""
        changed = [match for match in self.matches if match.revisions > 1]
        return sorted(changed, key=lambda match: -match.revisions)

    @property
    def guesses(self) -> int:
        """Articles whose date is a guess."""
        return sum(match.article.date_is_guess for match in self.matches)


def list_matches(source: ExportSource) -> list[ListedMatch]:
    """The articles of a search without texts and evidence, and how often each was edited."""
    return [
        ListedMatch(replace(article, text="", evidence=()), _states(source, article))
        for article in source.articles()
    ]


def best_period(days: Iterable[str]) -> Period:
    """The period by which a chart of these days is neither crowded nor empty."""
    dates = sorted(date.fromisoformat(day) for day in days)
    if not dates:
        return Period.MONTH
    span = (dates[-1] - dates[0]).days + 1
    if span <= _MOST_DAYS:
        return Period.DAY
    return Period.MONTH if span <= _MOST_MONTHS * 31 else Period.YEAR


def longest_gaps(days: Iterable[str]) -> list[Gap]:
    """The longest gaps between days on which something was published, the longest first."""
    dates = sorted(date.fromisoformat(day) for day in days)
    one = timedelta(days=1)
    gaps = [Gap(before + one, after - one) for before, after in pairwise(dates) if after - before > one]
    return sorted((gap for gap in gaps if gap.days >= _SHORTEST_GAP), key=lambda gap: -gap.days)


def _states(source: ExportSource, article: Article) -> int:
    return sum(not revision.is_reextracted for revision in source.revisions(article.id or 0))
