"""EPUB 3, for readers of books. Written here: EbookLib, the library for it, is AGPL.

Sources: EPUB 3.3; EPUB Open Container Format 3.3.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import BinaryIO
from uuid import NAMESPACE_URL, uuid5
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from newsarchive.base.dates import utc_text
from newsarchive.errors import ExportError
from newsarchive.export.clean_text import one_line, xml
from newsarchive.export.export_format import FileFormat, said
from newsarchive.export.export_source import ExportSource
from newsarchive.export.feeds.feed_items import feed_id, feed_title
from newsarchive.export.reading.html_parts import STYLE, article_html, method
from newsarchive.model import Article

_CONTAINER = """<?xml version="1.0" encoding="utf-8"?>
<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">
<rootfiles><rootfile full-path="book/book.opf" media-type="application/oebps-package+xml"/></rootfiles>
</container>
"""
_XHTML = """<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE html>
<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops">
<head><title>{title}</title><link rel="stylesheet" type="text/css" href="style.css"/></head>
<body>
{body}</body>
</html>
"""
_PACKAGE = """<?xml version="1.0" encoding="utf-8"?>
<package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="id" xml:lang="en">
<metadata xmlns:dc="http://purl.org/dc/elements/1.1/">
<dc:identifier id="id">{id}</dc:identifier>
<dc:title>{title}</dc:title>
<dc:language>{language}</dc:language>
<dc:creator>newsarchive</dc:creator>
<dc:date>{exported}</dc:date>
<meta property="dcterms:modified">{exported}</meta>
</metadata>
<manifest>
<item id="nav" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/>
<item id="style" href="style.css" media-type="text/css"/>
<item id="about" href="about.xhtml" media-type="application/xhtml+xml"/>
{items}</manifest>
<spine>
<itemref idref="about"/>
{order}</spine>
</package>
"""
_PLACES = ("date", "section")


@dataclass(frozen=True, slots=True, kw_only=True)
class EpubOptions:
    """Options of EPUB."""

    contents: str = field(default="date", metadata=said("The contents of a book: by date, or by section."))

    def __post_init__(self) -> None:
        if self.contents not in _PLACES:
            raise ExportError(
                f"contents by {self.contents} are not known",
                hint="choose date or section",
            )


@dataclass(frozen=True, slots=True)
class _Chapter:
    number: int
    title: str
    place: str
    language: str


def write(source: ExportSource, stream: BinaryIO, options: EpubOptions) -> int:
    """Write a chapter an article; what is held in memory is the contents."""
    chapters = []
    with ZipFile(stream, "w", ZIP_DEFLATED) as book:
        # First and not compressed, so that the file tells what it is by its bytes.
        _put(book, "mimetype", "application/epub+zip", ZIP_STORED)
        _put(book, "META-INF/container.xml", _CONTAINER)
        _put(book, "book/style.css", STYLE)
        for number, article in enumerate(source.articles(), start=1):
            chapters.append(_chapter(number, article, options))
            body = article_html(source, article, heading="h1")
            _put(
                book,
                f"book/a{number}.xhtml",
                _XHTML.format(title=xml(chapters[-1].title), body=body),
            )
        _put_frame(book, source, chapters, options)
    return len(chapters)


def _chapter(number: int, article: Article, options: EpubOptions) -> _Chapter:
    date = article.date_published
    day = str(date).split("T")[0][:7] if date else "no date stated"
    place = day if options.contents == "date" else one_line(article.section) or "no section stated"
    language = (article.language or "").split("-")[0].lower()
    return _Chapter(number, one_line(article.headline) or "(no headline)", place, language)


def _put_frame(book: ZipFile, source: ExportSource, chapters: list[_Chapter], options: EpubOptions) -> None:
    title = xml(feed_title(source))
    about = f'<h1 dir="auto">{title}</h1>\n<p class="method">{method(source)}</p>\n'
    _put(book, "book/about.xhtml", _XHTML.format(title=title, body=about))
    _put(
        book,
        "book/nav.xhtml",
        _XHTML.format(title="Contents", body=_contents(chapters, options)),
    )
    # Read in the order of the contents.
    numbers = [each.number for found in _places(chapters).values() for each in found]
    package = _PACKAGE.format(
        id=_identifier(source),
        title=title,
        language=_language(chapters),
        exported=utc_text(source.search.exported_at),
        items="".join(
            f'<item id="a{n}" href="a{n}.xhtml" media-type="application/xhtml+xml"/>\n' for n in numbers
        ),
        order="".join(f'<itemref idref="a{n}"/>\n' for n in numbers),
    )
    _put(book, "book/book.opf", package)


def _identifier(source: ExportSource) -> str:
    """One a search and a state of the archive: readers keep their place in the same book."""
    return f"urn:uuid:{uuid5(NAMESPACE_URL, f'{feed_id(source)}#{source.search.last_change}')}"


def _language(chapters: Iterable[_Chapter]) -> str:
    """The language of most articles; ``und`` where none is stated."""
    counts: dict[str, int] = defaultdict(int)
    for chapter in chapters:
        if chapter.language.isascii() and chapter.language.isalpha() and len(chapter.language) in (2, 3):
            counts[chapter.language] += 1
    return max(counts, key=lambda language: (counts[language], language), default="und")


def _contents(chapters: Iterable[_Chapter], options: EpubOptions) -> str:
    title = f"Contents by {options.contents}"
    lists = "".join(_list(place, found) for place, found in _places(chapters).items())
    about = '<li><a href="about.xhtml">About this book</a></li>\n'
    return f'<nav epub:type="toc"><h1>{title}</h1>\n<ol>\n{about}{lists}</ol>\n</nav>\n'


def _places(chapters: Iterable[_Chapter]) -> dict[str, list[_Chapter]]:
    """The chapters of each month or section, in order; what is not stated comes last."""
    places: dict[str, list[_Chapter]] = defaultdict(list)
    for chapter in chapters:
        places[chapter.place].append(chapter)
    return {place: places[place] for place in sorted(places, key=lambda name: (name.startswith("no "), name))}


def _list(place: str, chapters: Iterable[_Chapter]) -> str:
    items = "".join(
        f'<li><a href="a{each.number}.xhtml" dir="auto">{xml(each.title)}</a></li>\n' for each in chapters
    )
    return f'<li><span dir="auto">{xml(place)}</span>\n<ol>\n{items}</ol>\n</li>\n'


def _put(book: ZipFile, name: str, text: str, compression: int = ZIP_DEFLATED) -> None:
    # No clock: the same articles give the same bytes.
    info = ZipInfo(name)
    info.compress_type = compression
    book.writestr(info, text.encode())


FORMAT = FileFormat(
    name="epub",
    title="a book for e-readers, contents by date or section",
    suffix=".epub",
    media_type="application/epub+zip",
    is_text=False,
    options=EpubOptions,
    write=write,
)
