"""What printing and reader views add to a text: addresses, page numbers, reading times."""

from __future__ import annotations

import re

from newsarchive.extraction.words.strings import key

_HOST = re.compile(r"^(?:www\.)?(?P<host>(?:[a-z0-9-]{1,63}\.){1,4}[a-z]{2,24})$", re.IGNORECASE)
_READING_TIME = re.compile(
    r"^\W*(?:(?:reading time|lesezeit|lesedauer|temps de lecture|lecture|tiempo de lectura|tempo di lettura|"
    r"время чтения|время на чтение)\s?:?\s?)?(?:ca\.?\s|約|约)?\d{1,3}(?:\s?[-–]\s?\d{1,3})?\s?"
    r"(?:min(?:s|\.|utes?|uten|utos?|uti)?|мин\S{0,4}|分(?:鐘|钟)?)"
    r"(?:\s(?:read|lesezeit|lesedauer|de lecture|de lectura|di lettura))?\W*$",
    re.IGNORECASE,
)
_PRINTED = re.compile(
    r"^\W*(?:printed|gedruckt|ausgedruckt|imprimé|impreso|impresso|stampato|afgedrukt|saved|gespeichert|"
    r"retrieved|abgerufen|распечатано)\b",
    re.IGNORECASE,
)
_PAGE = re.compile(
    r"^(?:https?://\S{4,500}\s*)?(?:(?:page|seite|página|pagina|strona|стр\.?|страница)\s)?"
    r"\d{1,3}\s?(?:/|of|von|sur|de|di|van|z|из)\s?\d{1,3}$|^https?://\S{4,500}$",
    re.IGNORECASE,
)
_BESIDE_HEADLINE = 60


def host_of_line(line: str) -> str | None:
    """The host of a line that is nothing but one: reader views begin so."""
    match = _HOST.match(line)
    return match["host"].lower() if match else None


def is_reading_time(line: str) -> bool:
    """Whether a line says how long reading takes, and nothing else."""
    return len(line) < _BESIDE_HEADLINE and _READING_TIME.match(line) is not None


def is_printed_on(line: str) -> bool:
    """Whether a line says when the page was printed or saved."""
    return _PRINTED.match(line) is not None


def is_page_edge(line: str, *, headline: str | None) -> bool:
    """Whether a line stood at the edge of a printed page: an address, a page number, the title."""
    if _PAGE.match(line):
        return True
    title = key(headline or "")
    beside = len(key(line)) - len(title)
    return (
        bool(title)
        and title in key(line)
        and 0 < beside < _BESIDE_HEADLINE
        and any(map(str.isdigit, line[:12]))
    )
