"""Which capture each value of an article was read from, and who said what no capture says."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from html import unescape
from typing import Any

from newsarchive.base.dates import utc_text
from newsarchive.base.frozen import frozen
from newsarchive.errors import SnapshotDamaged
from newsarchive.model import Article, Evidence, EvidenceSource
from newsarchive.store.reading.captures import StoredCapture
from newsarchive.store.reading.corrections import Correction

# Of more captures than these, what an article took from older ones is not looked for.
_MOST_READ = 20


@frozen
class Provenance:
    """A value with its evidence, and where that stands.

    ``capture`` is the newest one in which the string stands as it was found; None where a user
    said it, or it stands in none letter for letter. ``correction`` is what the user said.
    """

    evidence: Evidence
    capture: StoredCapture | None
    correction: Correction | None

    def to_dict(self) -> dict[str, Any]:
        """The JSON form."""
        said = self.correction
        return {
            **self.evidence.to_dict(),
            "capture": None if self.capture is None else self.capture.to_dict(),
            "because": None if said is None else said.because,
            "made_at": None if said is None else utc_text(said.made_at),
        }


def provenance(
    article: Article,
    captures: Sequence[StoredCapture],
    corrections: Iterable[Correction],
    payload: Callable[[StoredCapture], bytes],
) -> list[Provenance]:
    """Where each value of an article comes from, in the order of its evidence."""
    said = {each.field: each for each in corrections}
    good = [each for each in reversed(captures) if each.remark is None and each.error is None]
    texts = _Texts(payload)
    return [
        Provenance(item, None, said.get(item.field))
        if item.source is EvidenceSource.USER
        else Provenance(item, _read_from(item, good[:_MOST_READ], texts), None)
        for item in article.evidence
    ]


class _Texts:
    """The texts of captures, each read once."""

    def __init__(self, payload: Callable[[StoredCapture], bytes]) -> None:
        self._payload = payload
        self._known: dict[int, str] = {}

    def of(self, capture: StoredCapture) -> str:
        if capture.id not in self._known:
            try:
                text = self._payload(capture).decode("utf-8", "replace")
            except SnapshotDamaged:
                text = ""
            self._known[capture.id] = _plain(text)
        return self._known[capture.id]


def _read_from(item: Evidence, captures: Sequence[StoredCapture], texts: _Texts) -> StoredCapture | None:
    if len(captures) == 1:
        return captures[0]
    # A raw string may begin with the name of what held it.
    wanted = [text for text in (_plain(item.raw or ""), _plain(item.value)) if text]
    return next((each for each in captures if any(text in texts.of(each) for text in wanted)), None)


def _plain(text: str) -> str:
    return " ".join(unescape(text).split())
