"""What verify finds wrong."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from newsarchive.base.dates import utc_text
from newsarchive.errors import Hint, Remedy


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
    since: datetime | None = None

    def __str__(self) -> str:
        since = f", as written {utc_text(self.since)}" if self.since else ""
        hint = f" ({self.hint})" if self.hint else ""
        return f"{self.part}: {self.message}{since}{hint}"

    def to_dict(self) -> dict[str, str | None]:
        """The JSON form."""
        since = None if self.since is None else utc_text(self.since)
        return {"part": self.part, "message": self.message, "since": since, "hint": self.hint}


FROM_BACKUP = "restore it from a backup"
REBUILD = Hint("restore archive.db from a backup, or make it anew from the snapshots", Remedy.REBUILD)
