"""A candidate: one value that a page offers for one field, with where it stood."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, TypeVar

from newsarchive.model import Confidence, Evidence, EvidenceSource

T = TypeVar("T", covariant=True)

# Raw strings are kept to be shown, not to be archived a second time.
_MAX_RAW = 300


@dataclass(frozen=True, slots=True)
class Candidate(Generic[T]):
    """A value for a field as a collector found it; choosing among candidates is another step."""

    field: str
    value: T
    source: EvidenceSource
    raw: str
    confidence: Confidence

    def evidence(self) -> Evidence:
        """The evidence that this candidate leaves where it is chosen."""
        value = ", ".join(self.value) if isinstance(self.value, tuple) else str(self.value)
        return Evidence(self.field, value, self.source, self.raw[:_MAX_RAW], self.confidence)
