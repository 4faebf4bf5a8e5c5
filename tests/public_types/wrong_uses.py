"""Slips that a type checker has to tell a caller of. Checked, never run.

Each is a line that would be an error; one that no longer is makes its ``ignore`` an error.
"""

from __future__ import annotations

import newsarchive
from newsarchive import Archive, Article, Hit, Sort, StoredCapture, extract


def of_an_archive(archive: Archive) -> None:
    archive.add(7)  # type: ignore[arg-type]
    archive.add("page.html", 2)  # type: ignore[call-arg]
    archive.reextract(1.5)  # type: ignore[arg-type]
    archive.search(query=b"ferry")  # type: ignore[arg-type]
    archive.search("ferry", "newest")  # type: ignore[call-arg]
    archive.search("ferry", limt=5)  # type: ignore[call-arg]
    archive.search("ferry", after=2024)  # type: ignore[arg-type]
    archive.export("ferry")  # type: ignore[call-arg]
    archive.saved.add("ferries")  # type: ignore[call-arg]
    archive.families.of("7")  # type: ignore[arg-type]
    _ = archive.labels  # type: ignore[attr-defined]
    archive.folder = "elsewhere"  # type: ignore[assignment]


def of_values(archive: Archive, article: Article, hit: Hit, capture: StoredCapture) -> None:
    article.headline.upper()  # type: ignore[union-attr]
    _ = article.date_published.year  # type: ignore[union-attr]
    article.headline = "x"  # type: ignore[misc]
    hit.score = 1.0  # type: ignore[misc]
    _ = hit.headlines  # type: ignore[attr-defined]
    _ = capture.captured_at[:10]  # type: ignore[index]
    capture.sha256 = ""  # type: ignore[misc]
    for outcome in archive.add("page.html"):
        _ = outcome.article_id  # type: ignore[union-attr]
    _ = Sort.NEWST  # type: ignore[attr-defined]


def of_functions() -> None:
    extract("<p>text")  # type: ignore[arg-type]
    _ = newsarchive.serch  # type: ignore[attr-defined]
    from newsarchive import Archiv  # type: ignore[attr-defined]  # noqa: F401
