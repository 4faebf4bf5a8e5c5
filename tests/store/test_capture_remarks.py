"""Edits that are trivial, and captures that show something else than their article."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from newsarchive import Archive
from newsarchive.keeping.verifying.check_things import WORDS
from newsarchive.model import Article
from newsarchive.pipeline.outcomes import Outcome, Unchanged
from newsarchive.store.log.things import THINGS
from newsarchive.store.writing.capture_remarks import CaptureRemark, remark
from newsarchive.store.writing.trivial_edits import essence, is_counter

STORY = [
    "Dockers in three harbours signed a mutual aid pact on Monday: diverted cargo will not be unloaded.",
    "Employers called the pact a secondary boycott and said they would go to court before the week is out.",
    "Food, medicine and mail for the islands are exempt, the unions said, and crews get fresh water.",
    "The mediator whom the government promised in April has still not been named by anybody.",
    "At the ferry terminal some forty passengers slept on the benches and were given soup.",
]
OTHER = [
    "The museum of tides will stay closed until the roof of its great hall has been mended.",
    "Volunteers have carried the charts and the brass instruments to the old customs house on the quay.",
    "A fund for the repair stands at nine thousand crowns, a third of what the builders are asking for.",
    "Schools that had booked a visit in spring may come to the customs house on weekdays.",
]
HEADLINE = "Dockers sign mutual aid pact"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param("It is  late.\n\nNow", "It is late.\nNow", id="blanks"),
        pytest.param("“It’s late” — he said…", '"It\'s late" - he said...', id="quotation marks and dashes"),
        pytest.param("café", "cafe\u0301", id="encoding of letters"),
        pytest.param("It is late.\n1,204 views", "It is late.\n1,377 views", id="views"),
        pytest.param("It is late.\nUpdated 3 minutes ago", "It is late.\nUpdated 2 hours ago", id="ago"),
        pytest.param("Es ist spät.\n12 Kommentare", "Es ist spät.\n13 Kommentare", id="German comments"),
        pytest.param("Поздно.\n12 просмотров", "Поздно.\n9000 просмотров", id="Russian views"),
        pytest.param("晚了。\n阅读 1204", "晚了。\n阅读 1377", id="Chinese reads"),
        pytest.param("It is late.\nShares: 12 Comments: 4", "It is late.", id="counters put in"),
    ],
)
def test_what_changes_nothing_of_what_is_said_is_trivial(before: str, after: str) -> None:
    """Else every look at a page would be an edit of it."""
    assert essence("A", before) == essence("A", after)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param("12 people came.", "14 people came.", id="a figure in prose"),
        pytest.param("It is late.", "It is late", id="a full stop"),
        pytest.param("It is late.", "it is late.", id="a capital"),
        pytest.param("He had 12 views on it.", "He had 13 views on it.", id="views in a sentence"),
        pytest.param("One.\nTwo.", "Two.\nOne.", id="the order"),
        pytest.param("12 ships wait", "14 ships wait", id="a short line with a figure"),
    ],
)
def test_every_other_change_is_an_edit(before: str, after: str) -> None:
    """A silent edit of one figure is what people look for."""
    assert essence("A", before) != essence("A", after)


def test_a_line_of_prose_is_no_counter() -> None:
    """It may speak of comments and of hours."""
    assert not is_counter("The council took 14 comments from readers two hours ago.")
    assert is_counter("14 comments")


def article(paragraphs: list[str], headline: str = HEADLINE, *, free: bool | None = None) -> Article:
    return Article(headline=headline, text="\n".join(paragraphs), is_accessible_for_free=free)


@pytest.mark.parametrize(
    ("captured", "expected"),
    [
        pytest.param(article(STORY), None, id="the same"),
        pytest.param(article(STORY[1:]), None, id="a paragraph less"),
        pytest.param(article(STORY + OTHER[:1]), None, id="a paragraph more"),
        pytest.param(
            article(OTHER, "Tide museum stays closed"), CaptureRemark.OTHER_STORY, id="another story"
        ),
        pytest.param(article(OTHER, f"{HEADLINE}: the reactions"), None, id="rewritten under its headline"),
        pytest.param(
            article(["The page you asked for was not found."], "404"),
            CaptureRemark.ERROR_PAGE,
            id="not found",
        ),
        pytest.param(
            article(["Die Seite wurde nicht gefunden. Zur Startseite."], "Fehler"),
            CaptureRemark.ERROR_PAGE,
            id="not found in German",
        ),
        pytest.param(
            article([STORY[0], "Subscribe to continue reading. Already a member? Sign in."]),
            CaptureRemark.PAYWALL,
            id="the first paragraph and a wall",
        ),
        pytest.param(article(STORY[:2], free=False), CaptureRemark.PAYWALL, id="the beginning, not free"),
        pytest.param(
            article(
                [
                    "We and our partners use cookies.",
                    "Your consent can be withdrawn in the privacy settings.",
                ],
                "Before you continue",
            ),
            CaptureRemark.CONSENT_WALL,
            id="consent",
        ),
    ],
)
def test_a_capture_is_told_from_what_it_should_show(
    captured: Article, expected: CaptureRemark | None
) -> None:
    """A wall in the place of a story must not replace it; an edit must not be called a wall."""
    assert remark(article(STORY), captured) is expected


def test_a_story_takes_the_place_of_the_error_that_came_first() -> None:
    """The first capture may have been the bad one."""
    assert remark(article(["The page was not found."], "404"), article(STORY)) is None


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with Archive.open(tmp_path / "archive", create=True) as archive:
        yield archive


def add(archive: Archive, folder: Path, paragraphs: list[str], headline: str = HEADLINE) -> Outcome:
    """A page of the same address again."""
    body = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    page = folder / "page.html"
    page.write_text(
        f'<html lang="en"><head><title>{headline}</title>'
        '<link rel="canonical" href="https://www.harbourpost.example/2024/03/pact"></head>'
        f"<body><article><h1>{headline}</h1>{body}</article></body></html>",
        encoding="utf-8",
    )
    (outcome,) = archive.add([page], workers=1)
    return outcome


def test_the_last_good_text_stays_and_the_capture_is_kept(archive: Archive, tmp_path: Path) -> None:
    """The whole way: what is searched, what is listed, what is read again later."""
    add(archive, tmp_path, STORY)
    outcome = add(archive, tmp_path, OTHER, "Tide museum stays closed")
    assert isinstance(outcome, Unchanged)
    assert outcome.to_dict()["remark"] == "another story"
    assert archive.article(1).text == "\n".join(STORY)
    assert [capture.remark for capture in archive.captures(1)] == [None, "another story"]
    assert archive.search("museum").total == 0
    list(archive.reextract("all", workers=1))
    assert archive.article(1).text == "\n".join(STORY)
    assert list(archive.verify()) == []


def test_a_trivial_edit_is_a_capture_and_no_revision(archive: Archive, tmp_path: Path) -> None:
    """The history holds what was edited."""
    add(archive, tmp_path, STORY)
    outcome = add(archive, tmp_path, [STORY[0].replace(" on ", "  on "), *STORY[1:], "Updated 3 minutes ago"])
    assert outcome.name == "unchanged"
    assert len(archive.revisions(1)) == 1
    assert len(archive.captures(1)) == 2
    edited = add(archive, tmp_path, [STORY[0].replace("three", "four"), *STORY[1:]])
    assert edited.name == "revised"
    assert len(archive.revisions(1)) == 2


def test_verify_has_words_for_every_thing_of_the_log() -> None:
    """A thing without words would end the check in the middle."""
    assert set(WORDS) == {thing.name for thing in THINGS}
