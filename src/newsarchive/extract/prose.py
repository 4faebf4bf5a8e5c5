"""Prose blocks: the text of pages that have no paragraphs, but line breaks and tables for layout."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import islice

from lxml import etree
from lxml.etree import _Element

from newsarchive.extract.strings import squeeze

_BLOCK_TAGS = frozenset(
    "address article aside blockquote body center dd div dl dt fieldset figcaption figure footer form h1 "
    "h2 h3 h4 h5 h6 header hr li main nav ol p pre section table tbody td th tr ul".split()
)
_SKIPPED = frozenset(
    "script style noscript template svg select button textarea nav footer aside form title".split()
)
_MIN_PROSE = 60
_MAX_LINKED = 0.3
_ENDS = tuple(".!?…。！？؟।:\"'”’»)」")
_BREAK = "\x01"
_MAX_NODES = 200_000


@dataclass(slots=True)
class _Run:
    """Text between two block boundaries, with how much of it is linked."""

    parts: list[str] = field(default_factory=list)
    linked: int = 0
    breaks: int = 0

    def add(self, text: str | None, *, linked: bool) -> None:
        if text:
            self.parts.append(text)
            if text.strip():
                self.linked += len(text) if linked else 0
                self.breaks = 0


def prose_blocks(root: _Element) -> list[str]:
    """Give the blocks that read as prose: long enough, hardly linked, ending as a sentence does."""
    blocks: list[str] = []
    run = _Run()
    links = skipped = 0
    for event, element in islice(etree.iterwalk(root, events=("start", "end")), _MAX_NODES):
        tag, opening = element.tag, event == "start"
        if tag in _SKIPPED:
            skipped += 1 if opening else -1
        elif tag == "a":
            links += 1 if opening else -1
        if tag in _BLOCK_TAGS or (tag == "br" and opening and _second_break(run)):
            run = _closed(run, blocks)
        if not skipped or (tag in _SKIPPED and not opening):
            run.add(element.text if opening else element.tail, linked=links > 0)
    _closed(run, blocks)
    return blocks


def _second_break(run: _Run) -> bool:
    """Count a line break; two in a row part paragraphs, one is a space."""
    run.breaks += 1
    run.parts.append(_BREAK)
    return run.breaks > 1


def _closed(run: _Run, blocks: list[str]) -> _Run:
    lines = [squeeze(line) for line in "".join(run.parts).split(_BREAK)]
    text = " ".join(line for line in lines if line)
    # An address has as many letters as a paragraph, but in short lines.
    if max(map(len, lines)) >= _MIN_PROSE and run.linked <= _MAX_LINKED * len(text) and text.endswith(_ENDS):
        blocks.append(text)
    return _Run()
