"""Which pages of results there are to turn to."""

from __future__ import annotations

from dataclasses import dataclass

from newsarchive.web.shown.search_address import PAGE_SIZE, SearchAddress


@dataclass(frozen=True, slots=True)
class Turner:
    """Addresses of the pages around; None where there is none. ``first`` and ``last`` are hits, from 1."""

    number: int
    pages: int
    first: int
    last: int
    previous: SearchAddress | None
    following: SearchAddress | None


def turner(asked: SearchAddress, total: int) -> Turner:
    """What leads from this page of results to the others."""
    pages = max(1, -(-total // PAGE_SIZE))
    before, after = min(asked.page - 1, pages), asked.page + 1
    return Turner(
        number=asked.page,
        pages=pages,
        first=min(asked.offset + 1, total),
        last=min(asked.offset + PAGE_SIZE, total),
        previous=asked.on_page(before) if before >= 1 else None,
        following=asked.on_page(after) if after <= pages else None,
    )
