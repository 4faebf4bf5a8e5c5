import re
import string
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsarchive.base.dates import DateInterval
from newsarchive.errors import QueryError
from newsarchive.model import Confidence
from newsarchive.query import (
    Boost,
    DateConfidence,
    DateField,
    DateRange,
    Everything,
    Flag,
    Fuzzy,
    Has,
    Is,
    Language,
    Marked,
    MarkField,
    Named,
    NameField,
    Near,
    Not,
    NumberField,
    NumberRange,
    Phrase,
    Prefix,
    Presence,
    Query,
    SavedQuery,
    TextField,
    Url,
    Wildcard,
    Word,
    all_of,
    any_of,
    format_query,
    parse,
)

TODAY = date(2024, 10, 30)


def single_stars(pattern: str) -> str:
    return re.sub(r"\*+", "*", pattern)


letters = st.text(string.ascii_lowercase + "éя中'-.&#", max_size=8)
words = letters.map(lambda tail: "a" + tail)
spaced_words = words.filter(lambda word: "中" not in word)
patterns = (
    st.from_regex(r"[ab?*]{0,3}[?*][ab?*]{0,3}", fullmatch=True)
    .map(lambda middle: f"a{middle}z")
    .map(single_stars)
)
text_fields = st.sampled_from(TextField)
phrases = st.text(string.ascii_letters + ' "“”()^*-:~', max_size=20).map(lambda tail: "a" + tail)


@st.composite
def intervals(draw: st.DrawFn) -> DateInterval:
    first = draw(st.dates(max_value=date(9990, 1, 1)))
    last = first + timedelta(days=draw(st.integers(0, 3000)))
    closed, open_end, open_start = (first, last), (first, None), (None, last)
    return DateInterval(*draw(st.sampled_from((closed, open_end, open_start))))


leaves: st.SearchStrategy[Query] = st.one_of(
    st.builds(Word, words, text_fields),
    st.builds(Prefix, words, text_fields),
    st.builds(Phrase, phrases, text_fields),
    st.builds(Near, phrases, st.integers(0, 99), text_fields),
    st.builds(Wildcard, patterns, text_fields),
    st.builds(Fuzzy, spaced_words, st.integers(1, 2), text_fields),
    st.builds(SavedQuery, phrases.map(str.strip)),
    st.builds(DateRange, st.sampled_from(DateField), intervals()),
    st.builds(
        NumberRange, st.sampled_from(NumberField), st.integers(0, 99), st.just(None) | st.integers(99, 999)
    ),
    st.builds(NumberRange, st.sampled_from(NumberField), st.none(), st.integers(0, 99)),
    st.sampled_from(("en", "pt-br", "zh-hans-cn")).map(Language),
    st.sampled_from(("example.com", "https://a.example/b_(c)", "a.example/d^e", "https://a.example/*")).map(
        Url
    ),
    st.builds(Named, st.sampled_from(NameField), phrases.map(str.strip).map(str.lower)),
    st.sampled_from(Flag).map(Is),
    st.sampled_from(Presence).map(Has),
    st.builds(Marked, st.sampled_from(MarkField), phrases.map(lambda text: " ".join(text.split()))),
    st.builds(Marked, st.sampled_from(MarkField), st.none()),
    st.sampled_from(Confidence).map(DateConfidence),
)
boosts = st.floats(min_value=0, max_value=100, exclude_min=True)


def negated(part: Query) -> Query:
    return part.part if isinstance(part, Not) else Not(part)


def larger(parts: st.SearchStrategy[Query]) -> st.SearchStrategy[Query]:
    several = st.lists(parts, min_size=2, max_size=4)
    return several.map(all_of) | several.map(any_of) | parts.map(negated) | st.builds(Boost, parts, boosts)


trees: st.SearchStrategy[Query] = st.recursive(leaves, larger, max_leaves=15) | st.just(Everything())


@settings(deadline=None)
@given(trees)
def test_a_formatted_tree_parses_to_the_same_tree(query: Query) -> None:
    """A query that a program has put together can be shown, saved and typed again."""
    assert parse(format_query(query), today=TODAY) == query


@settings(deadline=None)
@given(st.text('ab()"“«»-:*?~2^. ', max_size=30) | st.text(max_size=30))
def test_what_parses_parses_the_same_once_formatted(text: str) -> None:
    """The tree of any query that a user types can be written down."""
    try:
        query = parse(text, today=TODAY)
    except QueryError:
        return
    assert parse(format_query(query), today=TODAY) == query


@pytest.mark.parametrize(
    ("text", "formatted"),
    [
        ("a AND b OR NOT c", "(a b) OR -c"),
        ("headline:(a b)", "headline:a headline:b"),
        ("“a b”^3.0", '"a b"^3'),
        ('«say "a"»', '«say "a"»'),
        ("published:2024-10", "published:2024-10-01..2024-10-31"),
        ("published:yesterday", "published:2024-10-29"),
        ("a^100", "a^100"),
        ("a~1 “b c”~05", 'a~ "b c"~5'),
        ("a**b? query:x", "a*b query:x"),
        ("a^0.00001", "a^0.00001"),
        (" ", ""),
    ],
)
def test_a_query_is_written_in_one_canonical_way(text: str, formatted: str) -> None:
    """Two spellings of one query can be recognized as the same; relative dates become fixed ones."""
    assert format_query(parse(text, today=TODAY)) == formatted


def test_a_phrase_with_every_quotation_mark_is_refused() -> None:
    """No text could stand for it; anything else would change the query silently."""
    with pytest.raises(ValueError, match="every kind"):
        format_query(Phrase('a " b « c 「 d 『'))


@settings(deadline=None)
@given(st.lists(leaves, max_size=4))
def test_all_of_is_flat_and_drops_everything(parts: list[Query]) -> None:
    """A blank query narrowed by a filter is the filter alone."""
    assert all_of([Everything(), all_of(parts), Everything()]) == all_of(parts)
    assert all_of([]) == Everything()
