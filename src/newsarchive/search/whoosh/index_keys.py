"""Numbers and names that stand for dates and URLs in the index, as articles and queries both make them."""

from __future__ import annotations

from newsarchive.base import urls
from newsarchive.base.dates import PartialDate


def url_key(url: str) -> str | None:
    """A URL without scheme and ``www.``, as both articles and queries name it; None if it is none."""
    normal = urls.normalize(url if "://" in url else f"http://{url}")
    return None if normal is None else normal.partition("://")[2].removeprefix("www.")


# What a sort key is divided by to count days, months and years.
DAY = 24 * 60 * 60
MONTH = 32 * DAY
YEAR = 13 * MONTH


def sort_key(date: PartialDate | None) -> int:
    """A number that orders dates as ``PartialDate.sort_key`` does; 0 for none."""
    if date is None:
        return 0
    day = (date.year * 13 + (date.month or 0)) * 32 + (date.day or 0)
    return ((day * 24 + (date.hour or 0)) * 60 + (date.minute or 0)) * 60 + (date.second or 0)


def key_parts(key: int) -> tuple[int, int, int]:
    """Year, month and day of a sort key, 0 for what is unknown."""
    months, day = divmod(key // DAY, 32)
    year, month = divmod(months, 13)
    return year, month, day
