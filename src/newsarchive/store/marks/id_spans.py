"""Numbers of articles as a text that stays short."""

from __future__ import annotations


def spans(ids: list[int]) -> str:
    """Ids as text: ``1-500,502``."""
    runs: list[list[int]] = []
    for each in sorted(ids):
        if runs and each == runs[-1][1] + 1:
            runs[-1][1] = each
        else:
            runs.append([each, each])
    return ",".join(str(first) if first == last else f"{first}-{last}" for first, last in runs)
