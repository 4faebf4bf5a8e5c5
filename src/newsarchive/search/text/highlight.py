"""Snippets: the part of an article that shows best why it matches, with the matches marked.

Pure, and by the same analysis as the index: what was searched is what is marked.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from newsarchive.model import Article
from newsarchive.query.ast import Query, TextField
from newsarchive.search.text.analysis import Analyzer
from newsarchive.search.text.query_places import Find, Finder
from newsarchive.search.text.snippets import DEFAULT_WIDTH, Openings, Snippet, Span, cut, merged


class Highlighter:
    """Marks one query's words. What the query excludes, and other fields' words, are not marked."""

    def __init__(self, query: Query, analyzer: Analyzer) -> None:
        self._in_text = Finder(query, analyzer, {TextField.ANY})
        self._in_headline = Finder(query, analyzer, {TextField.ANY, TextField.HEADLINE})

    def snippet(self, article: Article, *, width: int = DEFAULT_WIDTH) -> Snippet:
        """The best part of an article's text; of its description where only that has a match."""
        for text in filter(None, (article.text, article.description)):
            finds = self._in_text.finds(text, article.language)
            if finds:
                return cut(text, _best(finds, width), _spans(finds), width)
        return Openings().snippet(article, width=width)

    def whole(self, text: str, language: str | None) -> Snippet:
        """A whole text with its matches, its lines as they are."""
        return Snippet(text, merged(_spans(self._in_text.finds(text, language))))

    def headline(self, article: Article) -> Snippet:
        """The whole headline with its matches."""
        text = article.headline or ""
        return Snippet(text, merged(_spans(self._in_headline.finds(text, article.language))))


def _spans(finds: Iterable[Find]) -> Iterator[Span]:
    return ((find.start, find.end) for find in finds)


def _best(finds: Sequence[Find], width: int) -> tuple[int, int]:
    """Start and end of the stretch with the most different needles, then the most matches; the first such."""
    counts: Counter[int] = Counter()
    best, best_score, low = (finds[0].start, finds[0].end), (0, 0), 0
    for high, find in enumerate(finds):
        counts[find.needle] += 1
        while low < high and find.end - finds[low].start > width:
            left = finds[low].needle
            counts[left] -= 1
            if not counts[left]:
                del counts[left]
            low += 1
        score = (len(counts), high - low + 1)
        if score > best_score:
            best, best_score = (finds[low].start, find.end), score
    return best
