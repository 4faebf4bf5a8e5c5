"""The one table of formats: what they are called, and how they are told apart.

A class of formats for each role: one article is read off a *page* (or a row of a
dataset), a *container* holds several. What stands in one of these classes has a
reader, which type checking asks for; *unread* formats are known and have none
yet, *other* ones hold no articles.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from enum import Enum
from functools import cache

from newsarchive.base.file_suffixes import suffix
from newsarchive.base.frozen import frozen
from newsarchive.base.text_openings import BOMS, HEADERS, JSON, MAIL, PROLOG, TAG, text_of

# The bytes of a file that its format is told from; only exports of databases need more.
HEAD = 65_536


@frozen
class Traits:
    """What a format is called, and what tells it.

    ``starts`` are the first bytes of a binary format. ``opens`` is how a text
    begins, a pattern; ``holds`` is what its first bytes hold as well, all of it.
    ``members`` are names of which a ZIP file has one, or what one begins with.
    """

    label: str
    suffixes: tuple[str, ...] = ()
    media_types: tuple[str, ...] = ()
    starts: tuple[bytes, ...] = ()
    opens: str | None = None
    holds: tuple[bytes, ...] = ()
    members: tuple[str, ...] = ()


class _Format(Enum):
    """What all roles share."""

    @property
    def word(self) -> str:
        """The name in the words of options and of the database: ``json-lines``."""
        return self.name.lower().replace("_", "-")

    @property
    def traits(self) -> Traits:
        """Its row of the table."""
        traits: Traits = self.value
        return traits

    @property
    def label(self) -> str:
        """The name with its article, as in "is a PDF document"."""
        return self.traits.label


class PageFormat(_Format):
    """What one article is read off."""

    MHTML = Traits(
        "a web page saved as MHTML",
        (".mhtml", ".mht"),
        ("multipart/related", "application/x-mimearchive"),
        opens=rf"(?={MAIL})(?=[\s\S]{{0,5000}}?^(?:from:\s*[\"'<]*saved by|snapshot-content-location:))",
    )
    EML = Traits(
        "an e-mail",
        (".eml", ".emlx"),
        ("message/rfc822",),
        opens=rf"(?={MAIL})(?=[\s\S]{{0,9000}}?^(?:message-id|mime-version|received|return-path):)",
    )
    PDF = Traits("a PDF document", (".pdf",), ("application/pdf",), (b"%PDF-",))
    EPUB = Traits("an EPUB book", (".epub",), ("application/epub+zip",), members=("META-INF/container.xml",))
    HTML = Traits(
        "a web page", (".html", ".htm", ".xhtml"), ("text/html", "application/xhtml+xml"), opens=TAG
    )
    TEXT = Traits("a plain text", (".txt", ".text"), ("text/plain",))
    ROW = Traits("a row of a dataset", (), ("application/json",))


class WebArchiveFormat(_Format):
    """What crawlers and browsers archive pages in."""

    WARC = Traits("a WARC file", (".warc",), ("application/warc",), (b"WARC/",))
    ARC = Traits("an ARC file", (".arc",), ("application/x-internet-archive",), (b"filedesc:",))
    WACZ = Traits("a WACZ file", (".wacz",), ("application/wacz",), members=("datapackage.json",))


class DatabaseFormat(_Format):
    """What newspaper databases export."""

    FACTIVA_XML = Traits("an export of Factiva in XML", opens=rf"{PROLOG}<ppsresponse[\s>]")
    FACTIVA = Traits("an export of Factiva", opens=TAG, holds=(b"<title>Factiva<",))
    NEXIS = Traits("an export of LexisNexis", opens=TAG, holds=(b"<DOCFULL>",))
    EUROPRESSE = Traits("an export of Europresse", opens=TAG, holds=(b"cedrom-sni.com/schema",))
    PROQUEST = Traits("an export of ProQuest", opens=TAG, holds=(b"ProQuest document link",))
    KIKUZO = Traits("an export of Kikuzo", opens=TAG, holds=(b"topic-list", "聞蔵".encode()))
    YOMIDAS = Traits("an export of Yomidas", opens=TAG, holds=("<title>ヨミダス".encode(),))
    INTEGRUM = Traits(
        "an export of Integrum", opens=TAG, holds=(b"<title>Report ", b'<a href="#1">', b"<small>")
    )
    DEFACTO = Traits("an export of DeFacto", opens=TAG, holds=(b"DeFacto", b'class="eintrag"'))
    PRESS_REVIEW = Traits("a press review", opens=TAG, holds=(b"knipsels.nsf", b"Werkmap"))
    NEXIS_TEXT = Traits(
        "an export of LexisNexis as text",
        opens=r"(?:[^\n]*\n){0,60}?[^\S\n]*\d+ of \d+ documents?\s",
        holds=(b" DOCUMENT",),
    )
    PROQUEST_TEXT = Traits("an export of ProQuest as text", opens=r"_{50,}\s", holds=(b"\nFull text:",))
    MEDIARGUS = Traits("an export of Mediargus", opens=r"\??1\. [^\n]+\n+[^\n]+ \d{4}, p\. ?\w+, \d+w\.")


class CollectionFormat(_Format):
    """What else holds several articles: datasets, tables, feeds, mailboxes, lists of references."""

    MBOX = Traits(
        "a mailbox",
        (".mbox", ".mbx"),
        ("application/mbox",),
        opens=rf"from \S[^\n]{{0,200}}\d{{4}}[^\n]{{0,40}}\n>?{HEADERS}:",
    )
    JSON_FEED = Traits(
        "a JSON feed", (), ("application/feed+json",), opens=r"\{", holds=(b"jsonfeed.org/version/",)
    )
    FEED = Traits(
        "a feed",
        (".rss", ".atom", ".rdf"),
        ("application/rss+xml", "application/atom+xml", "application/rdf+xml"),
        opens=rf"{PROLOG}<(?:rss[\s>]|(?:\w+:)?feed[\s>]|rdf:rdf[\s>]|channel[\s>])",
    )
    RIS = Traits(
        "a list of references in RIS",
        (".ris",),
        ("application/x-research-info-systems",),
        opens=r"(?:\d+\.\s+)?TY {1,2}- ?\w+\s*\n",
    )
    BIBTEX = Traits(
        "a list of references in BibTeX",
        (".bib", ".bibtex", ".biblatex"),
        ("application/x-bibtex",),
        opens=r"(?:%[^\n]*\n\s*)*@[a-z]+\s*\{\s*[^\s,{}\"]*\s*,",
    )
    RTF = Traits("an RTF document", (".rtf",), ("application/rtf", "text/rtf"), (b"{\\rtf",))
    DOCX = Traits(
        "a Word document",
        (".docx",),
        ("application/vnd.openxmlformats-officedocument.wordprocessingml.document",),
        members=("word/document",),
    )
    XLSX = Traits(
        "a spreadsheet",
        (".xlsx",),
        ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",),
        members=("xl/workbook",),
    )
    CSV = Traits("a table", (".csv", ".tsv", ".tab"), ("text/csv", "text/tab-separated-values"))
    JSON_LINES = Traits(
        "a dataset in JSON Lines",
        (".jsonl", ".ndjson"),
        ("application/jsonl", "application/x-ndjson"),
        opens=r"\{\s*\"[^\r\n]*\}[^\S\n]*\n\s*\{",
    )
    JSON = Traits("JSON", (".json",), ("application/json",), opens=JSON)


class ListingFormat(_Format):
    """What names addresses of articles."""

    OPML = Traits("a list of feeds", (".opml",), ("text/x-opml",), opens=rf"{PROLOG}<opml[\s>]")
    SITEMAP = Traits("a sitemap", opens=rf"{PROLOG}<(?:\w+:)?(?:urlset|sitemapindex)[\s>]")
    BOOKMARKS = Traits(
        "a list of bookmarks",
        opens=r"<!doctype netscape-bookmark-file-1|(?:<(?!dl)[^>]{0,300}>[^<]{0,200}){0,12}<dl><p>\s*<dt><",
    )
    URL_LIST = Traits(
        "a list of addresses", (), ("text/uri-list",), opens=r"(?:https?://\S+\s+)+https?://\S+\s*\Z"
    )


class UnreadFormat(_Format):
    """What would hold articles, and can't be read yet."""

    ODT = Traits("an OpenDocument text", (".odt",), ("application/vnd.oasis.opendocument.text",))
    DOC = Traits("an old office document", (".doc", ".msg"), ("application/msword",), (b"\xd0\xcf\x11\xe0",))
    MARKDOWN = Traits("a Markdown text", (".md", ".markdown"), ("text/markdown",))
    NEWSML = Traits(
        "a NewsML or NITF document",
        (".nitf", ".newsml"),
        opens=rf"{PROLOG}<(?:\w+:)?(?:newsml|newsitem|newsmessage|nitf)[\s>]",
    )
    ZIP = Traits("a ZIP file", (".zip",), ("application/zip",), (b"PK\x03\x04", b"PK\x05\x06"))


class OtherFormat(_Format):
    """What holds no articles."""

    PNG = Traits("a PNG image", (".png",), ("image/png",), (b"\x89PNG",))
    JPEG = Traits("a JPEG image", (".jpg", ".jpeg"), ("image/jpeg",), (b"\xff\xd8\xff",))
    GIF = Traits("a GIF image", (".gif",), ("image/gif",), (b"GIF8",))
    SVG = Traits("an SVG image", (".svg",), ("image/svg+xml",), opens=rf"{PROLOG}<svg[\s>]")
    MEDIA = Traits(
        "an image, sound or video",
        (".webp", ".mp3", ".mp4", ".wav", ".ogg", ".avi", ".ico", ".tif", ".tiff"),
        (),
        (
            b"RIFF",
            b"OggS",
            b"ID3\x03",
            b"ID3\x04",
            b"\0\0\0\x18ftyp",
            b"\0\0\0 ftyp",
            b"\0\0\x01\0",
            b"II*\0",
            b"MM\0*",
        ),
    )
    GZIP = Traits("gzip-compressed data", (), ("application/gzip",), (b"\x1f\x8b",))
    BZIP2 = Traits(
        "bzip2-compressed data",
        (".bz2",),
        (),
        (
            b"BZh9",
            b"BZh1",
        ),
    )
    XZ = Traits("xz-compressed data", (".xz",), (), (b"\xfd7zXZ",))
    ZSTD = Traits("zstd-compressed data", (".zst",), (), (b"\x28\xb5\x2f\xfd",))
    ARCHIVE = Traits("an archive of files", (".7z", ".rar", ".tar"), (), (b"7z\xbc\xaf", b"Rar!"))
    PROGRAM = Traits("a program", (".exe", ".so"), (), (b"\x7fELF", b"MZ\x90", b"\xca\xfe\xba\xbe"))
    SQLITE = Traits("an SQLite database", (".sqlite",), (), (b"SQLite format 3",))
    SPREADSHEET = Traits("a spreadsheet of another kind", (".xls", ".ods", ".numbers"))
    SLIDES = Traits("a set of slides", (".ppt", ".pptx", ".odp"), members=("ppt/presentation",))
    CODE = Traits(
        "the source of a program",
        tuple(
            ".py .js .mjs .ts .css .scss .java .c .h .cpp .go .rs .rb .sh .sql .ini .cfg .toml .yaml .yml .r"
            " .pl .bat .ps1 .lock .map .ipynb .po .tex .diff .patch".split()
        ),
        ("text/css", "text/javascript", "application/javascript"),
        opens=r"#!\s*/",
    )  # fmt: skip
    LOG = Traits("a log", (".log",))
    XML = Traits(
        "XML of another kind",
        (".xml",),
        ("application/xml", "text/xml"),
        opens=rf"(?=<\?xml){PROLOG}<(?!(?:html|head|body|title|meta|div|p|article|main)[\s>])[a-z_]",
    )
    BINARY = Traits("binary data", (), ("application/octet-stream",))
    UNKNOWN = Traits("a text of another kind")


ContainerFormat = WebArchiveFormat | DatabaseFormat | CollectionFormat
Format = PageFormat | ContainerFormat | ListingFormat | UnreadFormat | OtherFormat
# In this order they are tried: what asks for more comes before what asks for less.
FORMATS: tuple[Format, ...] = (
    *ListingFormat,
    *WebArchiveFormat,
    *DatabaseFormat,
    *CollectionFormat,
    *UnreadFormat,
    *OtherFormat,
    *PageFormat,
)
# What a user may say that a file is.
READABLE: tuple[Format, ...] = tuple(
    one for one in FORMATS if not isinstance(one, UnreadFormat | OtherFormat) and one is not PageFormat.ROW
)
# Formats whose files begin in the same way: the name decides which of these a file is.
_TOLD_BY_NAME: dict[Format, tuple[Format, ...]] = {
    CollectionFormat.JSON: (CollectionFormat.JSON_LINES,),
    PageFormat.EML: (PageFormat.MHTML,),
    # Templates and scripts may begin with a tag.
    PageFormat.HTML: (OtherFormat.CODE,),
}

# Source: WHATWG MIME Sniffing, section 5 (the resource header is 1445 bytes) and
# section 3 (binary data bytes). All 1,085 pages of a sample start with a tag, and
# one of them has a NUL further on: only the head decides.
_SNIFFED = 1_445
_CONTROL = re.compile(rb"[\x00-\x08\x0b\x0e-\x1a\x1c-\x1f]")
_STARTS_WITH_TAG = re.compile(TAG, re.IGNORECASE)
# A page saved from a reader may have a line before its first tag.
_MARKUP = re.compile(
    r"<(?:!doctype\s+html|html|head|body|article|main|section|div|p|h[1-6]|title|meta|script|table|span|br"
    r"|!--|\?xml)\b",
    re.IGNORECASE,
)
_MARKUP_WITHIN = 2_048
_OPENING = 16_384


def recognize(
    data: bytes, *, name: str = "", media_type: str | None = None, members: Iterable[str] = ()
) -> Format:
    """Tell the format of a file by its content first, then by its name and by what was said of it.

    ``data`` are its first bytes, not compressed as a whole; ``members`` are the names in a ZIP file.
    """
    stated = format_of_name(name) or format_of_media_type(media_type)
    binary = _by_start(data)
    if binary is UnreadFormat.ZIP:
        return _by_members(members) or (stated if stated in _ZIPPED else binary)
    if binary is not None:
        return binary
    text = _opening(data)
    if text is None:
        return OtherFormat.BINARY
    told = _by_opening(text, data)
    if told is None:
        return _text_format(text, stated, is_named=bool(suffix(name)))
    return stated if stated is not None and stated in _TOLD_BY_NAME.get(told, ()) else told


def format_named(word: str) -> Format | None:
    """The format of a ``word``; None where there is none that can be read."""
    return next((one for one in READABLE if one.word == word), None)


def page_format_named(word: str | None) -> PageFormat | None:
    """The format of a page by its ``word``."""
    return next((format_ for format_ in PageFormat if format_.word == word), None)


def format_of_media_type(media_type: str | None) -> Format | None:
    """What a Content-Type says, whatever its parameters; None where that is nothing."""
    kind = (media_type or "").split(";")[0].strip().lower()
    return _BY_MEDIA_TYPE.get(kind)


def format_of_name(name: str) -> Format | None:
    """What the suffix of a file's name says; None where that is nothing."""
    return _BY_SUFFIX.get(suffix(name))


def _by_start(data: bytes) -> Format | None:
    return next((format_ for start, format_ in _BY_START if data.startswith(start)), None)


def _by_members(members: Iterable[str]) -> Format | None:
    names = tuple(members)
    for format_ in _ZIPPED:
        if any(name.startswith(member) for member in format_.traits.members for name in names):
            return format_
    return None


def _by_opening(text: str, data: bytes) -> Format | None:
    head = data[:HEAD]
    for pattern, format_ in _openings():
        if all(mark in head for mark in format_.traits.holds) and pattern.match(text):
            return format_
    return None


def _text_format(text: str, stated: Format | None, *, is_named: bool) -> Format:
    """The format of what opens like no other: what its name says, if it says anything."""
    may_be_page = stated is None or stated is PageFormat.TEXT
    if may_be_page and _MARKUP.search(text, 0, _MARKUP_WITHIN):
        return PageFormat.HTML
    if stated is None or stated is PageFormat.ROW:
        return OtherFormat.UNKNOWN if is_named else PageFormat.TEXT
    return stated


def _opening(data: bytes) -> str | None:
    """The first characters after blanks, as far as ASCII tells formats; None for binary content."""
    head = data[:HEAD].lstrip()[:_OPENING]
    text = text_of(head).lstrip("\ufeff \t\r\n\f")
    if any(head.startswith(bom) for bom, _ in BOMS):
        return text
    is_binary = _CONTROL.search(head, 0, _SNIFFED) and not _STARTS_WITH_TAG.match(text)
    return None if is_binary else text


_BY_START = tuple((start, format_) for format_ in FORMATS for start in format_.traits.starts)
_ZIPPED = tuple(format_ for format_ in FORMATS if format_.traits.members)
_BY_SUFFIX = {name: format_ for format_ in FORMATS for name in format_.traits.suffixes}
_BY_MEDIA_TYPE = {name: format_ for format_ in FORMATS for name in format_.traits.media_types}


@cache
def _openings() -> tuple[tuple[re.Pattern[str], Format], ...]:
    # When first asked for: compiling them takes longer than a search.
    return tuple(
        (re.compile(format_.traits.opens, re.IGNORECASE | re.MULTILINE), format_)
        for format_ in FORMATS
        if format_.traits.opens is not None
    )
