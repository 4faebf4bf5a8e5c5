"""What is known of an article, value by value, each with where it was found."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from newsarchive.model import Article, Evidence


@dataclass(frozen=True, slots=True)
class Fact:
    """A field with its values; ``evidence`` are the places where it was found, the one that counts first."""

    name: str
    values: Sequence[str]
    evidence: Sequence[Evidence]

    @property
    def source(self) -> str:
        """Where the value was found, in a line for whoever points at it."""
        return "\n".join(
            f"{each.source.value} ({each.confidence.value}): {each.raw[:300]}" for each in self.evidence
        )


def facts(article: Article) -> list[Fact]:
    """All fields that are stated, in the order in which people ask for them."""
    return [
        Fact(name, values, [each for each in article.evidence if each.field == name])
        for name, values in _values(article)
        if values
    ]


def _values(article: Article) -> Iterator[tuple[str, Sequence[str]]]:
    published, modified = article.date_published, article.date_modified
    yield "authors", article.authors
    yield "publisher", _one(article.publisher)
    yield "date_published", _one(None if published is None else published.isoformat().replace("T", " "))
    yield "date_modified", _one(None if modified is None else modified.isoformat().replace("T", " "))
    yield "section", _one(article.section)
    yield "keywords", article.keywords
    yield "language", _one(article.language)
    yield "url", _one(article.url)


def _one(value: str | None) -> Sequence[str]:
    return (value,) if value else ()
