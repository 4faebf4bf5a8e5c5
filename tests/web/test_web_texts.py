"""What the interface says, in each of its languages."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from web_client import browsing

from newsarchive.web import texts
from newsarchive.web.texts import LANGUAGES, choose, texts_of

TEMPLATES = Path(texts.__file__).parents[1] / "templates"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_says_the_same_things(language: str) -> None:
    """A text that is missing would be an error before a reader's eyes."""
    english, other = texts_of("en").by_name, texts_of(language).by_name
    assert other.keys() == english.keys()
    for name, text in english.items():
        assert sorted(re.findall(r"\{\w*\}", other[name])) == sorted(re.findall(r"\{\w*\}", text)), name
        assert other[name].strip()


def test_every_text_that_a_template_names_exists() -> None:
    """And every page is made of named texts."""
    names = {
        name
        for path in TEMPLATES.glob("*.html")
        for name in re.findall(r"\bt\('(\w+)'[,)]", path.read_text(encoding="utf-8"))
    }
    assert names - texts_of("en").by_name.keys() == set()


@pytest.mark.parametrize(
    ("cookie", "accepted", "expected"),
    [
        (None, "ar-EG,en;q=0.5", "ar"),
        (None, "fi, en-GB;q=0.8", "en"),
        ("ar", "en", "ar"),
        ("xx", "fi", "en"),
        (None, "", "en"),
    ],
)
def test_the_language_is_the_readers(cookie: str | None, accepted: str, expected: str) -> None:
    """As chosen, else as the browser asks."""
    assert choose(cookie, accepted) == expected


def test_a_language_written_from_the_right_turns_the_page(sample_folder: Path) -> None:
    """Or every list would stand on the wrong side."""
    with browsing(sample_folder) as client:
        assert '<html lang="ar" dir="rtl">' in client.get("/", headers={"accept-language": "ar"}).text
