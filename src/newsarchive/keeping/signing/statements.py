"""What is signed: the head of an archive's log, or the manifest of a bag's manifests.

Each covers all that lies below it: the log has the digest of every stored thing, and the
manifest of manifests that of every file.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from newsarchive.errors import SigningError
from newsarchive.store.log.entries import Head

# Below the folder of an archive.
SIGNATURES = "signatures"
# A bag's, which lists the digests of all other lists.
BAG_STATEMENT = "tagmanifest-sha256.txt"
SIGNATURE, STAMP = ".sig", ".tsr"
_HEAD = re.compile(rb"newsarchive log\narchive ([0-9a-f-]{36})\nentry (\d{1,12})\nhash ([0-9a-f]{64})\n")
# A manifest of manifests has a handful of lines, a reply of a service some thousand bytes.
_MOST = 1_000_000


@dataclass(frozen=True, slots=True)
class Statement:
    """A file that is signed or stamped: its bytes, and the bytes that stand beside it."""

    name: str
    data: bytes
    signature: bytes | None
    stamp: bytes | None


def head_statement(uuid: str, head: Head) -> bytes:
    """The words that name the state of an archive."""
    return f"newsarchive log\narchive {uuid}\nentry {head.number}\nhash {head.hash}\n".encode()


def stated_head(data: bytes) -> tuple[str, Head]:
    """The identity of the archive and the head that a statement names. Raises SigningError."""
    found = _HEAD.fullmatch(data)
    if found is None:
        raise SigningError("names no state of an archive")
    return found[1].decode(), Head(int(found[2]), found[3].decode())


def head_name(head: Head) -> str:
    """The file that holds the statement."""
    return f"entry-{head.number:012}.txt"


def statements(folder: Path) -> Iterator[Statement]:
    """All that are in a folder. What stands beside none of them is one of no bytes."""
    if not folder.is_dir() or folder.is_symlink():
        return
    names = {
        path.name.removesuffix(SIGNATURE).removesuffix(STAMP)
        for path in folder.iterdir()
        if path.name.endswith((".txt", SIGNATURE, STAMP))
    }
    for name in sorted(names):
        yield statement(folder, name)


def statement(folder: Path, name: str) -> Statement:
    """The statement of that name, with what stands beside it."""
    signature, stamp = (_read(folder / f"{name}{suffix}") for suffix in (SIGNATURE, STAMP))
    return Statement(name, _read(folder / name) or b"", signature, stamp)


def _read(path: Path) -> bytes | None:
    """The bytes of a plain file: a stranger may have put a link or a pipe there."""
    if path.is_symlink() or not path.is_file():
        return None
    with path.open("rb") as file:
        return file.read(_MOST)
