"""Whether a bag is as it was made: every file against its digests, none missing, none besides.

Source: RFC 8493, section 3. Bags come from strangers: no path leads out of the folder, no link is followed.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from newsarchive.errors import ExportError

_MANIFEST = re.compile(r"(tag)?manifest-(md5|sha1|sha224|sha256|sha384|sha512)\.txt")
_LINE = re.compile(r"([0-9A-Fa-f]+)[ \t]+\*?(.+)")
# As many bytes of names and digests as two million files have.
_MOST_MANIFEST = 400_000_000
_DECLARATION = re.compile(r"BagIt-Version: (0\.9\d|1\.\d)\s*$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class BagFault:
    """What is wrong with one file of a bag."""

    file: str
    message: str

    def __str__(self) -> str:
        return f"{self.file}: {self.message}"

    def to_dict(self) -> dict[str, str]:
        """The JSON form."""
        return {"file": self.file, "message": self.message}


def is_bag(folder: Path) -> bool:
    """Whether a folder says that it is a bag."""
    return (folder / "bagit.txt").is_file()


def verify_bag(folder: str | Path) -> Iterator[BagFault]:
    """The faults of a bag; none: it is valid and complete. Raises ExportError for what is no bag."""
    root = Path(folder)
    if not is_bag(root):
        raise ExportError(f"{root} is no bag: it has no bagit.txt", hint="name the folder of a bag")
    return _faults(root)


def _faults(root: Path) -> Iterator[BagFault]:
    if not _DECLARATION.search(_read(root / "bagit.txt")):
        yield BagFault("bagit.txt", "states no version of BagIt that is known")
    manifests = sorted(path for path in root.iterdir() if _MANIFEST.fullmatch(path.name))
    payload = [path for path in manifests if path.name.startswith("manifest")]
    if not payload:
        yield BagFault("manifest", "there is none: nothing vouches for any file")
    for path in manifests:
        yield from _check_manifest(root, path)
    yield from _unlisted(root, payload)
    yield from _check_oxum(root)


def _check_manifest(root: Path, path: Path) -> Iterator[BagFault]:
    match = _MANIFEST.fullmatch(path.name)
    algorithm = match[2] if match else "sha256"
    listed, broken = _entries(path)
    yield from (BagFault(path.name, f"line {number} can't be read") for number in broken)
    for name, digest in listed.items():
        fault = _check_file(root, name, digest, algorithm)
        if fault is not None:
            yield BagFault(name, f"{fault} ({path.name})")


def _check_file(root: Path, name: str, digest: str, algorithm: str) -> str | None:
    path = _inside(root, name)
    if path is None:
        return "its name leads out of the bag"
    if _has_link(root, path):
        return "is a link"
    if not path.is_file():
        return "is missing"
    with path.open("rb") as file:
        found = hashlib.file_digest(file, algorithm).hexdigest()
    return None if found == digest.lower() else "was changed"


def _unlisted(root: Path, manifests: list[Path]) -> Iterator[BagFault]:
    """Files of the payload that a manifest does not name."""
    present = {path.relative_to(root).as_posix() for path in (root / "data").rglob("*") if not path.is_dir()}
    for manifest in manifests:
        listed = set(_entries(manifest)[0])
        for name in sorted(present - listed):
            yield BagFault(name, f"was added: {manifest.name} does not name it")


def _check_oxum(root: Path) -> Iterator[BagFault]:
    found = re.search(r"^Payload-Oxum: (\d+)\.(\d+)\s*$", _read(root / "bag-info.txt"), re.MULTILINE)
    if found is None:
        return
    sizes = [path.stat().st_size for path in (root / "data").rglob("*") if path.is_file()]
    if (int(found[1]), int(found[2])) != (sum(sizes), len(sizes)):
        stated = f"{int(found[1]):,} bytes in {int(found[2]):,} files"
        yield BagFault(
            "bag-info.txt",
            f"states {stated}, there are {sum(sizes):,} in {len(sizes):,}",
        )


def _entries(manifest: Path) -> tuple[Mapping[str, str], list[int]]:
    """Digests by name, and the numbers of lines that are none."""
    entries, broken = {}, []
    for number, line in enumerate(_read(manifest).splitlines(), start=1):
        match = _LINE.fullmatch(line)
        if match is None:
            broken.append(number)
        else:
            entries[_decoded(match[2])] = match[1]
    return entries, broken


def _decoded(name: str) -> str:
    return name.replace("%0A", "\n").replace("%0D", "\r").replace("%25", "%")


def _inside(root: Path, name: str) -> Path | None:
    parts = PurePosixPath(name)
    if parts.is_absolute() or ".." in parts.parts or "\0" in name or "\\" in name:
        return None
    return root.joinpath(*parts.parts)


def _has_link(root: Path, path: Path) -> bool:
    return any(
        step.is_symlink() for step in (path, *path.parents) if step.is_relative_to(root) and step != root
    )


def _read(path: Path) -> str:
    if not path.is_file() or path.is_symlink():
        return ""
    with path.open("rb") as file:
        return file.read(_MOST_MANIFEST).decode("utf-8-sig", "replace")
