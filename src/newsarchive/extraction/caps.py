"""What is kept of an article at most, and the evidence that more was there."""

from __future__ import annotations

from newsarchive.model import Confidence, Evidence, EvidenceSource

# Ten times the longest text of 21,574 dispatches and 1,085 pages: what is longer is no article.
MAX_TEXT = 3_000_000
MAX_LIST = 100


def capped(text: str) -> tuple[str, list[Evidence]]:
    """A text as far as it is kept, and the evidence where it was cut."""
    found = cut_evidence("text", kept=MAX_TEXT, found=len(text), unit="characters or more")
    return text[:MAX_TEXT], found


def cut_evidence(field: str, *, kept: int, found: int, unit: str) -> list[Evidence]:
    """Say of a field that it was cut; nothing where it wasn't."""
    if found <= kept:
        return []
    raw = f"{found:,} {unit}, of which the first {kept:,} are kept"
    return [Evidence(field, "cut", EvidenceSource.LIMIT, raw, Confidence.HIGH)]
