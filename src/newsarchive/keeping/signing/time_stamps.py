"""Time stamps of a service that the user names. Source: RFC 3161.

A service signs that it has seen a digest at a time. It learns the digest and nothing else.
"""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from newsarchive.errors import AcquireError, SigningError, extra

if TYPE_CHECKING:
    from rfc3161_client import TimeStampResponse

_QUERY, _REPLY = "application/timestamp-query", "application/timestamp-reply"
# A reply with its chain of certificates has some thousand bytes.
_MOST_REPLY = 1_000_000
_GRANTED = (0, 1)


def stamp(data: bytes, service: str) -> bytes:
    """The reply of a service, which says when ``data`` was there. Raises SigningError."""
    request = _library().TimestampRequestBuilder().data(data).build()
    reply = _post(service, request.as_bytes())
    answer = _decoded(reply)
    if answer.status not in _GRANTED:
        words = "; ".join(answer.status_string) or f"status {answer.status}"
        raise SigningError(f"{service} gives no time stamp: {words[:200]}")
    if answer.tst_info.nonce != request.nonce or not _is_of(answer, data):
        raise SigningError(f"{service} answers with the time stamp of something else")
    return reply


def stamped_at(data: bytes, reply: bytes) -> datetime:
    """When ``data`` was stamped, as the reply says it. Raises SigningError where it is of other data."""
    answer = _decoded(reply)
    if answer.status not in _GRANTED or not _is_of(answer, data):
        raise SigningError("is not what was stamped: it was altered, or the time stamp was")
    return answer.tst_info.gen_time.astimezone(UTC)


def check_service(data: bytes, reply: bytes, authorities: Path) -> None:
    """Raise SigningError unless the stamp was signed in the name of an authority that a file lists.

    ``authorities`` holds root certificates as PEM.
    """
    answer = _decoded(reply)
    try:
        verifier = _verifier(authorities.read_bytes(), answer)
    except (OSError, ValueError) as error:
        raise SigningError(
            f"{authorities} holds no certificates that can be read", hint="give root certificates as PEM"
        ) from error
    try:
        verifier.verify_message(answer, data)
    except (_library().VerificationError, ValueError) as error:
        raise SigningError(f"its time stamp is of no authority in {authorities}: {error}") from error


def _verifier(pem: bytes, answer: TimeStampResponse) -> Any:
    from cryptography.x509 import load_der_x509_certificate, load_pem_x509_certificates

    roots = load_pem_x509_certificates(pem)
    builder = _library().VerifierBuilder()
    for root in dict.fromkeys(roots):
        builder = builder.add_root_certificate(root)
    stated = [load_der_x509_certificate(der) for der in answer.signed_data.certificates]
    leaves = [each for each in stated if each.subject not in {other.issuer for other in stated}]
    for each in stated:
        if each not in roots and each not in leaves:
            builder = builder.add_intermediate_certificate(each)
    return builder.build()


def _is_of(answer: TimeStampResponse, data: bytes) -> bool:
    """Requests are made with SHA-512; a stamp that another program asked for may be of another."""
    imprint = answer.tst_info.message_imprint
    digests = (hashlib.new(name, data).digest() for name in ("sha512", "sha384", "sha256"))
    return imprint.message in digests


def _decoded(reply: bytes) -> TimeStampResponse:
    library = _library()
    try:
        answer: TimeStampResponse = library.decode_timestamp_response(reply[:_MOST_REPLY])
        # Parts are read when they are asked for: what is broken in them shows here.
        _ = (answer.status, answer.status not in _GRANTED or answer.tst_info.message_imprint)
    except ValueError as error:
        raise SigningError("is no time stamp that can be read") from error
    return answer


def _post(service: str, query: bytes) -> bytes:
    from newsarchive.acquire.fetch.posting import post

    try:
        reply = post(service, query, {"Content-Type": _QUERY, "Accept": _REPLY})
    except AcquireError as error:
        raise SigningError(error.message, hint=error.hint) from error
    if reply.status != 200 or reply.media_type != _REPLY:
        raise SigningError(f"{service} answers with status {reply.status} and no time stamp")
    return reply.body


def _library() -> Any:
    try:
        import rfc3161_client
    except ImportError as error:
        raise SigningError("time stamps need another library", hint=extra("stamps")) from error
    return rfc3161_client
