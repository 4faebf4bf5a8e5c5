"""What a file is: told by its content, then by its name."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsarchive import Archive
from newsarchive.acquire.containers import container_reader
from newsarchive.base.file_suffixes import suffix
from newsarchive.extraction.formats import page_reader
from newsarchive.formats import (
    FORMATS,
    CollectionFormat,
    ContainerFormat,
    DatabaseFormat,
    OtherFormat,
    PageFormat,
    WebArchiveFormat,
    format_of_name,
    recognize,
)

MAIL = b"From: ann@example.org\nTo: desk@harbour.example\nDate: Thu, 2 May 2024 10:00:00 +0000\n"
EXAMPLES = {
    "html": b"<!DOCTYPE html><title>Ferry</title><p>It sails.",
    "text": b"Ferry resumes\n\nThe ferry sails again.\n",
    "json-lines": b'{"headline": "Ferry"}\n{"headline": "Pier"}\n',
    "json": b'[{"headline": "Ferry"}]',
    "json-feed": b'{"version": "https://jsonfeed.org/version/1.1", "items": []}',
    "warc": b"WARC/1.0\r\nWARC-Type: warcinfo\r\n\r\n",
    "arc": b"filedesc://harbour.arc 0.0.0.0 20080430204825 text/plain 76\n",
    "mhtml": b"From: <Saved by Blink>\nSnapshot-Content-Location: https://harbour.example/\nDate: x\n\n",
    "eml": MAIL + b"Message-ID: <1@example.org>\n\nThe ferry sails.\n",
    "mbox": b"From ann@example.org Thu May  2 10:00:00 2024\n" + MAIL + b"\nThe ferry sails.\n",
    "feed": b"<?xml version='1.0'?>\n<!-- news --><rss version='2.0'><channel/></rss>",
    "sitemap": b"<?xml version='1.0'?><urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'></urlset>",
    "opml": b"<?xml version='1.0'?>\n<opml version='2.0'></opml>",
    "xml": b"<?xml version='1.0'?><catalogue><ferry/></catalogue>",
    "bookmarks": b"<!DOCTYPE NETSCAPE-Bookmark-file-1>\n<TITLE>Bookmarks</TITLE>",
    "url-list": b"https://harbour.example/a\nhttps://harbour.example/b\n",
    "factiva": b"<html><head><title>Factiva</title></head>",
    "nexis": b"<HTML><!-- Hide XML section\n<DOC NUMBER=1>\n<DOCFULL> -->",
    "nexis-text": b"\n\n          1 of 3 DOCUMENTS\n\n\n        Harbour Post\n",
    "ris": b"TY  - NEWS\r\nTI  - Ferry\r\nER  -\r\n",
    "bibtex": b"@article{ferry2024,\n title = {Ferry}}",
    "pdf": b"%PDF-1.7\n",
    "rtf": b"{\\rtf1\\ansi Ferry}",
    "png": b"\x89PNG\r\n\x1a\n\0",
    "code": b"#!/bin/sh\necho ferry\n",
    "binary": bytes(range(256)),
}


@pytest.mark.parametrize("word", EXAMPLES)
@pytest.mark.parametrize("name", ["", "saved.txt", "download"])
def test_content_tells_the_format_whatever_the_name(word: str, name: str) -> None:
    """Browsers, servers and people give files any name."""
    assert recognize(EXAMPLES[word], name=name).word == word


@pytest.mark.parametrize(
    ("name", "content", "word"),
    [
        ("coast.jsonl", b'{"headline": "Ferry"}\n', "json-lines"),
        ("coast.jsonl", b"", "json-lines"),
        ("coast.csv", b"title,url\nFerry,https://harbour.example/\n", "csv"),
        ("page.html", b"Words without a tag", "html"),
        ("story", b"A line first\n<p>then a page</p>", "html"),
        ("saved.mht", EXAMPLES["eml"], "mhtml"),
        ("letter.eml", b"Subject: Ferry\n\nIt sails.", "eml"),
        ("ferry.py", b"print('<p>ferry</p>')", "code"),
        ("ferry.js", b"<!-- old browsers hide this -->", "code"),
        ("ferry.xyz", b"Words of some kind.", "unknown"),
        ("Mr. Overby writes", b"Words of some kind.", "text"),
        ("story.2024-05-02", b"Words of some kind.", "text"),
    ],
)
def test_the_name_tells_what_the_content_leaves_open(name: str, content: bytes, word: str) -> None:
    """A table is a text, a row of a dataset is JSON, and a script may begin with a tag."""
    assert recognize(content, name=name).word == word


@pytest.mark.parametrize(
    ("members", "name", "word"),
    [
        (["[Content_Types].xml", "word/document.xml"], "a.bin", "docx"),
        (["xl/workbook.xml"], "a", "xlsx"),
        (["mimetype", "META-INF/container.xml"], "a.zip", "epub"),
        (["datapackage.json", "archive/data.warc.gz"], "a", "wacz"),
        (["a.html"], "a.zip", "zip"),
        ([], "a.docx", "docx"),
    ],
)
def test_zip_files_are_told_by_what_they_hold(members: list[str], name: str, word: str) -> None:
    """Half of all office formats are ZIP files."""
    assert recognize(b"PK\x03\x04", name=name, members=members).word == word


def test_a_story_about_mail_is_no_mail() -> None:
    """Headers end where the story begins."""
    assert (
        recognize(b"Subject: an inquiry\nThe Message-ID: header was forged.\n", name="a.txt")
        is PageFormat.TEXT
    )


def test_text_in_utf_16_is_read_as_its_mark_says() -> None:
    """Windows saves text so."""
    assert recognize("Ferry resumes".encode("utf-16"), name="a.txt") is PageFormat.TEXT
    assert recognize("<html><p>x".encode("utf-16"), name="a.txt") is PageFormat.HTML


@given(st.binary(max_size=300), st.text(max_size=20), st.one_of(st.none(), st.text(max_size=20)))
def test_any_bytes_have_a_format(data: bytes, name: str, media_type: str | None) -> None:
    """Telling formats never fails on its own account."""
    assert recognize(data, name=name, media_type=media_type) in FORMATS


@pytest.mark.parametrize("format_", FORMATS, ids=lambda format_: format_.word)
def test_a_format_has_a_label_with_its_article(format_: PageFormat) -> None:
    """It stands in sentences: "a.pdf is a PDF document"."""
    assert re.match(r"(?:an? |the )\S|[A-Z]|gzip|bzip2|xz|zstd|binary", format_.label)


def test_no_suffix_and_no_media_type_means_two_formats() -> None:
    """A table with two answers has none."""
    suffixes = [name for format_ in FORMATS for name in format_.traits.suffixes]
    assert len(set(suffixes)) == len(suffixes)
    assert all(format_of_name(f"a{name}.gz") is format_of_name(f"a{name}") is not None for name in suffixes)


@pytest.mark.parametrize("name", ["a.b.HTML", "a.html.gz", "/x.y/a.html"])
def test_the_suffix_is_the_last_one_of_the_content(name: str) -> None:
    """Folders have dots, and gzip hides a suffix."""
    assert suffix(name) == ".html"


@pytest.mark.parametrize("format_", PageFormat)
def test_each_format_of_pages_has_a_reader(format_: PageFormat) -> None:
    """What stands among the pages is read."""
    assert callable(page_reader(format_).read)


@pytest.mark.parametrize("format_", [*WebArchiveFormat, *DatabaseFormat, *CollectionFormat])
def test_each_format_of_containers_has_a_reader(format_: ContainerFormat) -> None:
    """What stands among the containers is read."""
    assert callable(container_reader(format_).read)


PAGE = (Path(__file__).parents[1] / "docs/reference/what-it-reads.md").read_text(encoding="utf-8")
PAGES_EXAMPLES = re.findall(r"^```\w+ (\S+)\n(.*?)^```$", PAGE, re.DOTALL | re.MULTILINE)


@pytest.mark.parametrize("format_", [one for one in FORMATS if not isinstance(one, OtherFormat)])
def test_every_format_is_on_the_page(format_: PageFormat) -> None:
    """A reader that nobody knows of is of no use."""
    assert f"`{format_.word}`" in PAGE


@pytest.mark.parametrize(("name", "content"), PAGES_EXAMPLES, ids=[name for name, _ in PAGES_EXAMPLES])
def test_every_example_on_the_page_is_read(tmp_path: Path, name: str, content: str) -> None:
    """People copy examples."""
    (tmp_path / name).write_text(content, encoding="utf-8")
    with Archive.create(tmp_path / "archive") as archive:
        assert [outcome.name for outcome in archive.add([tmp_path / name])] == ["added"]
        assert archive.article(1).headline == "Ferry sails again"
        assert "The ferry of Port Almar sails again from Monday" in archive.article(1).text
