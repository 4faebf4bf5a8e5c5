"""Asks a service that the user names: one small request, one small reply."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import urllib3

from newsarchive.errors import AcquireError

_SECONDS = 30.0
_MOST_REPLY = 1_000_000


@dataclass(frozen=True, slots=True)
class Reply:
    """What a service answered; ``body`` ends after 1 MB, ``media_type`` is without parameters."""

    status: int
    media_type: str
    body: bytes


def post(service: str, body: bytes, headers: Mapping[str, str]) -> Reply:
    """Send ``body`` to a service, wherever it is: the user named it. Raises AcquireError."""
    if not service.startswith(("https://", "http://")):
        raise AcquireError(f"{service} is no address of a service", hint="give one with https://")
    pool = urllib3.PoolManager(timeout=urllib3.Timeout(_SECONDS), retries=False)
    try:
        with pool.request("POST", service, body=body, headers=dict(headers), preload_content=False) as answer:
            media_type = answer.headers.get("Content-Type", "").split(";")[0].strip().lower()
            return Reply(answer.status, media_type, answer.read(_MOST_REPLY))
    except (urllib3.exceptions.HTTPError, ValueError) as error:
        raise AcquireError(f"{service} can't be reached: {error}") from error
