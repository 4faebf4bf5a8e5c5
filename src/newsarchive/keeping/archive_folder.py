"""The folder of an archive: find one, make one, and bring one to today's format."""

from __future__ import annotations

from pathlib import Path

from newsarchive.errors import NotAnArchive
from newsarchive.pipeline.index_sync import INDEX
from newsarchive.search.engines import check_engine
from newsarchive.store.database import DATABASE_NAME, FORMAT, needs_migration, store_errors
from newsarchive.store.folder_check import check_folder
from newsarchive.store.log.head_file import HEAD_NAME
from newsarchive.store.manifest import MANIFEST_NAME, Manifest, read_manifest
from newsarchive.store.snapshots import SNAPSHOTS
from newsarchive.store.writer_lock import HOLDER_NAME, INDEX_HOLDER_NAME, INDEX_LOCK_NAME, LOCK_NAME

# What an interrupted ``create_archive`` leaves.
_MEANT = {
    DATABASE_NAME,
    f"{DATABASE_NAME}-wal",
    f"{DATABASE_NAME}-shm",
    f"{DATABASE_NAME}-journal",
    SNAPSHOTS,
    INDEX,
    HEAD_NAME,
    LOCK_NAME,
    HOLDER_NAME,
    INDEX_LOCK_NAME,
    INDEX_HOLDER_NAME,
    f"{MANIFEST_NAME}.part",
}


def find_archive(start: Path) -> Path | None:
    """The nearest folder from ``start`` upwards that holds an archive."""
    absolute = start.absolute()
    return next((folder for folder in (absolute, *absolute.parents) if holds_archive(folder)), None)


def holds_archive(folder: Path) -> bool:
    """Whether the folder is an archive, of whatever format."""
    return (folder / MANIFEST_NAME).is_file()


def create_archive(folder: Path, *, name: str | None = None) -> None:
    """Make an archive in a folder that is new, empty, or left over from an interrupted attempt.

    Raises NotAnArchive for a folder that holds something else.
    """
    with store_errors(folder):
        folder.mkdir(parents=True, exist_ok=True)
        strange = sorted({entry.name for entry in folder.iterdir()} - _MEANT)
    if strange:
        raise NotAnArchive(
            folder,
            reason=f"is not empty and no archive (it holds {strange[0]!r})",
            hint="choose an empty folder or a new one",
        )
    from newsarchive.store.writing.store_writer import StoreWriter

    # The manifest comes last: a folder is an archive once all of it is there.
    with StoreWriter(folder) as writer:
        writer.write_manifest(Manifest.new(name or folder.absolute().name, format_version=FORMAT))


def open_archive(folder: Path) -> Manifest:
    """Read what an archive says of itself, after bringing its tables to the current format.

    Raises NotAnArchive, SchemaTooNew where a newer version made it, and EngineError
    where it names a search engine that is not known.
    """
    check_folder(folder)
    manifest = read_manifest(folder, supported=FORMAT)
    check_engine(manifest.engine)
    if (folder / DATABASE_NAME).is_file() and needs_migration(folder):
        from newsarchive.store.writing.store_writer import StoreWriter

        with StoreWriter(folder):
            pass
    return manifest
