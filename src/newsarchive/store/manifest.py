"""newsarchive.toml: what makes a folder an archive."""

from __future__ import annotations

import hashlib
import json
import os
import tomllib
import uuid
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

from newsarchive.base.frozen import frozen
from newsarchive.errors import NotAnArchive, SchemaTooNew
from newsarchive.store.log.entries import Line

MANIFEST_NAME = "newsarchive.toml"
_LONGEST = 100_000


@frozen
class Manifest:
    """The identity of an archive and how it is indexed.

    ``settings`` is the table that has the engine's name, in which each engine finds its own.
    """

    format: int
    uuid: str
    name: str
    engine: str = "whoosh"
    settings: Mapping[str, object] = MappingProxyType({})

    @classmethod
    def new(cls, name: str, *, format_version: int) -> Manifest:
        """A manifest with a new UUID."""
        return cls(format=format_version, uuid=str(uuid.uuid4()), name=name)

    def text(self) -> str:
        """The manifest as it is written."""
        return (
            "# An archive of newsarchive. archive.db and snapshots/ are its contents;\n"
            "# index/ can be deleted at any time and is rebuilt from them.\n"
            f"format = {self.format}\n"
            f"uuid = {_toml_string(self.uuid)}\n"
            f"name = {_toml_string(self.name)}\n"
            f"engine = {_toml_string(self.engine)}\n"
        )

    def write(self, folder: Path) -> None:
        """Write the manifest whole or not at all, and make it durable."""
        part = folder / f"{MANIFEST_NAME}.part"
        with part.open("w", encoding="utf-8", newline="\n") as file:
            file.write(self.text())
            file.flush()
            os.fsync(file.fileno())
        part.replace(folder / MANIFEST_NAME)


def read_start(path: Path) -> bytes:
    """The bytes of a manifest, up to a bound that no manifest reaches."""
    with path.open("rb") as file:
        return file.read(_LONGEST)


def manifest_line(data: bytes) -> Line:
    """What the log keeps of a manifest: the digest of its lines above the engine, which nobody edits."""
    identity, _, _ = data.partition(b"\nengine")
    return Line("manifest", MANIFEST_NAME, hashlib.sha256(identity).hexdigest())


def _toml_string(text: str) -> str:
    """A TOML basic string; a folder's name that is no Unicode keeps what of it is."""
    # JSON's escapes are TOML's, but for surrogates, which TOML has none of, and DEL, which JSON leaves.
    whole = text.encode("utf-8", "replace").decode("utf-8")
    return json.dumps(whole, ensure_ascii=False).replace("\x7f", "\\u007f")


def read_manifest(folder: Path, *, supported: int) -> Manifest:
    """Read the manifest of an archive.

    Raises NotAnArchive where there is none or it can't be read, SchemaTooNew
    where its format is newer than ``supported``.
    """
    path = folder / MANIFEST_NAME
    try:
        data = tomllib.loads(read_start(path).decode())
        manifest = Manifest(
            format=int(data["format"]),
            uuid=str(uuid.UUID(data["uuid"])),
            name=str(data.get("name", folder.name)),
            engine=(engine := str(data.get("engine", "whoosh"))),
            settings=dict(data.get(engine, {})),
        )
    except (FileNotFoundError, NotADirectoryError) as exc:
        raise NotAnArchive(folder) from exc
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as exc:
        raise NotAnArchive(
            folder,
            reason=f"has a {MANIFEST_NAME} that can't be read ({exc})",
            hint=f"restore {MANIFEST_NAME} from a backup; archive.db and snapshots/ are not affected",
        ) from exc
    if manifest.format > supported:
        raise SchemaTooNew(folder, found=manifest.format, supported=supported)
    return manifest
