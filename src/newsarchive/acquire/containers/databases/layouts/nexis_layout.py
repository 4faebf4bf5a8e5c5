"""How LexisNexis lays out an article, in whatever file: lines, labelled fields, text, fields."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from newsarchive.acquire.containers.databases.layouts.date_lines import is_date

DATASET = "lexisnexis"
_FIELDS = {
    "headline": "HEADLINE ÜBERSCHRIFT TITRE TITEL TITULAR TÍTULO TITOLO",
    "byline": "BYLINE AUTOR AUTEUR AUTOR-IN VERFASSER AUTORE",
    "section": "SECTION RUBRIK RUBRIQUE SECTIE SECCIÓN SEZIONE",
    "length": "LENGTH LÄNGE LONGUEUR LENGTE LONGITUD LUNGHEZZA",
    "dateline": "DATELINE ORIGINE HERKUNFT DATELINEA",
    "description": "HIGHLIGHT ENCART SAMENVATTING ZUSAMMENFASSUNG",
    "language": "LANGUAGE LANGUE SPRACHE TAAL IDIOMA LINGUA",
    "keywords": "SUBJECT SUJET THEMA ONDERWERP ASUNTO",
    "url": "URL",
    "other": (
        "LOAD-DATE DATE-CHARGEMENT UPDATE PUBLICATION-TYPE PUB-TYPE TYPE-PUBLICATION PUBLIKATIONSART GRAPHIC"
        " DISTRIBUTION ORGANIZATION COMPANY TICKER INDUSTRY GEOGRAPHIC PERSON COUNTRY STATE CITY ACC-NO"
        " JOURNAL-CODE DOCUMENT-TYPE TYPE SERIES NOTES CORRECTION CORRECTION-DATE LOCALISATION-GEO PERSONNE"
        " ORGANISATION SOCIETE SECTEUR-ACTIVITE CODE-COTATION ISSN EDITION SOURCE CATEGORY DATUM DOCUMENT"
    ),
}
_NAMES = {name: key for key, names in _FIELDS.items() for name in names.split()}
_LABEL = re.compile(r"(?P<name>[^\W\d_][\w-]{1,24})(?:\([^)]{1,20}\))?\s?:[\s\xa0]*(?P<value>.*)", re.DOTALL)
_BODY = re.compile(r"(?:body|text|volltext|full text|corps|corps de l'article|texte)\s?:?", re.IGNORECASE)
_TAIL = re.compile(
    r"(?:classification|klassifikation|notes|graphic|end of document|ende des dokuments|fin du document)",
    re.I,
)
_COPYRIGHT = re.compile(
    r"(?:copyright|©|\(c\)\s?\d{4}|alle rechte vorbehalten|all rights reserved|tous droits)", re.I
)
_EDITION = re.compile(r"\b(?:edition|édition|ausgabe|final|editie|correction appended)\b", re.IGNORECASE)
_BY = re.compile(r"^(?:by|von|par|de|door|por|di)\s+", re.IGNORECASE)
_BETWEEN = re.compile(r"\s*(?:;|/|\band\b|\bund\b|\bet\b|\ben\b| & |\by\b)\s*", re.IGNORECASE)
_SCORE = re.compile(r"\s*\(\d{1,3}%\)")
_MAX_FRONT = 8
_MAX_EDITION = 60


@dataclass(slots=True)
class _Article:
    headline: str | None = None
    publisher: str | None = None
    date: str | None = None
    copyright: str | None = None
    fields: dict[str, str] = field(default_factory=dict)
    text: list[str] = field(default_factory=list)


def row_of(paragraphs: Sequence[str], *, headline_first: bool = False) -> dict[str, object]:
    """The row of an article; exports since 2018 begin with the headline, older ones with the paper."""
    lines = [line.replace("\xa0", " ").strip() for line in paragraphs]
    lines = [line for line in lines if line]
    article = _Article()
    rest = _take_front(lines, article, headline_first=headline_first)
    _take_rest(rest, article)
    fields = article.fields
    return {
        "headline": article.headline or fields.get("headline"),
        "text": "\n\n".join(article.text),
        "date": article.date,
        "publisher": article.publisher,
        "authors": people(fields.get("byline")),
        "section": fields.get("section"),
        "description": fields.get("description"),
        "language": language(fields.get("language")),
        "keywords": [
            word for item in fields.get("keywords", "").split(";") if (word := _SCORE.sub("", item).strip())
        ],
        "url": fields.get("url"),
        "length": fields.get("length"),
        "copyright": article.copyright,
    }


def people(byline: str | None) -> list[str]:
    """The names of a byline; what stands behind a comma is a role, a paper or a place."""
    names = []
    for part in _BETWEEN.split(_BY.sub("", (byline or "").strip())):
        name = part.split(",")[0].split("(")[0].strip()
        if name and "@" not in name and not any(map(str.isdigit, name)) and len(name.split()) <= 5:
            names.append(name.title() if name.isupper() else name)
    return names


def language(stated: str | None) -> str | None:
    """The language that an export names in words of its own."""
    word = re.split(r"[;,\s]", (stated or "").strip().casefold())[0]
    return _LANGUAGES.get(word)


def _take_front(lines: list[str], article: _Article, *, headline_first: bool) -> list[str]:
    at = next((index for index, line in enumerate(lines[:_MAX_FRONT]) if is_date(line)), None)
    if at is None:
        article.headline = lines[0] if lines else None
        return lines[1:]
    article.date = lines[at]
    front = [line for line in lines[:at] if not _label(line)]
    if headline_first and len(front) > 1:
        article.headline, article.publisher = " ".join(front[:-1]), front[-1]
        return lines[at + 1 :]
    article.publisher = front[0] if front else None
    rest = lines[at + 1 :]
    while rest and len(rest[0]) <= _MAX_EDITION and _EDITION.search(rest[0]) and not _label(rest[0]):
        rest = rest[1:]
    if rest and not _label(rest[0]) and not _COPYRIGHT.match(rest[0]):
        article.headline, rest = rest[0], rest[1:]
    return rest


def _take_rest(lines: list[str], article: _Article) -> None:
    behind = False
    for line in lines:
        label = _label(line)
        if label is not None:
            key, value = label
            behind = behind or bool(article.text and key in ("language", "keywords", "other"))
            article.fields.setdefault(key, " ".join(value.split()))
        elif _COPYRIGHT.match(line) and len(line) < 200:
            article.copyright = line
        elif _TAIL.fullmatch(line):
            behind = True
        elif not _BODY.fullmatch(line) and not behind:
            article.text.append(" ".join(line.split()))


def _label(line: str) -> tuple[str, str] | None:
    match = _LABEL.match(line)
    key = _NAMES.get(match["name"].upper()) if match else None
    # A word before a colon within the text is written small.
    if match is None or key is None or not match["name"][0].isupper():
        return None
    return key, match["value"].strip()


_LANGUAGES = {
    name: code
    for code, names in {
        "en": "english anglais englisch engels inglés inglese 英文 英語",
        "fr": "french français französisch frans francés francese 法文",
        "de": "german deutsch allemand duits alemán tedesco 德文",
        "es": "spanish español espagnol spanisch spaans spagnolo 西班牙文",
        "it": "italian italiano italien italienisch",
        "nl": "dutch nederlands néerlandais niederländisch",
        "pt": "portuguese português portugais portugiesisch",
        "ru": "russian русский russe russisch",
        "ja": "japanese 日本語 japonais",
        "ko": "korean 한국어",
        "zh": "chinese 中文 chinois simplified traditional",
        "ar": "arabic arabe العربية",
        "pl": "polish polski",
        "sv": "swedish svenska",
        "da": "danish dansk",
        "no": "norwegian norsk",
        "tr": "turkish türkçe",
    }.items()
    for name in names.split()
}
