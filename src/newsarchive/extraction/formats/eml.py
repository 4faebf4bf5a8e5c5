"""E-mails: newsletters and stories that came by mail."""

from __future__ import annotations

import re
from dataclasses import replace
from email.message import Message
from email.utils import parseaddr

from newsarchive.base.dates import PartialDate
from newsarchive.errors import ExtractError
from newsarchive.extraction.dates.machine_dates import parse_machine
from newsarchive.extraction.formats import Received, plain_text
from newsarchive.extraction.formats import html as web_page
from newsarchive.extraction.formats.mail_parts import Part, header, main_part, message_of
from newsarchive.extraction.formats.plain_text.forwarded_mail import is_desk
from newsarchive.extraction.words.language_detection import detect
from newsarchive.extraction.words.person_names import is_person
from newsarchive.extraction.words.strings import plain
from newsarchive.model import Article, Confidence, Evidence, EvidenceSource

_PREFIX = re.compile(r"^(?:(?:fwd?|re|aw|wg|tr|rv|enc|i|vs|sv)\s?:\s?)+", re.IGNORECASE)
# Where a reply begins to quote what it answers.
_QUOTED = re.compile(
    r"^(?:-{2,}\s?(?:original message|ursprüngliche nachricht|message d'origine|mensaje original)\s?-{2,}.*"
    r"|(?:on|am|le|el|il|op)\s.{6,120}(?:wrote|schrieb|a écrit|escribió|ha scritto|schreef).{0,60}:)$",
    re.IGNORECASE,
)


def read(received: Received) -> Article:
    """The story of a mail. Its subject is the headline, and the day it was sent the day of publication."""
    message = message_of(received.payload)
    part = main_part(message)
    if part is None:
        raise ExtractError("the mail has no text", hint="it may hold attachments alone: save and add them")
    return _with_headers(_article(received, part), message)


def _article(received: Received, part: Part) -> Article:
    inner = replace(received, payload=part.payload, content_type=part.content_type, url=None)
    if part.content_type.startswith("text/plain"):
        return _of_mail(plain_text.read(inner))
    try:
        article = web_page.read(inner)
    except ExtractError:
        article = plain_text.read(replace(inner, payload=_bare(part.payload)))
    return _of_mail(article)


def _of_mail(article: Article) -> Article:
    # An address in a mail is one of many that it links to.
    return replace(article, text=_before_quote(article.text), url=None, is_accessible_for_free=None)


def _bare(payload: bytes) -> bytes:
    """The text of a mail whose HTML is no article: a sentence or two."""
    from newsarchive.extraction.page.decoding import decode
    from newsarchive.extraction.page.markup import text_of_markup

    return text_of_markup(decode(payload)).encode("utf-8", "replace")


def _before_quote(text: str) -> str:
    """The text before what it answers; all of it where nothing stands before."""
    lines = text.split("\n")
    end = next((index for index, line in enumerate(lines) if _QUOTED.match(line)), len(lines))
    return "\n".join(lines[:end]) if end else text


def _with_headers(article: Article, message: Message) -> Article:
    subject = plain(_PREFIX.sub("", header(message, "subject") or ""))
    sent = parse_machine(header(message, "date"))
    name, address = parseaddr(header(message, "from") or "")
    sender = plain(name) or address or None
    mailbox, _, domain = address.partition("@")
    is_writer = sender is not None and is_person(sender) and not is_desk(name, mailbox, domain)
    language = article.language or detect(article.text)
    return replace(
        article,
        headline=subject or article.headline,
        authors=(sender,) if is_writer and sender and not article.authors else article.authors,
        publisher=sender if not is_writer else article.publisher or domain or None,
        date_published=sent or article.date_published,
        date_confidence=Confidence.HIGH if sent else article.date_confidence,
        language=language,
        evidence=(*_kept(article, replaced=sent), *_evidence(subject, sent, message)),
    )


def _kept(article: Article, *, replaced: PartialDate | None) -> tuple[Evidence, ...]:
    gone = {"headline", "url", *(["date_published"] if replaced else [])}
    return tuple(one for one in article.evidence if one.field not in gone)


def _evidence(subject: str | None, sent: PartialDate | None, message: Message) -> list[Evidence]:
    found = []
    if subject:
        raw = header(message, "subject") or ""
        found.append(Evidence("headline", subject, EvidenceSource.MAIL, raw[:200], Confidence.HIGH))
    if sent:
        raw = header(message, "date") or ""
        found.append(Evidence("date_published", str(sent), EvidenceSource.MAIL, raw[:200], Confidence.HIGH))
    return found
