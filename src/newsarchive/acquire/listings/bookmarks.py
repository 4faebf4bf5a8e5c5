"""Bookmarks in the form that browsers and bookmarking services export, Netscape's."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape

from newsarchive.acquire.containers.exports.named_fields import moment_of
from newsarchive.acquire.reader import Item, Limits, Link, printable
from newsarchive.acquire.source_file import SourceFile
from newsarchive.errors import AcquireError

_LINK = re.compile(r"<a\b(?P<attributes>[^>]{0,20000})>(?P<title>.{0,2000}?)</a>", re.IGNORECASE | re.DOTALL)
_ATTRIBUTE = re.compile(r"""(?P<name>[\w-]+)\s*=\s*(?:"(?P<quoted>[^"]*)"|'(?P<single>[^']*)')""")
_TAG = re.compile(r"<[^>]{0,500}>")


def read(file: SourceFile, *, limits: Limits) -> Iterator[Item]:
    """Yield the address of each bookmark, with the moment it was added."""
    text = file.content(limits.payload).decode("utf-8", "replace")
    number = 0
    for match in _LINK.finditer(text):
        attributes = {
            one["name"].lower(): one["quoted"] or one["single"] or ""
            for one in _ATTRIBUTE.finditer(match["attributes"])
        }
        url = unescape(attributes.get("href", "")).strip()
        if url:
            number += 1
            title = " ".join(unescape(_TAG.sub("", match["title"])).split())
            added = moment_of(attributes.get("add_date") or attributes.get("time_added"))
            yield Link(f"{file.name}#{number}", printable(url), title or None, added)
    if not number:
        raise AcquireError(f"{file.name} holds no bookmarks", hint="export it again")
