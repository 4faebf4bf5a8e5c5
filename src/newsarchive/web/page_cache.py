"""Pages that were made for one reader and can be given to the next, as long as the archive is the same."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Hashable
from threading import Lock

# With 60 KB a page, 12 MB.
_MOST = 200


class PageCache:
    """The pages made last, by what they were made from. For any thread."""

    def __init__(self) -> None:
        self._pages: OrderedDict[Hashable, str] = OrderedDict()
        self._lock = Lock()

    def get(self, key: Hashable) -> str | None:
        """A page, or None where it has to be made."""
        with self._lock:
            found = self._pages.get(key)
            if found is not None:
                self._pages.move_to_end(key)
            return found

    def put(self, key: Hashable, page: str) -> None:
        """Keep a page in the place of the one that was asked for longest ago."""
        with self._lock:
            self._pages[key] = page
            if len(self._pages) > _MOST:
                self._pages.popitem(last=False)
