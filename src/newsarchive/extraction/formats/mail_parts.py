"""The parts of a MIME message: the page or the text that it was sent for."""

from __future__ import annotations

from dataclasses import dataclass
from email import message_from_bytes
from email.message import EmailMessage, Message
from email.policy import default

from newsarchive.errors import ExtractError

_MAX_PARTS = 2_000


@dataclass(frozen=True, slots=True)
class Part:
    """The bytes of a part, without its transfer encoding, and what is said of them."""

    payload: bytes
    content_type: str
    location: str | None


def message_of(payload: bytes) -> EmailMessage:
    """Parse a message. Raises ExtractError where it is none."""
    try:
        return message_from_bytes(payload, policy=default)
    except Exception as exc:
        # The parser of the standard library fails in many ways on broken headers.
        raise ExtractError(f"the message can't be parsed: {exc}", hint="save it again") from exc


def header(message: Message, name: str) -> str | None:
    """A header as a text on one line; None where it is missing or broken."""
    try:
        value = message.get(name)
        return " ".join(str(value).split()) or None if value is not None else None
    except Exception:  # noqa: BLE001  as above
        return None


def main_part(message: Message) -> Part | None:
    """The first page of a message, or its first text; what is attached as a file is not looked at."""
    found: dict[str, Part] = {}
    for number, part in enumerate(message.walk()):
        kind = part.get_content_type()
        if number > _MAX_PARTS or {"text/html", "text/plain"} <= found.keys():
            break
        if kind in ("text/html", "application/xhtml+xml", "text/plain") and not _is_attached(part):
            payload = _payload(part)
            if payload.strip():
                key = "text/plain" if kind == "text/plain" else "text/html"
                found.setdefault(key, Part(payload, _stated(part, kind), header(part, "content-location")))
    return found.get("text/html") or found.get("text/plain")


def _payload(part: Message) -> bytes:
    try:
        payload = part.get_payload(decode=True)
    except Exception:  # noqa: BLE001  as above
        return b""
    return payload if isinstance(payload, bytes) else b""


def _stated(part: Message, kind: str) -> str:
    try:
        charset = part.get_content_charset()
    except Exception:  # noqa: BLE001  as above
        charset = None
    return f"{kind}; charset={charset}" if charset else kind


def _is_attached(part: Message) -> bool:
    try:
        return part.get_content_disposition() == "attachment"
    except Exception:  # noqa: BLE001  as above
        return False
