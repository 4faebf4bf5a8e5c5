"""Signing and stamping an archive or a bag, and checking what was signed and stamped."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from newsarchive.base.whole_files import output
from newsarchive.errors import SigningError
from newsarchive.export.evidence.bag_check import is_bag
from newsarchive.keeping.signing.ssh_signatures import SshKeygenMissing, sign, signer_of
from newsarchive.keeping.signing.statements import (
    BAG_STATEMENT,
    SIGNATURE,
    SIGNATURES,
    STAMP,
    Statement,
    head_name,
    head_statement,
    stated_head,
    statement,
    statements,
)
from newsarchive.keeping.signing.time_stamps import check_service, stamp, stamped_at
from newsarchive.store.log.head_check import head_trouble
from newsarchive.store.log.log_reader import hash_at, log_head


@dataclass(frozen=True, slots=True)
class Trust:
    """Whom a user trusts: a file of signers (allowed_signers of ssh-keygen), one of root certificates."""

    signers: Path | None = None
    authorities: Path | None = None


ANYONE = Trust()


@dataclass(frozen=True, slots=True)
class Vouched:
    """A statement with who signed it and when it was stamped, or with what is wrong with it.

    ``is_checked`` tells whether the time is that of an authority whom the user trusts.
    """

    file: str
    signer: str | None = None
    stamped_at: datetime | None = None
    is_checked: bool = False
    fault: str | None = None
    remark: str | None = None

    def __str__(self) -> str:
        if self.fault is not None:
            return f"{self.file} {self.fault}"
        signed = f"signed by {self.signer}" if self.signer else ""
        unchecked = "" if self.is_checked else ", by a service that was not checked"
        at = f"stamped {self.stamped_at:%Y-%m-%d %H:%M:%S} UTC{unchecked}" if self.stamped_at else ""
        said = "; ".join(filter(None, (signed, at, self.remark)))
        return f"{self.file}: {said or 'neither signed nor stamped'}"


def sign_archive(
    folder: Path, connection: sqlite3.Connection, uuid: str, *, key: Path | None, service: str | None
) -> Vouched:
    """Sign and stamp the head of the log. Raises SigningError, and StoreError where the log has a fault."""
    _refuse_nothing(key, service)
    trouble = head_trouble(connection, folder)
    if trouble is not None:
        raise trouble
    head = log_head(connection)
    below = folder / SIGNATURES
    below.mkdir(exist_ok=True)
    name, data = head_name(head), head_statement(uuid, head)
    return _vouch(below, name, data, key, service)


def sign_bag(folder: str | Path, *, key: str | Path | None = None, service: str | None = None) -> Vouched:
    """Sign a bag with an SSH key, or have it stamped by a service (RFC 3161). Raises SigningError."""
    root = Path(folder)
    _refuse_nothing(key, service)
    data = statement(root, BAG_STATEMENT).data
    if not is_bag(root) or not data:
        raise SigningError(f"{root} is no bag with a {BAG_STATEMENT}", hint="name the folder of a bag")
    return _vouch(root, BAG_STATEMENT, data, None if key is None else Path(key), service)


def vouched_archive(
    folder: Path, connection: sqlite3.Connection, uuid: str, trust: Trust = ANYONE
) -> Iterator[Vouched]:
    """What the signatures and time stamps of an archive say of it."""
    for each in statements(folder / SIGNATURES):
        try:
            _check_state(each.data, connection, uuid)
        except SigningError as error:
            yield Vouched(each.name, fault=error.message)
        else:
            yield _checked(each, trust)


def vouched_bag(folder: str | Path, trust: Trust = ANYONE) -> Iterator[Vouched]:
    """What the signature and the time stamp of a bag say of it; nothing where it has none."""
    found = statement(Path(folder), BAG_STATEMENT)
    if found.signature is not None or found.stamp is not None:
        yield _checked(found, trust)


def _refuse_nothing(key: object, service: object) -> None:
    if key is None and service is None:
        raise SigningError("there is nothing to sign with", hint="give a key, a time stamp service, or both")


def _vouch(folder: Path, name: str, data: bytes, key: Path | None, service: str | None) -> Vouched:
    """Write the statement, if it is not there, and what vouches for it once all of that is had."""
    made = {} if key is None else {SIGNATURE: sign(data, key)}
    if service is not None:
        made[STAMP] = stamp(data, service)
    if statement(folder, name).data != data:
        _write(folder / name, data)
    for suffix, vouching in made.items():
        _write(folder / f"{name}{suffix}", vouching)
    return _checked(statement(folder, name), ANYONE)


def _write(path: Path, data: bytes) -> None:
    if path.is_symlink():
        raise SigningError(f"{path} is a link", hint="remove it")
    with output(path) as stream:
        stream.write(data)


def _check_state(data: bytes, connection: sqlite3.Connection, uuid: str) -> None:
    """Raise SigningError unless the log still goes through the state that was signed."""
    stated, head = stated_head(data)
    if stated != uuid:
        raise SigningError("is of another archive")
    if hash_at(connection, head.number) != head.hash:
        raise SigningError(f"is not what the log has: entry {head.number} was altered or is gone")


def _checked(each: Statement, trust: Trust) -> Vouched:
    try:
        signer, remark = _signer(each, trust)
        at = None if each.stamp is None else stamped_at(each.data, each.stamp)
        if each.stamp is not None and trust.authorities is not None:
            check_service(each.data, each.stamp, trust.authorities)
    except SigningError as error:
        return Vouched(each.name, fault=error.message)
    return Vouched(each.name, signer, at, is_checked=trust.authorities is not None, remark=remark)


def _signer(each: Statement, trust: Trust) -> tuple[str | None, str | None]:
    """Who signed, or why nobody here can tell."""
    if each.signature is None:
        return None, None
    try:
        return signer_of(each.data, each.signature, trust.signers), None
    except SshKeygenMissing as error:
        return None, f"its signature was not checked: {error.message}"
