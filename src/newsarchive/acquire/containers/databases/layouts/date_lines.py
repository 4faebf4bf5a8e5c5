"""Whether a line of an export is a date: of a day, with its month in words or numbers."""

from __future__ import annotations

import re

_MONTHS = (
    "jan(?:uary|uar|vier|eiro|uari)?|feb(?:ruary|ruar|braio|rero|ruari)?|f[ée]v(?:rier|ereiro)?|mar(?:ch|s|zo|ço)?|märz"
    "|maart|mrt|apr(?:il|ile)?|avr(?:il)?|abr(?:il)?|ma[iyj]|mayo|maggio|maio|june?|juni?|juin|giugno|junio|junho"
    "|july?|juli?|juil(?:let)?|luglio|julio|julho|aug(?:ust|ustus)?|ao[uû]t|ago(?:sto)?|sep(?:t(?:ember|embre)?)?"
    "|set(?:tembre|embro)?|o[ck]t(?:ober|obre)?|out(?:ubro)?|ottobre|nov(?:ember|embre|embro)?|de[czs](?:ember|embre|iembre)?"
    "|d[ée]c(?:embre)?|dez(?:ember|embro)?|dicembre|diciembre|enero|gennaio|septiembre|noviembre"
)
_DAY = re.compile(
    rf"\b(?:\d{{1,2}}(?:\.|er|\s*de)?\s+(?:{_MONTHS})\.?(?:\s+de)?,?\s+(?:19|20)\d\d"
    rf"|(?:{_MONTHS})\.?\s+\d{{1,2}},?\s+(?:19|20)\d\d"
    r"|(?:19|20)\d\d[-/.]\d\d?[-/.]\d\d?|\d\d?[-/.]\d\d?[-/.](?:19|20)\d\d"
    r"|(?:19|20)\d\d\s?[年년]\s?\d\d?\s?[月월]\s?\d\d?)",
    re.IGNORECASE,
)
_MAX_LINE = 80


def is_date(line: str) -> bool:
    """Whether a line is a date and little else."""
    return len(line) <= _MAX_LINE and _DAY.search(line) is not None


def date_in(line: str) -> str | None:
    """The date of a line, as written there."""
    match = _DAY.search(line)
    return match[0] if match else None
