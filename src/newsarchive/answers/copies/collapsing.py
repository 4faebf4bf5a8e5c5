"""One hit a story: the first of its copies in the order of an answer, and what else ran it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from newsarchive.answers.results import AlsoIn
from newsarchive.store.reading.articles import ArticleReader

# Of more copies than these of one story, a hit names so many.
_MOST = 200


def stories_of(ids: Iterable[int], families: Mapping[int, int]) -> dict[int, list[int]]:
    """The first article of each story in the order given, with its copies."""
    first: dict[int, int] = {}
    stories: dict[int, list[int]] = {}
    for article_id in ids:
        chosen = first.setdefault(families.get(article_id, article_id), article_id)
        stories.setdefault(chosen, []).append(article_id)
    return {chosen: copies[1:] for chosen, copies in stories.items()}


def also_in(copies: Iterable[int], reader: ArticleReader) -> tuple[AlsoIn, ...]:
    """Who else ran a story."""
    return tuple(
        AlsoIn(article.id or 0, article.publisher, article.date_published)
        for article in reader.articles(list(copies)[:_MOST])
    )
