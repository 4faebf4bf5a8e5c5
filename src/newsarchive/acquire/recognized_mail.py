"""Captures of e-mails: named by their Message-ID, of the time at which they were sent."""

from __future__ import annotations

from datetime import UTC, datetime
from email import message_from_bytes
from email.policy import default
from email.utils import parsedate_to_datetime

from newsarchive.acquire.reader import printable
from newsarchive.formats import PageFormat
from newsarchive.model import Capture

_HEADERS = 65_536
_STATED = ("date", "message-id", "snapshot-content-location")


def mail_capture(payload: bytes, *, source: str, now: datetime) -> Capture:
    """The capture of a message; a mail is shown to its reader when it comes, which is when it is sent."""
    sent, identifier, _ = headers_of(payload)
    is_known = sent is not None and sent <= now
    return Capture(
        payload=payload,
        source=source,
        captured_at=sent if sent is not None and is_known else now,
        time_known=is_known,
        format=PageFormat.EML,
        content_type=PageFormat.EML.traits.media_types[0],
        dataset="mail" if identifier else None,
        identifier=identifier,
    )


def headers_of(payload: bytes) -> tuple[datetime | None, str | None, str | None]:
    """When a message was sent, its Message-ID, and where the page in it was saved from."""
    try:
        message = message_from_bytes(payload[:_HEADERS], policy=default)
        stated = [
            str(message.get(name) or "") for name in ("date", "message-id", "snapshot-content-location")
        ]
    except Exception:  # noqa: BLE001  the parser of the standard library fails in many ways on broken headers
        return None, None, None
    identifier = printable(stated[1].strip(" <>"))[:1_000] or None
    return _moment(stated[0]), identifier, stated[2].strip() or None


def _moment(stated: str) -> datetime | None:
    try:
        moment = parsedate_to_datetime(stated)
    except (TypeError, ValueError, IndexError, OverflowError):
        return None
    return (moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment).astimezone(UTC)
