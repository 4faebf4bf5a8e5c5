"""Invented articles and queries for the tests of search."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from newsarchive.base.dates import DateInterval, PartialDate
from newsarchive.model import Article, ArticleState, Confidence, IndexChange, IndexedArticle
from newsarchive.query import ast
from newsarchive.query.ast import Query

ARCHIVE = "0b8a2f1e-0000-4000-8000-000000000001"
_WORDS = {
    "en": "harbour harbours harbour's bridge bridge’s bridging voted vote rate the U.S. COVID-19".split(),
    "de": "Straße Straßen Häuser Haus die und Brücke Brücken gewählt wählen rate".split(),
    "pl": "wybory wyborów wyborach rząd rządu żołnierz żołnierze łódź i w".split(),
    "ru": "мост мосты моста ёлка елка выборы выборов и в на войны".split(),
    "uk": "п’ять пʼять вибори виборів Київ їжак міст мости й".split(),
    "el": "εκλογές εκλογών ΕΚΛΟΓΕΣ οδός οδό ΟΔΟΣ και το γέφυρα γέφυρες".split(),
    "ar": "المدرسة مدرسة والمدرسه أحمد احمد إلى الرئيس رئيسُ كتاب كـتاب في".split(),
    "he": "שלום ירושלים בירושלים שָׁלוֹם ממשלה הממשלה צה״ל של".split(),
    "hi": "हिन्दी हिंदी समाचार समाचारों मुम्बई मुंबई ज़मीन जमीन और में".split(),
    "bn": "নির্বাচন নির্বাচনে ঢাকা ঢাকায় সরকার সরকারের ও এবং".split(),
    "ta": "தேர்தல் தேர்தலில் சென்னை சென்னையில் மக்கள் மக்களின் ஒரு".split(),
    "th": "น้ำท่วมกรุงเทพ กรุงเทพ การเลือกตั้ง เลือกตั้ง ข่าววันนี้ ท่วม".split(),
    "zh": "中国人民银行 人民 银行 香港选举 选举 中国".split(),
    "ja": "東京都 東京 京都 選挙 iPhone15発売 大阪府知事 ﾆｭｰｽ ニュース".split(),
    "ko": "한국은행 한국 은행이 선거 선거는 서울".split(),
}
LANGUAGES = frozenset(_WORDS)
_PAIRED = frozenset({"th", "zh", "ja", "ko"})
_TAGS = {language: (language,) for language in _WORDS} | {"en": ("en", "en-GB"), "ja": ("ja", "ja-JP")}
_AUTHORS = ("Ada Marsh", "Jon Reed", "Zoë Ferris", "Marsh Jon")
_PUBLISHERS = ("Harbour Post", "The Ledger", None)
_SECTIONS = ("World", "Sport", None)
_KEYWORDS = ("trade talks", "elections", "ports", "talks trade")
_HOSTS = ("https://www.post.example/world/", "https://ledger.example/a/", "http://post.example:8080/")


def indexed(
    article: Article, *, revisions: int = 1, captured: tuple[date, date] | None = None
) -> IndexedArticle:
    """An article as the store hands it on."""
    return IndexedArticle(article, revisions, captured or (date(2024, 5, 1), date(2024, 5, 1)))


def change(number: int, article: Article, *, revisions: int = 1) -> IndexChange:
    """A change that adds or replaces an article."""
    assert article.id is not None
    return IndexChange(number, article.id, indexed(article, revisions=revisions))


def story(article_id: int, text: str, **fields: object) -> Article:
    """A small article."""
    values: dict[str, object] = {"headline": f"Story {article_id}", "language": "en", "text": text} | fields
    return Article(id=article_id, **values)  # type: ignore[arg-type]


def random_document(rng: random.Random, article_id: int) -> IndexedArticle:
    """An article with some of its fields stated and some not."""
    language = rng.choice([*_TAGS, None])
    words = _WORDS[language or "en"]
    published = rng.choice([None, *(_date(rng) for _ in range(5))])
    first = date(2024, 1, 1) + timedelta(days=rng.randrange(60))
    article = Article(
        id=article_id,
        headline=rng.choice([None, _sentence(rng, words, 4), _sentence(rng, words, 3)]),
        description=rng.choice([None, _sentence(rng, words, 6)]),
        authors=tuple(rng.sample(_AUTHORS, rng.randrange(3))),
        date_published=published,
        date_confidence=rng.choice(list(Confidence)) if published else None,
        date_modified=rng.choice([None, PartialDate(2024, 2)]),
        publisher=rng.choice(_PUBLISHERS),
        section=rng.choice(_SECTIONS),
        keywords=tuple(rng.sample(_KEYWORDS, rng.randrange(3))),
        language=rng.choice(_TAGS[language]) if language else None,
        url=rng.choice([None, f"{rng.choice(_HOSTS)}{article_id}"]),
        image=rng.choice([None, "https://post.example/i.png"]),
        is_accessible_for_free=rng.choice([None, True, False]),
        text=_sentence(rng, words, rng.randrange(40)),
    )
    states = random_states(rng, article, first) if rng.random() < 0.4 else ()
    captured = (first, first + timedelta(days=rng.randrange(9)))
    return IndexedArticle(article, len(states) or 1, captured, rng.choice([(), ("the post",)]), states)


def random_states(rng: random.Random, article: Article, first: date) -> tuple[ArticleState, ...]:
    """What an article said before it was edited, once or twice, to what it says."""
    words = _WORDS["en"]
    days = sorted(first + timedelta(days=rng.randrange(60)) for _ in range(rng.randrange(2, 4)))
    texts = [*(_edited(rng, words, article.text) for _ in days[1:]), article.text]
    return tuple(
        ArticleState(
            day,
            rng.choice([article.headline, _sentence(rng, words, 3)]),
            rng.choice([article.description, None]),
            rng.choice([None, "2024-02-01"]),
            rng.choice([None, "2024-02-02"]),
            text,
        )
        for day, text in zip(days, texts, strict=True)
    )


def _edited(rng: random.Random, words: Sequence[str], text: str) -> str:
    """A text with a few of its words put in, taken out and moved into another paragraph."""
    parts = text.split(" ")
    for _ in range(rng.randrange(4)):
        at = rng.randrange(len(parts) + 1)
        parts[at : at + rng.randrange(3)] = rng.choice([[], ["\n"], [rng.choice(words)]])
    return " ".join(parts)


def random_query(rng: random.Random, depth: int = 3) -> Query:
    """A query of any kind, nested at most ``depth`` deep."""
    if depth and rng.random() < 0.5:
        parts = tuple(random_query(rng, depth - 1) for _ in range(rng.randrange(2, 4)))
        return rng.choice(
            _queries(ast.And(parts), ast.Or(parts), ast.Not(parts[0]), ast.Boost(parts[0], 2.0))
        )
    return rng.choice([_words_query, _words_query, _filter_query])(rng)


def random_changes(rng: random.Random, count: int) -> Iterator[IndexChange]:
    """Additions, replacements and deletions, numbered from 1."""
    for number in range(1, count + 1):
        article_id = number if rng.random() < 0.7 else rng.randrange(1, number + 1)
        gone = rng.random() < 0.15
        yield IndexChange(number, article_id, None if gone else random_document(rng, article_id))


def _queries(*queries: Query) -> Sequence[Query]:
    return queries


def _words_query(rng: random.Random) -> Query:
    language = rng.choice(list(_WORDS))
    words = _WORDS[language]
    field = rng.choice([ast.TextField.ANY] * 5 + list(ast.TextField))
    if field not in (ast.TextField.ANY, ast.TextField.HEADLINE):
        language, words = "en", " ".join((*_AUTHORS, *_KEYWORDS, "Harbour Post The Ledger world")).split()
    word = rng.choice(words)
    if rng.random() < 0.3:
        near = " ".join(rng.sample(words, min(len(words), rng.randrange(1, 4))))
        return ast.Near(near, rng.randrange(8), field)
    if language not in _PAIRED and rng.random() < 0.4:
        # As typed in a query: no pattern of signs alone.
        return rng.choice(
            _queries(
                ast.Wildcard(_pattern(rng, word), field),
                ast.Fuzzy(_typo(rng, word), rng.randrange(1, 3), field),
            )
        )
    return rng.choice(
        _queries(
            ast.Word(word, field),
            ast.Phrase(_sentence(rng, words, rng.randrange(1, 3)), field),
            ast.Prefix(word[: rng.randrange(1, len(word) + 1)], field),
        )
    )


def _pattern(rng: random.Random, word: str) -> str:
    at, length = rng.randrange(len(word)), rng.randrange(3)
    return word[:at] + rng.choice("?*") + word[at + length :] + rng.choice(["", "", "*"])


def _typo(rng: random.Random, word: str) -> str:
    for _ in range(rng.randrange(3)):
        at = rng.randrange(len(word) + 1)
        word = rng.choice(
            [
                word[:at] + word[at + 1 :],
                f"{word[:at]}e{word[at:]}",
                word[:at] + word[at : at + 2][::-1] + word[at + 2 :],
            ]
        )
    return word or "e"


def _filter_query(rng: random.Random) -> Query:
    start = date(2024, 1, 1) + timedelta(days=rng.randrange(-40, 120))
    interval = rng.choice(
        [
            DateInterval(start, start + timedelta(days=rng.randrange(40))),
            DateInterval(start),
            DateInterval(None, start),
        ]
    )
    urls = ("post.example", "www.post.example/world/", "https://ledger.example/a/1", "nowhere.example")
    return rng.choice(
        _queries(
            ast.Everything(),
            ast.DateRange(rng.choice(list(ast.DateField)), interval),
            ast.NumberRange(rng.choice(list(ast.NumberField)), *_bounds(rng)),
            ast.Language(rng.choice(["en", "en-gb", "ja", "de", "fr"])),
            ast.Changed(rng.choice(list(ast.Change))),
            ast.DateRange(ast.DateField.EDITED, interval),
            ast.Named(ast.NameField.LANG, rng.choice(["en", "en-gb", "ja"])),
            ast.Named(ast.NameField.PUBLISHER, rng.choice(["Harbour Post", "Harbour", "The Ledger"])),
            ast.Named(ast.NameField.AUTHOR, rng.choice([*_AUTHORS, "Marsh"])),
            ast.Named(ast.NameField.SECTION, rng.choice(["World", "world", "Sport"])),
            ast.Named(ast.NameField.KEYWORD, rng.choice([*_KEYWORDS, "trade"])),
            ast.Url(rng.choice(urls)),
            ast.Is(rng.choice(list(ast.Flag))),
            ast.Has(rng.choice(list(ast.Presence))),
            ast.DateConfidence(rng.choice(list(Confidence))),
            ast.Among(frozenset(rng.sample(range(1, 60), rng.randrange(30)))),
        )
    )


def _bounds(rng: random.Random) -> tuple[int | None, int | None]:
    low = rng.choice([None, rng.randrange(60)])
    return low, rng.choice([None, (low or 0) + rng.randrange(40)])


def _sentence(rng: random.Random, words: Sequence[str], count: int) -> str:
    return " ".join(rng.choice(words) for _ in range(count))


def _date(rng: random.Random) -> PartialDate:
    day = date(2024, 1, 1) + timedelta(days=rng.randrange(90))
    precise = PartialDate(day.year, day.month, day.day, rng.randrange(24), 30)
    return rng.choice(
        [PartialDate(2024), PartialDate(day.year, day.month), PartialDate.from_date(day), precise]
    )
