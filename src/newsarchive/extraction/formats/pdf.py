"""PDF documents, by pypdf, which comes with the extra ``documents``."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import Any

from newsarchive.base.dates import PartialDate
from newsarchive.errors import ExtractError, extra
from newsarchive.extraction.caps import MAX_TEXT, capped
from newsarchive.extraction.dates.machine_dates import parse_machine
from newsarchive.extraction.dates.written_dates import find_date
from newsarchive.extraction.formats import Received
from newsarchive.extraction.words.language_detection import detect
from newsarchive.extraction.words.strings import plain
from newsarchive.model import Article, Confidence, Evidence, EvidenceSource

_MAX_PAGES = 500
_HYPHEN = re.compile(r"(?<=[^\W\d_])[-\u00ad]\n(?=[^\W\d_A-Z])")
_SENTENCE_END = re.compile(r"[.!?…。！？:\"”»)]$")
_LETTER = re.compile(r"[^\W\d_]")
_FILE_NAME = re.compile(
    r"(?:.*\.(?:docx?|indd|qxp|exe|pdf|tex|p65|rtf)|untitled.*|microsoft word.*|document\d*)$", re.IGNORECASE
)
_DATE = re.compile(r"D:(\d{4})(\d\d)?(\d\d)?")
_HEADLINE = 200
_DATE_WITHIN = 12
_SHORT = 0.6
_LAST = 0.8


def read(received: Received) -> Article:
    """The text of a document in reading order; a scan without text is refused."""
    document = _opened(received.payload)
    pages = list(_pages(document))
    lines = [line for page in pages for line in page.split("\n") if line.strip()]
    text, cuts = capped("\n".join(_paragraphs("\n".join(pages))))
    if not _LETTER.search(text):
        raise ExtractError("the document holds pictures and no text", hint="run text recognition (OCR) first")
    about = _about(document)
    headline = _title(about.get("/Title")) or next((line.strip()[:_HEADLINE] for line in lines), None)
    published, evidence = _published(lines, about)
    return Article(
        headline=headline,
        authors=tuple(name for name in [plain(str(about.get("/Author") or ""))] if name),
        date_published=published,
        date_confidence=evidence.confidence if evidence else None,
        language=detect(text),
        text=_without_headline(text, headline),
        evidence=(*([] if evidence is None else [evidence]), *cuts),
    )


def _opened(payload: bytes) -> Any:
    try:
        from pypdf import PdfReader
        from pypdf.errors import PyPdfError
    except ImportError as exc:
        raise ExtractError("reading PDF documents needs another library", hint=extra("documents")) from exc
    try:
        document = PdfReader(io.BytesIO(payload), strict=False)
        if document.is_encrypted and not document.decrypt(""):
            raise ExtractError("the PDF document is encrypted", hint="save a copy without its password")
        return document
    except ExtractError:
        raise
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, RecursionError, OSError) as exc:
        raise ExtractError(f"the PDF document is damaged: {exc}", hint="get a fresh copy") from exc


def _pages(document: Any) -> Iterator[str]:
    """The text of each page, as far as it can be read."""
    size = 0
    try:
        count = len(document.pages)
    except Exception as exc:
        # pypdf lets through what its own classes don't foresee in damaged documents.
        raise ExtractError(f"the PDF document is damaged: {exc}", hint="get a fresh copy") from exc
    for number in range(min(count, _MAX_PAGES)):
        if size > MAX_TEXT:
            return
        try:
            text = document.pages[number].extract_text() or ""
        except Exception:  # noqa: BLE001  one page's damage is not the others'
            text = ""
        size += len(text)
        yield text.replace("\0", "")


def _paragraphs(text: str) -> Iterator[str]:
    """Lines joined to paragraphs: what is much shorter than most, or ends a sentence early, ends one."""
    lines = [line.strip() for line in _HYPHEN.sub("", text).split("\n")]
    usual = sorted(map(len, filter(None, lines)))
    width = usual[len(usual) * 3 // 4] if usual else 0
    gathered: list[str] = []
    for line in lines:
        if line:
            gathered.append(line)
        is_short = len(line) < width * _SHORT
        ends = is_short or (len(line) < width * _LAST and _SENTENCE_END.search(line) is not None)
        if ends and gathered:
            yield " ".join(gathered)
            gathered = []
    if gathered:
        yield " ".join(gathered)


def _about(document: Any) -> dict[str, Any]:
    try:
        return dict(document.metadata or {})
    except Exception:  # noqa: BLE001  as above
        return {}


def _title(stated: object) -> str | None:
    title = plain(str(stated or ""))
    return None if title is None or _FILE_NAME.match(title) else title


def _published(lines: list[str], about: dict[str, Any]) -> tuple[PartialDate | None, Evidence | None]:
    """The day that stands near the top, else the day on which the document was made, as a guess."""
    for line in lines[:_DATE_WITHIN]:
        found = find_date(line)
        if found is not None and found.date.day is not None:
            raw = line.strip()[:200]
            evidence = Evidence(
                "date_published", str(found.date), EvidenceSource.TEXT, raw, Confidence.MEDIUM
            )
            return found.date, evidence
    made = _DATE.match(str(about.get("/CreationDate") or ""))
    day = parse_machine("-".join(part for part in made.groups() if part)) if made else None
    if made is None or day is None:
        return None, None
    return day, Evidence("date_published", str(day), EvidenceSource.META, made[0], Confidence.LOW)


def _without_headline(text: str, headline: str | None) -> str:
    first, _, rest = text.partition("\n")
    return rest if headline and rest and first.strip() == headline else text
