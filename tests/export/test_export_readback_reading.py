"""Books, notes and sites as their readers take them."""

from __future__ import annotations

import io
import json
import re
import zipfile
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import PurePosixPath
from xml.etree import ElementTree

import pypdf
import pytest
import yaml
from ebooklib import ITEM_DOCUMENT, epub
from given_articles import (
    EMPTY,
    GUESSED,
    HOSTILE,
    PLAIN,
    SCRIPTS,
    TWINS,
    WORLD,
    GivenArticles,
    exported,
    numbered,
)

from newsarchive import Article
from newsarchive.export.clean_text import one_line
from newsarchive.export.export_format import FileFormat, NoOptions
from newsarchive.export.registry import format_named

_REMOTE = re.compile(r"""(?:src|href|action|data|srcset)\s*=\s*["']?(?:https?:)?//""")


class Links(HTMLParser):
    """The targets and ids of a page, and whether it brings a script of its own."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.targets: list[str] = []
        self.ids: set[str] = set()
        self.tags: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        for name, value in attrs:
            if name in ("href", "src") and value:
                self.targets.append(value)
            if name == "id" and value:
                self.ids.add(value)


def site(articles: list[Article] = WORLD) -> dict[str, str]:
    return {name: data.decode() for name, data in exported(format_named("site"), articles).items()}


def notes(articles: list[Article] = WORLD) -> dict[str, str]:
    return {name: data.decode() for name, data in exported(format_named("markdown"), articles).items()}


def test_every_note_has_front_matter_that_yaml_reads() -> None:
    """Obsidian shows nothing of a note whose front matter is broken."""
    found = notes()
    assert len(found) == len(WORLD) + 1
    by_id = {}
    for name, text in found.items():
        if name != "index.md":
            _, front, _ = text.split("---\n", 2)
            data = yaml.safe_load(front)
            by_id[data["newsarchive_id"]] = data
    assert len(by_id) == len(WORLD)
    first = by_id[1]
    assert first["title"] == PLAIN.headline
    assert first["authors"] == list(PLAIN.authors)
    assert first["date"] == "2024-10-30T14:05:00+01:00"
    assert first["tags"] == ["Port-Almar", "ferry"]
    assert by_id[4]["date_uncertain"] is True
    assert "date" not in by_id[2]


def test_no_markup_of_a_stranger_is_markup_in_a_note() -> None:
    """Neither links nor pictures nor HTML nor headings that a headline or text brings."""
    text = "\n".join(note.split("---\n", 2)[-1] for note in notes(numbered(HOSTILE)).values())
    assert not re.search(r"(?<!\\)\[\[", text)
    assert not re.search(r"(?<!\\)!\[", text)
    assert not re.search(r"(?<!\\)<(?!\d|undated)", text)


def test_names_of_files_are_no_paths_and_not_reserved() -> None:
    """A headline is a stranger's; a file name must stay in its folder on every system."""
    for name in [*notes(), *site()]:
        for part in PurePosixPath(name).parts:
            assert part not in ("..", ".", "")
            assert not re.search(r'[\x00-\x1f<>:"\\|?*]', part)
            assert part.split(".")[0].lower() not in ("con", "nul", "aux", "prn")
            assert len(part.encode()) <= 200
            assert not part.endswith((" ", "."))


def test_articles_of_one_headline_are_two_files() -> None:
    """Also where they differ in capital letters alone, which some file systems don't tell apart."""
    names = [name.lower() for name in notes(numbered(TWINS)) if name != "index.md"]
    assert len(names) == len(set(names)) == len(TWINS)


def test_every_link_of_a_site_leads_to_a_page_of_it() -> None:
    """And each article is reached by date, by publisher and by section."""
    pages = site()
    reached: dict[str, set[str]] = {}
    for name, text in pages.items():
        if not name.endswith(".html"):
            continue
        for target in Links(text).targets:
            if not target.startswith(("http:", "https:")):
                path = (PurePosixPath(name).parent / target).as_posix()
                path = re.sub(r"[^/]+/\.\./", "", path)
                assert path in pages, (name, target)
                reached.setdefault(path, set()).add(name.split("/")[0])
    for article in WORLD:
        assert reached[f"articles/{article.id}.html"] >= {"by-date", "by-publisher", "by-section"}


@pytest.mark.parametrize("name", ["site", "clippings"])
def test_a_page_asks_nothing_of_any_other_place(name: str) -> None:
    """No font, picture or script from elsewhere, and a policy that forbids it; links are for people."""
    for path, data in exported(format_named(name), WORLD).items():
        text = data.decode()
        if path.endswith((".css", ".js")):
            assert "http" not in text or path.startswith("search/")
            continue
        assert "Content-Security-Policy" in text
        assert "default-src 'none'" in text
        stripped = re.sub(r'<a href="https?://[^"]*" rel="noreferrer">', "", text)
        assert not _REMOTE.search(stripped)
        tags = Links(text).tags
        assert tags.count("script") == (1 if path == "index.html" else 0)
        assert not {"img", "iframe", "object", "embed", "form"} & set(tags)


def test_the_search_of_a_site_holds_every_article() -> None:
    """Files that a page from a disk may load: scripts, not data."""
    pages = site()
    text = pages["search/0.js"]
    rows = json.loads(text.removeprefix("addArticles(").removesuffix(");\n"))
    assert [row[0] for row in rows] == [article.id for article in WORLD]
    assert "ferry left the quay" in rows[0][4]
    assert 'data-chunks="1"' in pages["index.html"]
    assert 'data-chunks="0"' in site([])["index.html"]


def test_a_guess_is_called_one_wherever_it_is_shown() -> None:
    """In each format that people read."""
    articles = numbered([GUESSED])
    for name in ("text", "clippings"):
        assert "(a guess)" in exported(format_named(name), articles)[""].decode()
    assert all("(a guess)" in text for name, text in site(articles).items() if name.startswith("articles/"))
    assert "date_uncertain: true" in "".join(notes(articles).values())


def test_ebooklib_reads_every_chapter() -> None:
    """With its title, each in the order of reading, and a table of contents."""
    data = exported(format_named("epub"), WORLD)[""]
    book = epub.read_epub(io.BytesIO(data))
    names = {item.get_name() for item in book.get_items_of_type(ITEM_DOCUMENT)}
    chapters = {f"a{number}.xhtml" for number in range(1, len(WORLD) + 1)}
    assert names == {*chapters, "about.xhtml", "nav.xhtml"}
    assert len(book.spine) == len(chapters) + 1
    assert PLAIN.headline in book.get_item_with_href("a1.xhtml").get_content().decode()
    assert book.get_metadata("DC", "title")[0][0].startswith("harbour")
    assert book.get_metadata("DC", "language")[0][0] == "en"
    assert len(book.toc) > 1


@pytest.mark.parametrize("contents", ["date", "section"])
def test_every_part_of_a_book_is_well_formed(contents: str) -> None:
    """E-readers refuse a book for one stray letter."""
    data = exported(format_named("epub"), WORLD, contents=contents)[""]
    with zipfile.ZipFile(io.BytesIO(data)) as book:
        assert book.testzip() is None
        first = book.infolist()[0]
        assert (first.filename, first.compress_type) == ("mimetype", zipfile.ZIP_STORED)
        for name in book.namelist():
            if name.endswith((".xhtml", ".opf", ".xml")):
                ElementTree.fromstring(book.read(name))


def test_letters_that_no_font_has_are_told() -> None:
    """They show as boxes, and who hands the book on has to know."""
    form = format_named("pdf")
    assert isinstance(form, FileFormat)
    source = GivenArticles(numbered([replace(PLAIN, headline="The sign \U000f0a3c of the crane")]))
    form.write(source, io.BytesIO(), NoOptions())
    (told,) = source.told
    assert "1 of the letters" in told
    assert "\U000f0a3c" in told
    plain = GivenArticles(numbered([PLAIN]))
    form.write(plain, io.BytesIO(), NoOptions())
    assert plain.told == []


def test_a_pdf_holds_every_headline() -> None:
    """As text that can be searched and copied, with a link from the contents to each article."""
    articles = numbered([PLAIN, GUESSED, EMPTY, SCRIPTS[3]])
    pages = pypdf.PdfReader(io.BytesIO(exported(format_named("pdf"), articles)[""])).pages
    text = one_line(" ".join(page.extract_text() for page in pages))
    assert len(pages) == 1 + len(articles)
    for article in articles:
        assert (article.headline or "(no headline)") in text
