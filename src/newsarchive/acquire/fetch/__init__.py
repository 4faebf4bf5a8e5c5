"""Pages on the web: the only part of newsarchive that opens connections."""

from newsarchive.acquire.fetch.fetching import Fetching
from newsarchive.acquire.fetch.manners.host_queues import HostStep
from newsarchive.acquire.fetch.policy import FetchPolicy
from newsarchive.acquire.fetch.url_reader import FetchReader

__all__ = ["FetchPolicy", "FetchReader", "Fetching", "HostStep"]
