"""Where a quotation stands, word for word or nearly."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from newsarchive import Archive, QueryError
from newsarchive.answers.copies.quotations import Variant, occurrences, sentence_around, variants
from newsarchive.base.dates import PartialDate
from newsarchive.model import Article, Confidence

SAID = "We will not sign a pact that leaves the pilots out"


def article(number: int, text: str, day: str = "2024-03-01") -> Article:
    return Article(id=number, text=text, date_published=PartialDate.fromisoformat(day))


def found(asked: str, texts: list[str]) -> tuple[Variant, ...]:
    return variants(occurrences(asked, [article(n, text) for n, text in enumerate(texts, 1)]))


@pytest.fixture
def sample_archive(sample_folder: Path) -> Iterator[Archive]:
    with Archive.open(sample_folder) as archive:
        yield archive


def test_a_quotation_is_found_whatever_its_marks_case_and_accents() -> None:
    """Houses print quotation marks and capitals in their own way."""
    texts = [
        f"“{SAID},” he said.",
        f"HE SAID: «{SAID.upper()}»!",
        "‘We will not sign a páct that leaves the pilots out’",
    ]
    (variant,) = found(SAID, texts)
    assert variant.likeness == 100
    assert len(variant.occurrences) == 3


def test_another_wording_is_a_variant_of_its_own() -> None:
    """People who check want to see who changed which word."""
    texts = [f'"{SAID}."', '"We will never sign any pact that leaves pilots out," she said.']
    first, second = found(SAID, texts)
    assert (first.likeness, second.words) == (100, "We will never sign any pact that leaves pilots out")
    assert 75 <= second.likeness < 100


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("The pilots left the pact out of their sign. We will not.", id="same words"),
        pytest.param("Pilots and pacts were discussed at length in the harbour.", id="same subject"),
        pytest.param("", id="no text"),
    ],
)
def test_what_only_shares_words_is_no_quotation(text: str) -> None:
    """A false attribution is worse than none."""
    assert list(occurrences(SAID, [article(1, text)])) == []


def test_a_short_phrase_is_found_word_for_word_only() -> None:
    """Nearly "not a chance" is anything."""
    assert list(occurrences("not a chance", [article(1, "There was not much chance.")])) == []
    assert len(list(occurrences("not a chance", [article(1, "“Not a chance,” he said.")]))) == 1


def test_scripts_without_spaces_are_compared_by_characters() -> None:
    """One character more or less is a variant there."""
    texts = ["市长说：“我们不会签署任何协议。”工会欢呼。", "他说：“我们绝不会签署任何的协议。”"]
    first, second = variants(
        occurrences("我们不会签署任何协议", [article(n, text) for n, text in enumerate(texts, 1)])
    )
    assert (first.likeness, first.words) == (100, "我们不会签署任何协议")
    assert second.words.startswith("我们绝不会")


@pytest.mark.parametrize(
    ("text", "words", "expected"),
    [
        ("One. He said so! Three.", "said so", "He said so!"),
        ("One.\nHe said so\nThree.", "said so", "He said so"),
        ("He spoke. “No,” she said. “Not now.” Then rain.", "Not now", "“Not now.”"),
        ("天晴。他说不行。下雨了。", "说不行", "他说不行。"),
        ("no end here", "end", "no end here"),
    ],
)
def test_the_sentence_around_is_whole(text: str, words: str, expected: str) -> None:
    """Out of its sentence a quotation can mean anything."""
    start = text.index(words)
    assert sentence_around(text, start, start + len(words)) == expected


def test_the_first_to_print_it_is_the_earliest_sure_date() -> None:
    """A guessed date does not make anybody the first."""
    sure = article(2, f'"{SAID}."', "2024-03-05")
    guessed = replace(article(1, f'"{SAID}."', "2024-03-01"), date_confidence=Confidence.LOW)
    (variant,) = variants(occurrences(SAID, [guessed, sure]))
    assert [each.article.id for each in variant.occurrences] == [2, 1]


def test_a_quotation_is_found_in_an_archive_with_who_was_first(sample_archive: Archive) -> None:
    """The whole way, from the words to the article."""
    quotation = sample_archive.quote("a number with a beard on it")
    assert quotation.first is not None
    assert "beard" in quotation.first.sentence
    assert all(variant.occurrences for variant in quotation)


@pytest.mark.parametrize("asked", ["", "  ", "“”", "…", "word " * 401])
def test_what_cant_be_looked_for_is_an_error(sample_archive: Archive, asked: str) -> None:
    """Silence would read as: nobody said it."""
    with pytest.raises(QueryError):
        sample_archive.quote(asked)
