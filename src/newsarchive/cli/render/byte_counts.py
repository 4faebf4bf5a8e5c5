"""Bytes as people say them."""

from __future__ import annotations


def size(count: int) -> str:
    """A number of bytes: ``1.2 MB``."""
    amount = float(count)
    for unit in ("bytes", "kB", "MB"):
        if amount < 1000:
            return f"{amount:.0f} {unit}" if unit == "bytes" else f"{amount:.1f} {unit}"
        amount /= 1000
    return f"{amount:.1f} GB"
