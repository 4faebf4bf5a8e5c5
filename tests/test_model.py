import json
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsarchive.base.dates import PartialDate
from newsarchive.base.scripts import count_words
from newsarchive.formats import PageFormat
from newsarchive.model import Article, Capture, Confidence, Evidence, EvidenceSource

texts = st.text(max_size=20)
maybe_text = st.none() | texts
partial_dates = st.one_of(
    st.integers(1, 9999).map(PartialDate),
    st.dates().map(PartialDate.from_date),
    st.datetimes(timezones=st.just(UTC)).map(PartialDate.from_datetime),
)
evidence = st.builds(
    Evidence,
    field=texts,
    value=texts,
    source=st.sampled_from(EvidenceSource),
    raw=texts,
    confidence=st.sampled_from(Confidence),
)
articles = st.builds(
    Article,
    headline=maybe_text,
    description=maybe_text,
    authors=st.lists(texts, max_size=3).map(tuple),
    date_published=st.none() | partial_dates,
    date_confidence=st.none() | st.sampled_from(Confidence),
    date_modified=st.none() | partial_dates,
    publisher=maybe_text,
    section=maybe_text,
    keywords=st.lists(texts, max_size=3).map(tuple),
    language=maybe_text,
    url=maybe_text,
    image=maybe_text,
    is_accessible_for_free=st.none() | st.booleans(),
    text=texts,
    evidence=st.lists(evidence, max_size=2).map(tuple),
    id=st.none() | st.integers(1),
)


@settings(deadline=None)
@given(articles)
def test_an_article_survives_being_written_as_json_and_read(article: Article) -> None:
    """Exports are read back by this program and by others."""
    assert Article.from_dict(json.loads(json.dumps(article.to_dict()))) == article


def test_an_article_without_facts_states_nothing() -> None:
    """ "Not stated" is null in JSON, never a made-up value."""
    data = Article().to_dict()
    assert data.pop("text") == ""
    assert data.pop("word_count") == 0
    assert all(value in (None, []) for value in data.values())


def test_only_a_date_of_low_confidence_is_a_guess() -> None:
    """Guesses are marked wherever they are shown, facts never."""
    guesses = [level for level in Confidence if Article(date_confidence=level).date_is_guess]
    assert guesses == [Confidence.LOW]
    assert not Article().date_is_guess


def test_a_capture_is_known_by_the_digest_of_its_payload() -> None:
    """Any claim can be checked against the bytes as received."""
    capture = Capture(
        payload=b"abc", source="-", captured_at=datetime(2024, 1, 1, tzinfo=UTC), format=PageFormat.TEXT
    )
    assert capture.sha256 == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("", 0),
        ("— … !", 0),
        ("10,000 troops, co-ordinated", 3),
        ("l'État (c’est moi)", 3),
        ("क्षेत्र में", 2),
        ("中国人", 3),
        ("AI时代 2024年", 5),
        ("한국 신문", 2),
    ],
)
def test_words_are_counted_as_readers_of_each_script_count_them(text: str, count: int) -> None:
    """Chinese has no spaces, and Hindi's vowel signs are no word boundaries."""
    assert count_words(text) == count


@settings(deadline=None)
@given(st.text(max_size=60))
def test_no_more_words_are_counted_than_characters(text: str) -> None:
    """Any text can be counted, and joining two texts by a space adds their counts."""
    assert 0 <= count_words(text) <= len(text)
    assert count_words(f"{text} {text}") == 2 * count_words(text)


@settings(deadline=None)
@given(st.text(st.characters(max_codepoint=127), max_size=60))
def test_plain_text_is_counted_as_any_other(text: str) -> None:
    """Text in ASCII is counted in a faster way, which one letter with an accent turns off."""
    assert count_words(f"{text} é") == count_words(text) + 1
