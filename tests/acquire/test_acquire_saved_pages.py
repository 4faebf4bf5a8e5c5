"""Pages that say where and when they were saved."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsarchive import Archive, extract
from newsarchive.acquire import NotRead, acquire, readers
from newsarchive.acquire.saved_origin import saved_origin
from newsarchive.acquire.sources.page_folders import without_companions
from newsarchive.model import Capture

NOW = datetime(2024, 5, 1, tzinfo=UTC)
URL = "https://harbour.example/2019/ferry"
SINGLE_FILE = f"""<!DOCTYPE html> <html lang="en"><!--
 Page saved with SingleFile
 url: {URL}
 saved date: Fri Mar 08 2019 21:00:00 GMT+0100 (Central European Standard Time)
-->"""
BODY = (
    "<h1>Ferry sails again</h1><p class=date>Yesterday at 18:04</p>"
    "<p>The ferry of Port Almar sails again, it said.</p>"
)
SAVED = datetime(2019, 3, 8, 20, tzinfo=UTC)


@pytest.mark.parametrize(
    ("head", "url", "moment"),
    [
        (SINGLE_FILE, URL, SAVED),
        (f"<!DOCTYPE html>\n<!-- saved from url=(0033){URL} -->\n<html>", URL, None),
        (f"<!-- saved from url=(0090)https://web.archive.example/web/20190308200000/{URL} -->", URL, SAVED),
        (f'<link rel="canonical" href="https://web.archive.example/web/20190308200000/{URL}">', URL, SAVED),
        (f'<meta name="savepage-url" content="{URL}"><meta name="savepage-date" '
         'content="Fri Mar 08 2019 20:00:00 GMT+0000 (GMT)">', URL, SAVED),
        (f'<html data-scrapbook-source="{URL}" data-scrapbook-create="20190308200000000">', URL, SAVED),
        ("<!-- Mirrored from harbour.example/2019/ferry by HTTrack Website Copier/3.x [XR&CO'2014], "
         "Fri, 08 Mar 2019 20:00:00 GMT -->", "http://harbour.example/2019/ferry", SAVED),
        (f'<html><head><base href="{URL}">', URL, None),
        (SINGLE_FILE.replace("2019 21", "2031 21"), URL, None),
        ("<!-- saved from url=(0014)about:internet -->", None, None),
        ("<!-- saved from url=(0030)file:///C:/Users/a/page.html -->", None, None),
        ("<p>saved from url=(0033)https://harbour.example/</p>", None, None),
    ],
    ids=["singlefile", "browser", "wayback-saved", "wayback-canonical", "save-page-we", "scrapbook",
         "httrack", "base", "future", "about", "file", "text"],
)  # fmt: skip
def test_address_and_time_are_read_where_a_program_wrote_them(
    head: str, url: str | None, moment: datetime | None
) -> None:
    """Whoever saves a page knows best where it came from, and when."""
    origin = saved_origin(head.encode() + BODY.encode(), now=NOW)
    assert (origin.url, origin.moment) == (url, moment)


@given(st.binary(max_size=400))
def test_any_page_has_an_origin_or_none(payload: bytes) -> None:
    """Pages come from strangers."""
    origin = saved_origin(SINGLE_FILE.encode()[:60] + payload, now=NOW)
    assert origin.moment is None or origin.moment.tzinfo is not None


def test_yesterday_is_a_day_only_where_the_moment_of_saving_is_known(tmp_path: Path) -> None:
    """A page of 2019 that is added today is not of yesterday."""
    for name, head in {"known.html": SINGLE_FILE, "unknown.html": "<!DOCTYPE html><html lang=en>"}.items():
        (tmp_path / name).write_text(head + BODY, encoding="utf-8")
    with Archive.create(tmp_path / "archive") as archive:
        list(archive.add([tmp_path / "known.html", tmp_path / "unknown.html"]))
        assert str(archive.article(1).date_published) == "2019-03-07T18:04"
        assert archive.article(2).date_published is None
        assert [outcome.name for outcome in archive.reextract("all")] == ["unchanged", "unchanged"]


def test_a_text_whose_moment_is_unknown_has_no_relative_date() -> None:
    """The same holds for pages saved as text."""
    text = b"Ferry sails again\nYesterday at 18:04\n\nThe ferry of Port Almar sails again, the office said.\n"
    assert extract(text, captured_at=NOW).date_published is not None
    assert extract(text, captured_at=NOW, time_known=False).date_published is None


@pytest.mark.parametrize(
    "folder", ["Ferry_files", "Ferry-Dateien", "Ferry_fichiers", "Ferry_archivos", "ferry.files"]
)
def test_the_folder_that_a_browser_saves_beside_a_page_belongs_to_it(tmp_path: Path, folder: str) -> None:
    """Frames and advertisements are no articles."""
    for name in ("Ferry.html", f"{folder}/frame.html", "Other_files/page.html"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(f"<!DOCTYPE html>{BODY}", encoding="utf-8")
    found = [item.source for item in acquire([str(tmp_path)], readers(), now=NOW)]
    assert sorted(found) == [str(tmp_path / "Ferry.html"), str(tmp_path / "Other_files/page.html")]


def test_a_folder_without_its_page_is_a_folder() -> None:
    """What is named alike is not always a page's."""
    assert without_companions(["my_files", "b.html"]) == ["my_files", "b.html"]


def test_an_archive_in_a_folder_is_never_taken_for_pages(tmp_path: Path) -> None:
    """``add .`` in a folder with an archive in it would archive the archive."""
    (tmp_path / "page.html").write_text(f"<!DOCTYPE html>{BODY}", encoding="utf-8")
    with Archive.create(tmp_path / "archive") as archive:
        list(archive.add([tmp_path / "page.html"]))
        assert [outcome.source for outcome in archive.add([tmp_path])] == [str(tmp_path / "page.html")]
        assert [type(item) for item in acquire([str(archive.folder)], readers(), now=NOW)] != [Capture]
        kinds = [
            item for item in acquire([str(archive.folder)], readers(), now=NOW) if isinstance(item, NotRead)
        ]
        assert "archive.db" not in {Path(item.source).name for item in kinds}
