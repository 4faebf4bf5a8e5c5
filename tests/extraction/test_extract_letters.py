"""Texts that were mailed, printed or copied from a reader view are read without what that added."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsarchive.extraction.formats.plain_text.forwarded_mail import unwrap
from newsarchive.extraction.formats.plain_text.printed_furniture import is_page_edge, is_reading_time
from newsarchive.extraction.formats.plain_text.story import extract_text
from newsarchive.model import Article, Confidence

FIRST = (
    "The council voted on Tuesday to keep the old ferry, after three hours in which nobody agreed on any "
    "thing, and the harbor master said that he would paint it himself before the first guests arrived."
)
SECOND = (
    "He asked for paint and for one dry day in March, which the council granted him, and a committee will "
    "look for the day, though its members have not been named, and nobody wished to be one of them."
)
STORY = f"Council keeps old ferry\n\nBy Jane Doe\n\n{FIRST}\n\n{SECOND}"
BODY = f"{FIRST}\n{SECOND}"
GERMAN = (
    "Der Rat hat am Dienstag beschlossen, die alte Fähre zu behalten, und niemand war sich über etwas "
    "anderes einig, nach drei Stunden und vielen Reden, die keiner hören wollte."
)
RUSSIAN = (
    "Совет решил во вторник оставить старый паром после трёх часов спора, и начальник порта сказал, что сам "
    "покрасит его до весны, когда приедут первые гости."
)


def _extract(text: str) -> Article:
    return extract_text(text, url=None, captured_at=None)


FORWARDED = f"""From: Ana Roe <ana@example.net>
To: Jon Poe <jon@example.org>
Subject: Fwd: Council keeps old ferry
Date: Thu, 31 Oct 2024 09:12:00 +0100

Have you seen this?

---------- Forwarded message ---------
From: Harbor Ledger <news@harborledger.example>
Date: Wed, 30 Oct 2024 at 14:05
Subject: Council keeps old ferry
To: Ana Roe <ana@example.net>

{STORY}

--
Ana Roe, 1 Harbor Street
"""
QUOTED = "On Wed, 30 Oct 2024 at 14:05, Harbor Ledger <news@harborledger.example> wrote:\n\n" + "\n".join(
    f"> {line}" for line in STORY.split("\n")
)


@pytest.mark.parametrize("text", [FORWARDED, QUOTED], ids=["forwarded", "quoted"])
def test_mailed_story_is_the_innermost_message(text: str) -> None:
    """Who forwarded it, when and with what remark is no part of the story."""
    article = _extract(text)
    assert article.headline == "Council keeps old ferry"
    assert article.authors == ("Jane Doe",)
    assert article.publisher == "Harbor Ledger"
    assert str(article.date_published) == "2024-10-30T14:05"
    assert article.text == BODY


@pytest.mark.parametrize(
    ("text", "headline", "publisher", "day"),
    [
        (
            "-----Ursprüngliche Nachricht-----\nVon: Hafenblatt <redaktion@hafenblatt.example>\n"
            "Gesendet: Mittwoch, 30. Oktober 2024 14:05\nAn: Jana\nBetreff: WG: Rat behält alte Fähre\n\n"
            f"{GERMAN}\n\n{GERMAN}",
            "Rat behält alte Fähre", "Hafenblatt", "2024-10-30T14:05",
        ),
        (
            "От: Портовый вестник <news@vestnik.example>\nКому: Анна\nДата: 30 октября 2024\n"
            f"Тема: Паром остаётся\n\n{RUSSIAN}\n\n{RUSSIAN}",
            "Паром остаётся", "Портовый вестник", "2024-10-30",
        ),
    ],
    ids=["German", "Russian"],
)  # fmt: skip
def test_headers_are_read_in_the_language_of_the_mailer(
    text: str, headline: str, publisher: str, day: str
) -> None:
    """Mail programs write headers in their user's language."""
    article = _extract(text)
    assert (article.headline, article.publisher, str(article.date_published)) == (headline, publisher, day)


def test_person_who_sent_a_story_is_its_author_for_want_of_a_byline() -> None:
    """A reporter mails the story, but so does a friend: it is marked as little sure."""
    head = "From: Jane Doe <jane@example.org>\nTo: Ana Roe\nSubject: Council keeps old ferry\n\n"
    article = _extract(f"{head}{FIRST}\n\n{SECOND}")
    assert article.authors == ("Jane Doe",)
    assert [one.confidence for one in article.evidence if one.field == "authors"] == [Confidence.LOW]


def test_reader_view_begins_with_its_host() -> None:
    """Reader views show host, headline, name and reading time, then the text."""
    article = _extract(
        f"harborledger.example\nCouncil keeps old ferry\nJane Doe\n5–6 minutes\n\n{FIRST}\n\n{SECOND}"
    )
    assert article.headline == "Council keeps old ferry"
    assert article.publisher == "harborledger.example"
    assert article.authors == ("Jane Doe",)
    assert article.text == BODY


def test_printed_page_loses_its_edges() -> None:
    """The browser prints title, address, day and page number around the story."""
    article = _extract(
        "Council keeps old ferry - Harbor Ledger\nhttps://harborledger.example/2024/council-ferry\n\n"
        "Printed on 2 November 2024\n\nHarbor Ledger\nCouncil keeps old ferry\n"
        f"By Jane Doe and John Roe | October 30, 2024 2:05 pm\n\n{FIRST}\n\n{SECOND}\n\n"
        "https://harborledger.example/2024/council-ferry 1/2\n"
        "11/2/24, 9:14 AM Council keeps old ferry - Harbor Ledger\nPage 1 of 2\n"
    )
    assert article.headline == "Council keeps old ferry"
    assert article.publisher == "Harbor Ledger"
    assert article.authors == ("Jane Doe", "John Roe")
    assert article.url == "https://harborledger.example/2024/council-ferry"
    assert str(article.date_published) == "2024-10-30T14:05"
    assert article.text == BODY


@pytest.mark.parametrize(
    ("ending", "authors"),
    [("\n\n(Reporting by Jane Doe; editing by John Roe)", ("Jane Doe",)), ("", ("Reuters",))],
    ids=["credit", "agency alone"],
)
def test_newswire_names_who_reported_it(ending: str, authors: tuple[str, ...]) -> None:
    """The credit line is no text; where there is none, the dateline's agency signs."""
    article = _extract(f"HARBOR TOWN, Oct 30 (Reuters) - {FIRST}\n\n{SECOND}{ending}")
    assert article.authors == authors
    assert article.text.endswith(SECOND)


@pytest.mark.parametrize("line", ["3 min read", "Lesezeit: 4 Minuten", "5-6 minutes", "約3分", "7 мин"])
def test_reading_time_is_told_in_many_languages(line: str) -> None:
    """It stands under the headline and is no text."""
    assert is_reading_time(line)


def test_figure_in_a_sentence_is_no_page_edge() -> None:
    """Only lines that are nothing else are dropped."""
    assert not is_page_edge(
        "The boat sailed at 9 and 12 of 14 guests came.", headline="Council keeps old ferry"
    )
    assert not is_page_edge("Council keeps old ferry running for now, and the town cheers.", headline="Ferry")


@given(
    st.lists(
        st.sampled_from(["From: A <a@b.c>", "To: x", "> ", "Date: 1", "--", "word", "", "On a, b@c wrote:"])
    )
)
def test_any_arrangement_of_headers_is_read(lines: list[str]) -> None:
    """People cut messages anywhere."""
    letter = unwrap("\n".join(lines))
    assert letter is None or len(letter.text) <= len("\n".join(lines))
