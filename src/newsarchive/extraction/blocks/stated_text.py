"""What a page says of its article in other places, to compare blocks with."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from newsarchive.extraction.page.parsed_page import Page
from newsarchive.extraction.words.strings import key

Floats = npt.NDArray[np.float64]

_DESCRIPTIONS = ("og:description", "description", "twitter:description")
_LEAST = 20
_OPENING = 240
# The text in a page's metadata is compared with blocks only if half of it stands on the page.
_SHARE = 0.5
_MAX_BODY = 200_000


@dataclass(frozen=True, slots=True)
class Known:
    """Titles and text as ``key`` leaves them, the description without spaces and case.

    Blocks are compared a page at a time, for most of them are of no fitting length.
    """

    titles: frozenset[str] = frozenset()
    description: str = ""
    body: str = ""

    @classmethod
    def of(cls, page: Page) -> Known:
        """Collect what the page states."""
        headline, body = page.json_ld.article.get("headline"), page.json_ld.article.get("articleBody")
        titles = (page.metas.first("og:title"), headline, *_headlines(page))
        return cls(
            titles=frozenset(key(title) for title in titles if isinstance(title, str)) - {""},
            description=_spaceless(page.metas.first(*_DESCRIPTIONS) or "").rstrip(".…"),
            body=key(body[:_MAX_BODY]) if isinstance(body, str) and len(body) > _OPENING else "",
        )

    def are_titles(self, texts: list[str]) -> Floats:
        """1 for blocks that are a headline of the page."""
        found = np.zeros(len(texts))
        shortest = min(map(len, self.titles), default=0)
        longest = 2 * max(map(len, self.titles), default=0) + _LEAST
        for at, text in enumerate(texts):
            if shortest <= len(text) <= longest and key(text) in self.titles:
                found[at] = 1.0
        return found

    def are_descriptions(self, texts: list[str]) -> Floats:
        """1 for blocks that are the description, more of it or less."""
        found = np.zeros(len(texts))
        if len(self.description) > _LEAST:
            for at, text in enumerate(texts):
                if len(text) > _LEAST:
                    opening = _spaceless(text[: 2 * len(self.description)])
                    found[at] = opening in self.description or self.description in opening
        return found

    def are_stated(self, texts: list[str]) -> Floats:
        """1 for blocks of the text that the page states for machines, -1 for others; 0 without such."""
        if not self.body:
            return np.zeros(len(texts))
        names = [key(text[:_OPENING]) for text in texts]
        found = [bool(name) and name in self.body for name in names]
        length = sum(
            min(len(text), 4 * len(name)) for text, name, hit in zip(texts, names, found, strict=True) if hit
        )
        if length <= _SHARE * len(self.body):
            return np.zeros(len(texts))
        return np.where(found, 1.0, -1.0)


def _headlines(page: Page) -> tuple[str, ...]:
    """The first heading, and the second where the page's title has it: it may head a part of the text."""
    title = key(page.title or "")
    return page.headings[:1] + tuple(text for text in page.headings[1:2] if key(text) in title)


def _spaceless(text: str) -> str:
    return "".join(text.casefold().split())
