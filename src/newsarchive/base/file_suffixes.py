"""The suffixes of file names."""

from __future__ import annotations

import re
from pathlib import PurePath

_SUFFIX = re.compile(r"\.(?=[0-9]*[a-z])[a-z0-9]{1,10}\Z", re.IGNORECASE)
GZIP_SUFFIX = ".gz"


def suffix(name: str) -> str:
    """The suffix in lower case, that of the content where the name ends in ``.gz``; empty if none."""
    match = _SUFFIX.search(without_gzip(PurePath(name).name))
    return match[0].lower() if match else ""


def without_gzip(name: str) -> str:
    """A name without ``.gz`` at its end."""
    return name[: -len(GZIP_SUFFIX)] if name.lower().endswith(GZIP_SUFFIX) else name
