"""How a user wants pages to be fetched."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from newsarchive.acquire.fetch.addresses import is_any, is_public
from newsarchive.acquire.fetch.manners.credentials import Credentials, named_headers
from newsarchive.acquire.fetch.policy import FetchPolicy
from newsarchive.errors import InvalidArgument


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetching:
    """How pages are fetched from the web.

    ``jobs`` hosts are asked at once, each every ``delay`` seconds. ``headers`` and the
    cookies of a file in Netscape's form go to the sites that are named; snapshots are without
    them unless ``keep_credentials``. ``robots``: what robots.txt forbids is not fetched, as is
    always so for what is crawled. ``follow``: a page that sends its readers on, or is the short
    form of another, is followed there. ``allow_private`` lets addresses be those of a network
    of one's own. ``links``: addresses that files name are fetched, too. ``resume`` names a
    list: what a run of that name has done before it was cut off is passed over. Raises
    InvalidArgument, and AcquireError for what is no header.
    """

    jobs: int = 8
    delay: float = 1.0
    headers: Mapping[str, str] = field(default_factory=dict)
    cookies: Path | None = None
    keep_credentials: bool = False
    robots: bool = False
    follow: bool = False
    allow_private: bool = False
    links: bool = False
    resume: str | None = None

    def __post_init__(self) -> None:
        if self.jobs < 1:
            raise InvalidArgument(f"jobs can't be {self.jobs}", hint="give 1 or more")
        if not 0 <= self.delay < float("inf"):
            raise InvalidArgument(f"delay can't be {self.delay}", hint="give seconds, 0 or more")

    @property
    def policy(self) -> FetchPolicy:
        """The same as fetchers see it. Raises AcquireError."""
        headers = named_headers([f"{name}:{value}" for name, value in self.headers.items()])
        credentials = Credentials(headers, self.cookies, self.keep_credentials)
        credentials.jar()
        return FetchPolicy(
            interval=self.delay,
            jobs=self.jobs,
            credentials=credentials,
            obeys_robots=self.robots,
            follows=self.follow,
            is_allowed=is_any if self.allow_private else is_public,
        )
