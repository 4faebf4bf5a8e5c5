"""Which of the dates that a page shows is the article's: every trait of a place has its weight.

A date's score is the sum of the weights of its traits: the coefficients of a conditional
logit (the right date against the others of its page), with all that pages state for
machines left aside. ``training/fit_date_ranking.py`` fits them, and says how they do on
sites and on sets of labels that they never saw. Scores from 0 up were right on 96 % of
pages of sites left out, those below on 79 %.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from datetime import date, timedelta
from math import fsum
from pathlib import Path

from newsarchive.base.dates import PartialDate
from newsarchive.extraction.candidate import Candidate
from newsarchive.extraction.dates.other_calendars import noted
from newsarchive.extraction.dates.surroundings import Trait
from newsarchive.extraction.dates.visible_dates import Sighting, near_headline, sightings
from newsarchive.extraction.page.parsed_page import Page
from newsarchive.model import Confidence, EvidenceSource

PUBLISHED, MODIFIED = "date_published", "date_modified"
WEIGHTS_FILE = Path(__file__).with_name("date_weights.json")
# Two are too rare among labelled pages to be fitted: an exhibition's days are not its review's,
# and any day at the same place says more than a month.
WEIGHTS = {Trait[name]: weight for name, weight in json.loads(WEIGHTS_FILE.read_text("utf-8")).items()}
# Below the first a date is a guess; below the second it is somebody else's: an event's in the
# middle of the text, a related story's, a comment's.
_GUESS, _REFUSED = 0.0, -4.0
_EARLIEST = date(1900, 1, 1)
_ABOVE = frozenset((Trait.NEAR_ABOVE, Trait.FAR_ABOVE))
_OWN = frozenset((Trait.LABELLED, Trait.MARKED_PUBLISHED, Trait.MACHINE))
# A masthead's day is an upper bound and no more, so anything else under the headline beats it.
_MASTHEAD = -1.5
_DAY = timedelta(days=1)
_WEEKDAY = re.compile(
    r"monday|tuesday|wednesday|thursday|friday|saturday|sunday|montag|dienstag|mittwoch|donnerstag|freitag|"
    r"samstag|sonnabend|sonntag|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|lunes|martes|miércoles|"
    r"jueves|viernes|sábado|domingo|segunda|terça|quarta|quinta|sexta|luned|marted|mercoled|gioved|venerd|"
    r"sabato|domenica|понедельник|вторник|сред[ау]|четверг|пятница|суббота|воскресенье|星期|曜日|요일|"
    r"الاثنين|الثلاثاء|الأربعاء|الخميس|الجمعة|السبت|الأحد",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Ranked:
    """A visible date with its score."""

    candidate: Candidate[PartialDate]
    score: float


def rank(page: Page, *, month_first: bool, latest: date | None) -> list[Ranked]:
    """Rank the visible dates from 1900 to ``latest``: the likeliest first, equals as they are shown."""
    return _sorted(page, sightings(page, month_first=month_first), latest)


def rank_near_headline(page: Page, *, month_first: bool, latest: date | None) -> list[Ranked]:
    """Rank the dates around the headline as ``rank`` does those of the whole page."""
    return _sorted(page, near_headline(page, month_first=month_first), latest)


def _sorted(page: Page, seen: list[Sighting], latest: date | None) -> list[Ranked]:
    ranked = (
        _ranked(one, page) for one in seen if one.day >= _EARLIEST and (latest is None or one.day <= latest)
    )
    return sorted((one for one in ranked if one.score >= _REFUSED), key=lambda one: -one.score)


def _ranked(sighting: Sighting, page: Page) -> Ranked:
    # The order of a set changes from run to run, and with it the last bit of a plain sum.
    score = fsum(WEIGHTS.get(trait, 0.0) for trait in sighting.traits)
    source, confidence = sighting.source, sighting.confidence
    modified = Trait.MODIFIED in sighting.traits and not sighting.traits & _OWN
    if is_masthead(sighting, page):
        source, score = EvidenceSource.MASTHEAD, score + _MASTHEAD
    if source is EvidenceSource.MASTHEAD or modified or score < _GUESS:
        confidence = Confidence.LOW
    field = MODIFIED if modified else PUBLISHED
    return Ranked(Candidate(field, sighting.found.date, source, _raw(sighting), confidence), score)


def is_masthead(sighting: Sighting, page: Page) -> bool:
    """Whether a date is the day on which the page was shown, which stands above the headline."""
    if not sighting.traits & _ABOVE or sighting.traits & _OWN:
        return False
    shown_on = None if page.captured_at is None else page.captured_at.date()
    today = shown_on is not None and abs(sighting.day - shown_on) <= _DAY
    return today or _WEEKDAY.search(sighting.raw) is not None


def _raw(sighting: Sighting) -> str:
    """The string as found, and what it took to read it."""
    if sighting.note is not None:
        return f"{sighting.raw} [{sighting.note}]"
    return noted(sighting.raw, sighting.found.calendar)
