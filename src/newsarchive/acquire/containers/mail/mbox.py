"""Mailboxes: each message stands behind a line that begins with "From ". Source: RFC 4155."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from typing import BinaryIO

from newsarchive.acquire.reader import Failure, Item, Limits
from newsarchive.acquire.recognized_mail import mail_capture
from newsarchive.acquire.source_file import SourceFile
from newsarchive.errors import AcquireError

_FROM = re.compile(rb"From \S.{0,300}\d{4}")
_ESCAPED = re.compile(rb"^>(>*From )", re.MULTILINE)


def read(file: SourceFile, *, limits: Limits, now: datetime) -> Iterator[Item]:
    """Yield the messages, in the memory of one."""
    number = 0
    for message in _messages(file.stream(), limits.payload):
        number += 1
        source = f"{file.name}#{number}"
        if len(message) > limits.payload:
            error = AcquireError(
                f"{source} holds more than {limits.payload:,} bytes", hint="save it on its own"
            )
            yield Failure(source, error)
        else:
            yield mail_capture(_ESCAPED.sub(rb"\1", message), source=source, now=now)
    if not number:
        yield Failure(file.name, AcquireError(f"{file.name} holds no messages", hint="export it again"))


def _messages(stream: BinaryIO, limit: int) -> Iterator[bytes]:
    """The messages without the lines that part them; what is longer than the limit is cut right behind it."""
    message = bytearray()
    begun = False
    was_blank = True
    while line := stream.readline(limit):
        if was_blank and _FROM.match(line):
            if begun and message.strip():
                yield bytes(message)
            message = bytearray()
            begun = True
        elif begun and len(message) <= limit:
            message += line
        was_blank = not line.strip()
    if begun and message.strip():
        yield bytes(message)
