"""Captures as received, in WARC files."""

SNAPSHOTS = "snapshots"
