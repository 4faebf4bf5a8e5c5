"""Articles that came by e-mail: the innermost forwarded message, out of its headers and quote marks."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum


class _Header(Enum):
    SENDER = "from|von|de|da|van|från|fra|od|от|від|发件人|寄件者|差出人|보낸 사람"
    RECIPIENT = "to|an|à|a|para|aan|till|til|do|кому|cc|kopie|copie|bcc|reply-to|收件人|收件者|宛先|받는 사람"
    DATE = (
        "date|sent|datum|gesendet|envoyé|fecha|enviado(?: el)?|data|inviato|verzonden|skickat|sendt|дата|"
        "отправлено|日期|发送时间|送信日時|日時|보낸 날짜"
    )
    SUBJECT = (
        "subject|betreff|objet|asunto|assunto|oggetto|onderwerp|ämne|emne|temat|тема|主题|主旨|件名|제목"
    )


_HEADER_LINE = re.compile(
    r"^\*?(?:" + "|".join(f"(?P<{header.name}>{header.value})" for header in _Header)
    + r")\s?[:：]\*?\s?(?P<value>.*)$",
    re.IGNORECASE,
)  # fmt: skip
# "On Wed, 30 Oct 2024 at 14:05, Harbor Ledger <news@…> wrote:"
_ATTRIBUTION = re.compile(
    r"^(?:on|am|le|el|il|em|op|den|w dniu)\s(?P<date>.{6,60}?),?\s(?:schrieb\s|a écrit\s)?"
    r"(?P<sender>[^,:]{2,120}?)\s?"
    r"(?:wrote|schrieb|a écrit|escribió|ha scritto|escreveu|schreef|skrev|napisał\(?a?\)?)?"
    r"\s?[:：]$",
    re.IGNORECASE,
)
_MARKER = re.compile(
    r"^[-_\s]*(?:begin )?(?:(?:forwarded|original) message|(?:ursprüngliche|weitergeleitete) nachricht|"
    r"anfang der weitergeleiteten nachricht|message (?:transféré|d'origine)|mensaje (?:reenviado|original)|"
    r"messaggio (?:inoltrato|originale)|doorgestuurd bericht|пересылаемое сообщение)[-_:\s]*$",
    re.IGNORECASE,
)
_PREFIX = re.compile(r"^(?:(?:fwd?|re|aw|wg|tr|rv|enc|i|vs|sv|doorst|转发|回复)\s?[:：]\s?)+", re.IGNORECASE)
_QUOTE = re.compile(r"^\s?(?:>\s?)+")
_ADDRESS = re.compile(r"\s*[<\[(](?:mailto:)?(?P<address>[^<>\[\]()\s]{3,200}@[^<>\[\]()\s]{3,200})[>\])].*$")
# Names of mailboxes that belong to nobody.
_DESK = re.compile(
    r"^(?:news|newsletters?|no-?reply|redaktion|redaction|info|editors?|mail|contact|hello|alerts?|digest|press)\b",
    re.IGNORECASE,
)
_MAX_FRONT = 80
_MAX_VALUE = 500
_MIN_HEADERS = 2


@dataclass(frozen=True, slots=True)
class Letter:
    """A message: what its headers say, and the text under them."""

    text: str
    sender: str | None = None
    is_desk: bool = False
    date: str | None = None
    subject: str | None = None


def unwrap(text: str) -> Letter | None:
    """Give the innermost message of an e-mailed text; None where the text is no e-mail.

    Two headers make one, or a line that says who wrote what follows.
    """
    lines = text.splitlines()
    front = [_QUOTE.sub("", line).strip() for line in lines[:_MAX_FRONT]]
    found: tuple[int, dict[_Header, str]] | None = None
    for index in range(len(front)):
        end, headers = _block(front, index)
        if headers:
            found = (end, headers)
    if found is None:
        return None
    end, headers = found
    body = [_QUOTE.sub("", line) for line in lines[end:]]
    return _letter("\n".join(_before_signature(body)), headers)


def _block(lines: list[str], start: int) -> tuple[int, dict[_Header, str]]:
    """Read the headers that begin at a line; empty where none do, or too few to be a message's."""
    attribution = _ATTRIBUTION.match(lines[start])
    if attribution and "@" in lines[start]:
        return start + 1, {_Header.SENDER: attribution["sender"], _Header.DATE: attribution["date"]}
    if start and _HEADER_LINE.match(lines[start - 1]):
        return start, {}
    headers: dict[_Header, str] = {}
    end = start
    while end < len(lines) and (match := _HEADER_LINE.match(lines[end])):
        headers.setdefault(_named(match), match["value"][:_MAX_VALUE])
        end += 1
    is_message = len(headers) >= _MIN_HEADERS and _Header.SENDER in headers
    to_somebody = _Header.RECIPIENT in headers or (start > 0 and _MARKER.match(lines[start - 1]) is not None)
    return (end, headers) if is_message and to_somebody else (start, {})


def _named(match: re.Match[str]) -> _Header:
    return next(header for header in _Header if match[header.name])


def _before_signature(lines: list[str]) -> list[str]:
    """A line of two hyphens parts a message from its writer's signature."""
    end = next((index for index, line in enumerate(lines) if line.rstrip() == "--"), len(lines))
    return lines[:end] if any(line.strip() for line in lines[:end]) else lines


def _letter(text: str, headers: dict[_Header, str]) -> Letter:
    sender = headers.get(_Header.SENDER, "")
    address = _ADDRESS.search(sender)
    name = _ADDRESS.sub("", sender).strip(" \"'*")
    mailbox, _, domain = (address["address"] if address else "").partition("@")
    return Letter(
        text=text,
        sender=name if name and "@" not in name else None,
        is_desk=is_desk(name, mailbox, domain),
        date=headers.get(_Header.DATE),
        subject=_PREFIX.sub("", headers.get(_Header.SUBJECT, "")).strip() or None,
    )


def is_desk(name: str, mailbox: str, domain: str) -> bool:
    """Whether a sender is a house and no person, by the mailbox or by a name that is that of the domain."""
    own = "".join(char for char in name.casefold() if char.isalnum())
    return bool(_DESK.match(mailbox)) or (bool(own) and own in domain.replace("-", "").casefold())
