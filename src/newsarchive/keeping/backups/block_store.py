"""A store of blocks, each under the digest of its bytes: what is there already is not written again."""

from __future__ import annotations

import gzip
import hashlib
import os
import re
import zlib
from pathlib import Path

from newsarchive.errors import BackupError

# Pages of a database that did not change stay where they are, so blocks of it are the same again.
BLOCK = 1 << 20
_DIGEST = re.compile(r"[0-9a-f]{64}")


class BlockStore:
    """Blocks below a folder, as gzip files named by the SHA-256 of what they hold."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def put(self, data: bytes, *, level: int) -> tuple[str, int]:
        """Keep a block; return its digest, and how many bytes were written for it."""
        digest = hashlib.sha256(data).hexdigest()
        path = self._path(digest)
        if path.is_file():
            return digest, 0
        path.parent.mkdir(parents=True, exist_ok=True)
        packed = gzip.compress(data, level, mtime=0)
        part = path.with_name(f"{digest}.part{os.getpid()}")
        with part.open("wb") as file:
            file.write(packed)
            file.flush()
            os.fsync(file.fileno())
        # A name is given to whole blocks only: a run that is killed leaves none that lies.
        part.replace(path)
        return digest, len(packed)

    def get(self, digest: str) -> bytes:
        """A block, checked against its name. Raises BackupError."""
        if _DIGEST.fullmatch(digest) is None:
            raise BackupError("it names a block that is none")
        try:
            packed = self._path(digest).read_bytes()
            unzip = zlib.decompressobj(zlib.MAX_WBITS | 16)
            data = unzip.decompress(packed, BLOCK + 1)
        except (OSError, zlib.error) as exc:
            raise BackupError(
                f"block {digest[:12]} can't be read: {exc}", hint="restore an older backup of the same folder"
            ) from exc
        if hashlib.sha256(data).hexdigest() != digest:
            raise BackupError(
                f"block {digest[:12]} is damaged", hint="restore an older backup of the same folder"
            )
        return data

    def _path(self, digest: str) -> Path:
        return self._folder / digest[:2] / f"{digest}.gz"
