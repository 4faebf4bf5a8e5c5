"""Numbers in addresses."""

from __future__ import annotations

from starlette.exceptions import HTTPException
from starlette.requests import Request

# What SQLite counts up to.
_LARGEST = 2**63 - 1


def article_id(request: Request, name: str = "number") -> int:
    """The number in the path. Raises HTTPException for one that nothing can have."""
    found = number(request.path_params.get(name))
    if found is None:
        raise HTTPException(404)
    return found


def number(text: str | None) -> int | None:
    """A whole number as it stands in an address; None for anything else."""
    if text is None or not (text.isascii() and text.isdecimal() and len(text) < 20):
        return None
    return int(text) if int(text) <= _LARGEST else None
