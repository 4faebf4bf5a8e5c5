"""Where a quotation stands: word for word or nearly, who printed it first, and in which variants."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import islice
from typing import Any

from rapidfuzz import fuzz

from newsarchive.answers.holdings import Holdings
from newsarchive.answers.results import JSON_FORMAT
from newsarchive.base.dates import PartialDate
from newsarchive.base.scripts import UNSPACED
from newsarchive.errors import QueryError
from newsarchive.model import Article
from newsarchive.query.ast import Phrase, Word, any_of
from newsarchive.search.engines import Sort
from newsarchive.search.text.analysis import fold

# Below, what is alike are the commonest words: a quotation that was cut or reworded keeps more.
_NEARLY = 75.0
# A quotation of fewer words is a phrase that anybody uses; it is found word for word only.
_FEWEST_WORDS = 4
_MAX_WORDS = 400
# Articles that have it word for word are all told up to this many; of those that are like it,
# so many are compared, which share most of its rarer words.
_MOST_EXACT = 1_000
_COMPARED = 100
_MOST_WORDS = 40
_ASCII_WORD = frozenset(b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_")
_ASCII_FOLD = bytes(ord(chr(c).lower()) if c in _ASCII_WORD else 32 for c in range(256))


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One place where a quotation stands, or nearly: the words there, and the sentence around them.

    ``likeness`` is 100 where they are the same words, whatever their case and marks.
    """

    article: Article
    words: str
    sentence: str
    likeness: float

    @property
    def is_exact(self) -> bool:
        """Whether the quotation stands here word for word."""
        return self.likeness == 100.0

    def to_dict(self) -> dict[str, Any]:
        """The JSON form."""
        article = self.article
        return {
            "id": article.id,
            "headline": article.headline,
            "publisher": article.publisher,
            "authors": list(article.authors),
            "date_published": _iso(article.date_published),
            "date_confidence": None if article.date_confidence is None else article.date_confidence.value,
            "url": article.url,
            "words": self.words,
            "sentence": self.sentence,
            "likeness": round(self.likeness, 1),
        }


@dataclass(frozen=True, slots=True)
class Variant:
    """One wording of a quotation, with where it stands, the earliest first."""

    words: str
    likeness: float
    occurrences: tuple[Occurrence, ...]

    def to_dict(self) -> dict[str, Any]:
        """The JSON form."""
        return {
            "words": self.words,
            "likeness": round(self.likeness, 1),
            "occurrences": [each.to_dict() for each in self.occurrences],
        }


@dataclass(frozen=True, slots=True)
class Quotation:
    """What was asked for, and each wording of it that the archive holds: the most alike first."""

    asked: str
    variants: tuple[Variant, ...]

    def __iter__(self) -> Iterator[Variant]:
        return iter(self.variants)

    def __len__(self) -> int:
        return len(self.variants)

    @property
    def first(self) -> Occurrence | None:
        """Who printed it first, word for word; in a variant where nobody did. Guessed dates come last."""
        exact = [variant for variant in self.variants if variant.likeness == 100.0]
        found = [each for variant in exact or self.variants for each in variant.occurrences]
        return min(found, key=_by_date, default=None)

    def to_dict(self) -> dict[str, Any]:
        """The JSON form."""
        return {
            "format": JSON_FORMAT,
            "quotation": self.asked,
            "first": None if self.first is None else self.first.to_dict(),
            "variants": [variant.to_dict() for variant in self.variants],
        }


def occurrences(asked: str, articles: Iterable[Article]) -> Iterator[Occurrence]:
    """Where a quotation stands in these articles, at its best place in each."""
    wanted = _Words(asked)
    for article in articles:
        found = _best_place(wanted, _Words(article.text))
        if found is not None:
            start, end, likeness = found
            sentence = sentence_around(article.text, start, end)
            yield Occurrence(article, " ".join(article.text[start:end].split()), sentence, likeness)


def variants(found: Iterable[Occurrence]) -> tuple[Variant, ...]:
    """Occurrences by their wording, the most alike first, then the one that most articles have."""
    by_wording: dict[str, list[Occurrence]] = defaultdict(list)
    for each in found:
        by_wording[_Words(each.words).joined].append(each)
    made = [
        Variant(group[0].words, max(each.likeness for each in group), tuple(group))
        for group in (sorted(group, key=_by_date) for group in by_wording.values())
    ]
    return tuple(sorted(made, key=lambda each: (-each.likeness, -len(each.occurrences), each.words)))


def sentence_around(text: str, start: int, end: int) -> str:
    """The sentence, or sentences, that hold these characters, on one line."""
    first, last = text.rfind("\n", 0, start) + 1, text.find("\n", end)
    paragraph_end = len(text) if last < 0 else last
    ends = [match.end() for match in _sentence_end().finditer(text, first, paragraph_end)]
    begin = max((at for at in ends if at <= start), default=first)
    stop = min((at for at in ends if at >= end), default=paragraph_end)
    return " ".join(text[begin:stop].split())


def checked(asked: str) -> str:
    """A quotation that can be looked for. Raises QueryError."""
    text = " ".join(asked.strip().strip("\"'“”„«»‹›‘’「」『』").split())
    count = _Words(text).count
    if not count:
        raise QueryError("there is no word in the quotation", hint="give the words that were said")
    if count > _MAX_WORDS:
        raise QueryError(
            f"the quotation has {count} words, at most {_MAX_WORDS} are compared",
            hint="give its most telling sentence",
        )
    return text


def is_phrase(asked: str) -> bool:
    """Whether a quotation is too short to be told from what anybody says, unless word for word."""
    return _Words(asked).count < _FEWEST_WORDS


class _Words:
    """The folded words of a text, each set apart by a blank; where they stand is found when asked for."""

    def __init__(self, text: str) -> None:
        self._text = text
        if text.isascii():
            # A fifth of the time of the expression.
            words = text.encode().translate(_ASCII_FOLD).decode().split()
        else:
            words = [_folded(word) for word in _word().findall(text)]
        self.count = len(words)
        self.joined = f" {' '.join(words)} "

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The characters of the text of the words that begin within this part of ``joined``."""
        first, last = self.joined.count(" ", 0, start + 1) - 1, self.joined.count(" ", 0, end) - 1
        places = list(islice(_word().finditer(self._text), first, last + 1))
        return places[0].start(), places[-1].end()


@lru_cache(maxsize=50_000)
def _folded(word: str) -> str:
    return fold(word) or "_"


def _best_place(wanted: _Words, text: _Words) -> tuple[int, int, float] | None:
    at = text.joined.find(wanted.joined)
    if at >= 0:
        return *text.span(at, at + len(wanted.joined) - 1), 100.0
    if wanted.count < _FEWEST_WORDS or len(text.joined) < len(wanted.joined):
        return None
    found = fuzz.partial_ratio_alignment(wanted.joined, text.joined, score_cutoff=_NEARLY)
    if found is None or found.dest_end <= found.dest_start:
        return None
    start = max(0, text.joined.rfind(" ", 0, found.dest_start + 1))
    end = text.joined.find(" ", max(found.dest_end - 1, start + 1))
    # Words that are the same in another order, or cut within, are alike and not the same.
    return *text.span(start, end if end > 0 else len(text.joined)), min(found.score, 99.9)


def _by_date(each: Occurrence) -> tuple[bool, str, int]:
    article = each.article
    published = article.date_published
    is_unsure = published is None or article.date_is_guess
    return is_unsure, "" if published is None else published.sort_key, article.id or 0


def _iso(value: PartialDate | None) -> str | None:
    return None if value is None else value.isoformat()


@cache
def _word() -> re.Pattern[str]:
    return re.compile(f"[^\\W{UNSPACED}]+|(?=\\w)[{UNSPACED}]")


@cache
def _sentence_end() -> re.Pattern[str]:
    return re.compile(r"(?:[.!?…][\"'”’»)\]]{0,3}(?=\s)|[。！？।؟][」』”’]{0,2})\s*")


def find_quotation(asked: str, holdings: Holdings, *, exact: bool = False) -> Quotation:
    """Where a quotation stands in an archive, word for word or nearly. Raises QueryError."""
    text = checked(asked)
    matches = holdings.searcher.all_matches(Phrase(text), Sort.OLDEST, progress=None).matches
    ids = [match.article_id for match in matches[:_MOST_EXACT]]
    if not exact and not is_phrase(text):
        ids += [each for each in _like(text, holdings) if each not in set(ids)]
    return Quotation(text, variants(occurrences(text, holdings.reader.articles.stream(ids))))


def _like(text: str, holdings: Holdings) -> list[int]:
    """The articles that share most of a quotation's rarer words."""
    words = list(dict.fromkeys(match[0] for match in re.finditer(r"\w+", text)))
    tree = any_of(Word(word) for word in words[:_MOST_WORDS])
    return [match.article_id for match in holdings.searcher.best(tree, _COMPARED)]
