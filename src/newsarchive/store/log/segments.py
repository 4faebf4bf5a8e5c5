"""Bytes of snapshots as the log knows them."""

from __future__ import annotations

from dataclasses import dataclass

from newsarchive.store.log.entries import Line

UNKNOWN = "-"


@dataclass(frozen=True, slots=True)
class Segment:
    """Bytes of a snapshot file that one commit made durable; UNKNOWN is the digest that no one took."""

    name: str
    start: int
    end: int
    sha256: str

    @property
    def line(self) -> Line:
        """As the log has it."""
        return Line("snapshot", f"{self.start}-{self.end} {self.name}", self.sha256)
