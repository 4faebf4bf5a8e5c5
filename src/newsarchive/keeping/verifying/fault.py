"""What verify finds wrong."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that ``verify`` found wrong; ``part`` is manifest, database, log,
    signatures, snapshots or index.

    ``since`` is when it was last written as it should be (UTC); ``hint`` says what it can be
    restored from.
    """

    part: str
    message: str
    hint: str | None = None
    since: str | None = None

    def __str__(self) -> str:
        since = f", as written {self.since}" if self.since else ""
        hint = f" ({self.hint})" if self.hint else ""
        return f"{self.part}: {self.message}{since}{hint}"

    def to_dict(self) -> dict[str, str | None]:
        """The JSON form."""
        return {"part": self.part, "message": self.message, "since": self.since, "hint": self.hint}


FROM_BACKUP = "restore it from a backup"
REBUILD = "restore archive.db from a backup, or make it anew from the snapshots with rebuild"
