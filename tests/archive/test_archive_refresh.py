"""Pages captured again, after they were edited in twelve ways."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from edited_site import EDITS, EXPECTED, Site, paragraphs, serving

from newsarchive import AcquireError, Archive
from newsarchive.acquire.listings.edit_times import edit_times

PAGES = range(1, len(EDITS) + 1)


@pytest.fixture(scope="module")
def refreshed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Archive, dict[str, str]]]:
    """An archive of twelve pages that were edited and captured again, and the outcome of each edit."""
    with (
        Archive.create(tmp_path_factory.mktemp("refresh") / "a") as archive,
        serving(Site()) as site,
    ):
        urls = [f"{site.base}/{number}" for number in PAGES]
        added = archive.add(urls, workers=1, allow_private=True).finish()
        assert added.counts["added"] == len(EDITS)
        site.is_edited = True
        run = archive.versions.refresh(allow_private=True)
        outcomes = {
            EDITS[number % len(EDITS)]: outcome.name for number, outcome in zip(PAGES, run, strict=True)
        }
        yield archive, outcomes


@pytest.mark.parametrize("edit", EDITS)
def test_each_kind_of_edit_is_told_for_what_it_is(
    refreshed: tuple[Archive, dict[str, str]], edit: str
) -> None:
    """No trivial edit counts, no wall or other story takes the place of a text, and no text is lost."""
    archive, outcomes = refreshed
    outcome, remark, states = EXPECTED[edit]
    number = next(number for number in PAGES if EDITS[number % len(EDITS)] == edit)
    assert outcomes[edit] == outcome
    revisions = archive.revisions(number)
    assert len(revisions) == states
    assert revisions[0].text.splitlines()[-5:] == paragraphs(number)
    captures = archive.captures(number)
    assert len(captures) == (1 if edit == "gone" else 2)
    assert captures[-1].remark == remark
    if remark is not None:
        assert archive.article(number).text == revisions[0].text


def test_what_was_edited_is_found_by_how(refreshed: tuple[Archive, dict[str, str]]) -> None:
    """The fields of edits, over captures that a server gave."""
    archive, _ = refreshed
    number = {EDITS[number % len(EDITS)]: number for number in PAGES}
    assert set(archive.ids("is:revised")) == {number[edit] for edit in EDITS if EXPECTED[edit][2] == 2}
    assert set(archive.ids("changed:headline")) == {number["headline"]}
    assert set(archive.ids("added:dya")) == {number["typo"]}
    assert set(archive.ids('added:"earlier version"')) == {number["correction"]}
    assert archive.ids("edited:today").total == 5
    assert archive.ids("removed:argues").ids == [number["headline"]]


def test_a_sound_archive_is_left(refreshed: tuple[Archive, dict[str, str]]) -> None:
    """Every capture and remark is as it was written."""
    archive, _ = refreshed
    assert list(archive.verify()) == []


def test_the_oldest_capture_comes_first_and_a_sitemap_says_what_was_edited(tmp_path: Path) -> None:
    """A run that is cut off is gone on with; what was not edited is not asked for."""
    with Archive.create(tmp_path / "a") as archive, serving(Site()) as site:
        archive.add([f"{site.base}/{number}" for number in (3, 1, 2)], workers=1, allow_private=True).finish()
        first = [outcome.source for outcome in archive.versions.refresh(limit=1, allow_private=True)]
        second = [outcome.source for outcome in archive.versions.refresh(limit=1, allow_private=True)]
        assert (first, second) == ([f"{site.base}/3"], [f"{site.base}/1"])
        later = datetime.now(UTC) + timedelta(hours=1)
        sitemap = tmp_path / "sitemap.xml"
        sitemap.write_text(
            "<urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'>"
            f"<url><loc>{site.base}/2</loc><lastmod>{later:%Y-%m-%dT%H:%M:%SZ}</lastmod></url>"
            f"<url><loc>{site.base}/3</loc><lastmod>2024-05-02</lastmod></url></urlset>"
        )
        run = archive.versions.refresh(if_edited=sitemap, allow_private=True)
        assert [outcome.source for outcome in run] == [f"{site.base}/2"]


def test_feeds_and_sitemaps_say_when_pages_were_edited(tmp_path: Path) -> None:
    """Each in the form of its format."""
    path = tmp_path / "listing.xml"
    wanted = {"https://post.example/a": datetime(2024, 5, 2, 9, 0, tzinfo=UTC)}
    for text in (
        "<rss><channel><item><link>https://post.example/a</link>"
        "<pubDate>Thu, 02 May 2024 11:00:00 +0200</pubDate></item></channel></rss>",
        "<feed xmlns='http://www.w3.org/2005/Atom'><entry><link href='https://post.example/a'/>"
        "<published>2024-05-01T09:00:00Z</published><updated>2024-05-02T09:00:00Z</updated></entry></feed>",
        "<urlset><url><loc>https://post.example/a</loc><lastmod>2024-05-02T09:00:00Z</lastmod></url></urlset>",
    ):
        path.write_text(text)
        assert edit_times(path) == wanted
    path.write_text("<urlset><url><loc>https://post.example/a</loc></url></urlset>")
    with pytest.raises(AcquireError, match="of no page"):
        edit_times(path)


def test_each_value_names_the_capture_that_it_was_read_from(
    refreshed: tuple[Archive, dict[str, str]],
) -> None:
    """And what a user says, its reason."""
    archive, _ = refreshed
    number = {EDITS[number % len(EDITS)]: number for number in PAGES}
    first, second = archive.captures(number["headline"])
    read_from = {
        (each.evidence.field, each.evidence.value): each.capture
        for each in archive.versions.provenance(number["headline"])
    }
    headline = next(value for (field, value) in read_from if field == "headline")
    assert "gives up" in headline
    assert read_from["headline", headline] == second
    walled = archive.captures(number["paywall"])
    assert {each.capture for each in archive.versions.provenance(number["paywall"])} == {walled[0]}
    assert first.extractor == second.extractor
