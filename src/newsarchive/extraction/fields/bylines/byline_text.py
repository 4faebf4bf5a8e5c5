"""The part of a byline's text that names its authors."""

from __future__ import annotations

import re

from newsarchive.extraction.words.person_names import is_calendar, without_lead

_MAX_BYLINE = 120
_MAX_WORDS = 9
_NO_BYLINE = re.compile(
    r"^(?:by|von|par|por|di|on|am|um|le|the|veröffentlicht|published|posted|updated)\b", re.IGNORECASE
)
_AFTER_NAME = re.compile(
    r"\s*[|•·]\s*|\s+[—–-]\s+|,?\s+\d|\s+(?:updated|published|posted|aktualisiert|publié|publicado|"
    r"illustrations?|fotos?|photos?|bild(?:er)?|stand|sendung|last (?:updated|modified)|übersetzung|"
    r"δημοσιεύθηκε|ενημερώθηκε)\b",
    re.IGNORECASE,
)
# Who looked at it, drew for it or put it into another language did not write it.
_BY_OTHERS = re.compile(
    r"\W+(?:medically |expertly )?(?:reviewed|edited|fact.checked|translated|illustrated) by\b.*$",
    re.IGNORECASE,
)
_ABOUT_SOMETHING_ELSE = re.compile(
    r"\d\d|\b(comments?|shares?|follow|about|über|mehr|more|subscribe|profile?|view|all posts|articles|"
    r"read|sign|newsletter|log|beiträge|profil|entradas|posts|your|geändert|rights)\b|[*:]\s*$",
    re.IGNORECASE,
)


def naming(text: str) -> str:
    """The part of a byline's text that names; empty where it is about something else."""
    if len(text) > _MAX_BYLINE:
        return ""
    names = _AFTER_NAME.split(_without_day(without_lead(without_others(text) + " ")))[0]
    if len(names.split()) > _MAX_WORDS or _ABOUT_SOMETHING_ELSE.search(names):
        return ""
    return "" if _NO_BYLINE.match(names) else names


def without_others(text: str) -> str:
    """Drop from behind the authors who reviewed, edited or translated."""
    return _BY_OTHERS.sub("", text)


def _without_day(text: str) -> str:
    """Cut a text before its first day, with the month or weekday that stands before the number."""
    words = text.split(" ")
    at = next((at for at, word in enumerate(words) if word[:1].isdigit()), len(words))
    if at == len(words):
        return text
    start = at
    while start > 1 and (
        is_calendar(words[start - 1].strip(",.•|-–")) or words[start - 1] in ("", ",", "•", "|")
    ):
        start -= 1
    return " ".join(words[:start]) if start < at else text
