"""A browser without a screen: asks the application as a browser on this machine would."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from starlette.testclient import TestClient

from newsarchive import Archive
from newsarchive.web.settings import Settings
from newsarchive.web.site import make_site

HOST = "http://127.0.0.1:8765"


@contextmanager
def browsing(folder: Path, settings: Settings | None = None, *, host: str = HOST) -> Iterator[TestClient]:
    """A client of an archive that is served."""
    with Archive.open(folder) as archive:
        site = make_site(archive, settings or Settings())
        with TestClient(site, base_url=host, follow_redirects=False) as client:
            yield client


def token_in(page: str) -> str:
    """What the forms of a page hold."""
    found = re.search(r'name="token" value="(\w+)"', page)
    assert found is not None
    return found[1]
