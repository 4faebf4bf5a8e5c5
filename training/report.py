"""Tables of scores for the model card."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from measures import PageScore, summarize


@dataclass(frozen=True, slots=True)
class Scored:
    """A page's score, the language of its text, and the script that its letters were exchanged for."""

    score: PageScore
    language: str = "unknown"
    exchanged: str = "none"


def table(scores: Iterable[Scored], by: Callable[[Scored], str], *, least: int = 1) -> str:
    """A Markdown table of body F1 and segment F1, a row for each value that so many pages have."""
    groups: dict[str, list[PageScore]] = defaultdict(list)
    for one in scores:
        groups[by(one)].append(one.score)
    rows = ["| | pages | body F1 | segment F1 |", "|---|---|---|---|"]
    for name, group in sorted(groups.items(), key=lambda item: (-len(item[1]), item[0])):
        if len(group) >= least:
            found = summarize(group)
            cells = (
                f"{found[measure]:.3f}" if measure in found else "" for measure in ("body_f1", "segment_f1")
            )
            rows.append(f"| {name} | {len(group)} | {' | '.join(cells)} |")
    return "\n".join(rows)
