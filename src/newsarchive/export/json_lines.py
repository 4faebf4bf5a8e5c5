"""JSON Lines: one article a line, in the form of ``Article.to_dict``."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import BinaryIO

from newsarchive.model import Article


def write(articles: Iterable[Article], stream: BinaryIO) -> int:
    """Write one JSON object a line, in UTF-8; return how many."""
    count = 0
    for article in articles:
        line = json.dumps(article.to_dict(), ensure_ascii=False)
        stream.write(line.encode("utf-8", "replace") + b"\n")
        count += 1
    return count
