# ruff: noqa: E501  exports are as their tools write them
"""Exports of newspaper databases and of other tools: one article a part, with its place."""

from __future__ import annotations

import io
import json
import zipfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsarchive import Archive, extract
from newsarchive.acquire import Failure, Item, Limits, Link, acquire, readers
from newsarchive.acquire.containers import container_reader
from newsarchive.acquire.containers.documents.rtf import paragraphs_of
from newsarchive.acquire.recognized import read_as
from newsarchive.acquire.source_file import recognized
from newsarchive.formats import CollectionFormat, DatabaseFormat, PageFormat, WebArchiveFormat
from newsarchive.model import Article, Capture

NOW = datetime(2024, 11, 1, tzinfo=UTC)
STORY = "The ferry of Port Almar sails again from Monday, the harbour office said."


def read(path: Path, content: bytes | str) -> list[Item]:
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return list(acquire([str(path)], readers(Limits(payload=1_000_000)), now=NOW))


def articles(items: list[Item]) -> list[Article]:
    return [
        extract(item.payload, url=item.url, format=item.format, captured_at=item.captured_at)
        for item in items
        if isinstance(item, Capture)
    ]


def zipped(**members: str) -> bytes:
    output = io.BytesIO()
    with zipfile.ZipFile(output, "w") as archive:
        for name, content in members.items():
            archive.writestr(name.replace("__", "/"), content)
    return output.getvalue()


def docx(*paragraphs: str) -> bytes:
    body = "".join(f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>" for text in paragraphs)
    head = '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
    return zipped(**{"word__document.xml": f"{head}<w:body>{body}</w:body></w:document>"})


NEXIS_NEW = [
    "", "Ferry sails again", "Harbour Post", "May 2, 2024 Thursday", "", "Copyright 2024 Harbour Post",
    "Section: Town; Pg. 4", "Length: 13 words", "Byline: Tamsin Overby, harbourpost.example", "Body", "", STORY,
    "It was out of service for a year.", "Classification", "", "Language: ENGLISH", "Load-Date: May 3, 2024",
    "End of Document",
]  # fmt: skip
NEXIS_TEXT = f"""

                               1 of 2 DOCUMENTS


                                 Harbour Post

                            May 2, 2024 Thursday
                                Late Edition

Ferry sails again

BYLINE: BY TAMSIN OVERBY

SECTION: Town; Pg. 4

LENGTH: 13 words


{STORY[:40]}
{STORY[40:]}

It was out of service for a year.

LOAD-DATE: May 3, 2024

LANGUAGE: ENGLISH


                         Copyright 2024 Harbour Post
                              All Rights Reserved

                               2 of 2 DOCUMENTS


                                 Harbour Post

                            May 4, 2024 Saturday

Pier opens

LENGTH: 3 words

The pier opens.
"""
NEXIS_HTML = "<HTML><BODY>" + "".join(
    f"""<A NAME="DOC_ID_{number}_0"></A><!-- Hide XML section from browser
<DOC NUMBER=1>
<DOCFULL> -->
<BR><DIV CLASS="c0"><P CLASS="c1"><SPAN CLASS="c2">{number} of 2 DOCUMENTS</SPAN></P></DIV>
<BR><DIV CLASS="c0"><BR><P CLASS="c1"><SPAN CLASS="c2">Harbour Post</SPAN></P></DIV>
<BR><DIV CLASS="c3"><P CLASS="c1"><SPAN CLASS="c4">2</SPAN><SPAN CLASS="c2"> May 2024 Thursday</SPAN></P></DIV>
<BR><DIV CLASS="c5"><P CLASS="c6"><SPAN CLASS="c7">{headline}</SPAN></P></DIV>
<BR><DIV CLASS="c5"><P CLASS="c6"><SPAN CLASS="c8">AUTEUR: </SPAN><SPAN CLASS="c2">Tamsin Overby</SPAN></P></DIV>
<BR><DIV CLASS="c5"><P CLASS="c9"><SPAN CLASS="c2">{STORY}</SPAN></P></DIV>
<BR><DIV CLASS="c5"><P CLASS="c6"><SPAN CLASS="c8">LANGUE: </SPAN><SPAN CLASS="c2">ENGLISH</SPAN></P></DIV>
<!-- Hide XML section from browser
</DOCFULL>
</DOC> -->
"""
    for number, headline in enumerate(("Ferry sails again", "Pier opens"), start=1)
)
FACTIVA_LINES = f"""<!DOCTYPE html><html><head><title>Factiva</title></head><body>
<div id="article-HARB1" class="article"><div class="article enArticle"><p><div>Town</div>
<div id="hd"><span class="enHeadline">Ferry sails again</span></div><div class="author">Tamsin Overby</div>
<div>13 words</div><div>2 May 2024</div><div>07:15</div><div>Harbour Post</div><div>HARBPO</div><div>4</div>
<div>English</div><div>(c) 2024 Harbour Post</div></p>
<p class="articleParagraph enarticleParagraph">{STORY}</p>
<p>Document HARBPO0020240502ek520001x</p></div></div></body></html>"""
FACTIVA_CODES = f"""<html><head><title>Factiva</title></head><body><div class="article frArticle"><table>
<tr><td class="index"><b>HD</b>&nbsp;</td><td><b class='frHeadline'>Ferry sails again</b></td></tr>
<tr><td class="index"><b>BY</b>&nbsp;</td><td>Par Tamsin Overby</td></tr>
<tr><td class="index"><b>PD</b>&nbsp;</td><td>2 mai 2024</td></tr>
<tr><td class="index"><b>SN</b>&nbsp;</td><td>Harbour Post</td></tr>
<tr><td class="index"><b>LA</b>&nbsp;</td><td>Anglais</td></tr>
<tr><td class="index"><b>LP</b>&nbsp;</td><td><p class="articleParagraph">{STORY}</p></td></tr>
<tr><td class="index"><b>AN</b>&nbsp;</td><td>Document HARBPO0020240502ek520001x</td></tr>
</table></div></body></html>"""
FACTIVA_XML = f"""<?xml version="1.0"?><PPSResponse><ppsarticle><article><accessionNo>HARB1</accessionNo>
<baseLanguage>EN</baseLanguage><byline>By Tamsin Overby</byline>
<headline><paragraph>Ferry sails <hlt>again</hlt></paragraph></headline>
<leadParagraph><paragraph>{STORY}</paragraph></leadParagraph>
<publicationDate><dateTime>2024-05-02T00:00:00Z</dateTime></publicationDate>
<sourceName>Harbour Post</sourceName></article></ppsarticle></PPSResponse>"""
PROQUEST_TEXT = f"""____________________________________________________________

Ferry sails again

Author: Overby, Tamsin

Publication info: Harbour Post ; Port Almar [Port Almar]02 May 2024.

Abstract: None available.

Full text: {STORY}
It was out of service for a year.

Publication title: Harbour Post; Port Almar

Publication date: May 2, 2024

Language of publication: English

ProQuest document ID: 100000001

____________________________________________________________
"""
PROQUEST_HTML = f"""<div><a name="DocID_1"></a><p>Ferry sails again</p><p><strong>Author:  </strong>Overby, Tamsin</p>
<p><a href="https://search.example/docview/1">ProQuest document link</a></p>
<p><strong>Full text: </strong></p><p>{STORY}</p><p><strong>Publication title: </strong>Harbour Post; Port Almar</p>
<p><strong>Publication date: </strong>May 2, 2024</p></div>"""
EUROPRESSE = f"""<html xmlns:n1="http://www.cedrom-sni.com/schema/newsv1.xsd"><body><table><tr><td>
<span class="DocPublicationName">Harbour Post, no. 5968</span><br><span class="DocHeader">Ville, </span>
<span class="DocHeader">jeudi </span><span class="DocHeader">2 mai 2024</span><br>
<span class="TitreArticleVisu">Ferry sails again</span><br>Tamsin Overby<br><p></p>{STORY}<p></p>
© 2024 Harbour Post.<p></p>Numéro de document : news·20240502·HP·1</td></tr></table></body></html>"""
RIS = f"TY  - NEWS\r\nTI  - Ferry sails again\r\nAU  - Overby, Tamsin\r\nT2  - Harbour Post\r\nDA  - 2024/05/02/\r\nAB  - {STORY}\r\nER  - \r\n"
BIBTEX = f"""@article{{overby2024, title = {{Ferry {{sails}} again}}, author = {{Overby, Tamsin}},
 journaltitle = {{Harbour Post}}, date = {{2024-05-02}}, abstract = "{STORY}" }}"""
CLIPPINGS = r"{\rtf1\ansi\ansicpg1252 {\fonttbl{\f0 Arial;}}" + "".join(
    rf'\plain\i "Harbour Post" gefunden am 02.05.2024 10:36 Uhr\par\par\b {headline}\b0\par\par {STORY}\par F\'e4hre \u8211? \par'
    for headline in ("Ferry sails again", "Pier opens")
) + "}"  # fmt: skip
RSS = f"""<?xml version="1.0"?><rss version="2.0"><channel><title>Harbour Post</title><link>https://harbour.example/</link>
<item><title>Ferry sails again</title><link>https://harbour.example/ferry</link><author>Tamsin Overby</author>
<pubDate>Thu, 02 May 2024 07:15:00 GMT</pubDate><description>&lt;p&gt;{STORY}&lt;/p&gt;</description></item>
</channel></rss>"""
JSON_FEED = json.dumps(
    {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "Harbour Post",
        "items": [
            {
                "id": "1", "title": "Ferry sails again", "url": "https://harbour.example/ferry",
                "content_html": f"<p>{STORY}</p>", "date_published": "2024-05-02T07:15:00Z",
                "authors": [{"name": "Tamsin Overby"}],
            }
        ],
    }
)  # fmt: skip
CSV = f'Title,Body,Publish Date,Author,Source\n"Ferry sails again","{STORY}",2024-05-02,Tamsin Overby,Harbour Post\n'
TSV = f"Title\tBody\tPublish Date\tAuthor\tSource\nFerry sails again\t{STORY}\t2024-05-02\tTamsin Overby\tHarbour Post\n"
NEWS_PLEASE = json.dumps(
    {
        "title": "Ferry sails again", "maintext": STORY, "date_publish": "2024-05-02 07:15:00",
        "authors": ["Tamsin Overby"], "source_domain": "Harbour Post", "url": "https://harbour.example/ferry",
    },
    indent=1,
)  # fmt: skip
CSL = json.dumps(
    [
        {
            "title": "Ferry sails again", "abstract": STORY, "issued": {"date-parts": [["2024", 5, 2]]},
            "author": [{"family": "Overby", "given": "Tamsin"}], "container-title": "Harbour Post",
        }
    ],
    indent=1,
)  # fmt: skip
SHEET = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>' + "".join(
    "<row>" + "".join(f'<c t="inlineStr"><is><t>{cell}</t></is></c>' for cell in row) + "</row>"
    for row in (
        ("Title", "Text", "Date", "Author", "Source"),
        ("Ferry sails again", STORY, "45414", "Tamsin Overby", "Harbour Post"),
    )
) + "</sheetData></worksheet>"  # fmt: skip
WHOLE: dict[str, bytes | str] = {
    "nexis.docx": docx(*NEXIS_NEW),
    "nexis.txt": NEXIS_TEXT,
    "nexis.html": NEXIS_HTML,
    "lines.html": FACTIVA_LINES,
    "codes.html": FACTIVA_CODES,
    "factiva.xml": FACTIVA_XML,
    "proquest.txt": PROQUEST_TEXT,
    "proquest.html": PROQUEST_HTML,
    "europresse.html": EUROPRESSE,
    "feed.xml": RSS,
    "feed.json": JSON_FEED,
    "table.csv": CSV,
    "table.tsv": TSV,
    "table.xlsx": zipped(**{"xl__workbook.xml": "<workbook/>", "xl__worksheets__sheet1.xml": SHEET}),
    "news-please.json": NEWS_PLEASE,
}
IN_PART: dict[str, bytes | str] = {
    "zotero.ris": RIS,
    "zotero.bib": BIBTEX,
    "zotero.json": CSL,
    "clippings.rtf": CLIPPINGS,
}


@pytest.mark.parametrize("name", WHOLE)
def test_an_export_gives_each_article_with_its_fields(tmp_path: Path, name: str) -> None:
    """Researchers have most of their articles from databases, and everything about them is in there."""
    items = read(tmp_path / name, WHOLE[name])
    article = articles(items)[0]
    assert items[0].source == f"{tmp_path / name}#1"
    assert article.headline == "Ferry sails again"
    assert str(article.date_published)[:10] == "2024-05-02"
    assert article.authors == ("Tamsin Overby",)
    assert article.publisher == "Harbour Post"
    assert STORY.split(",")[0] in article.text
    assert "Document" not in article.text
    assert "Copyright" not in article.text


@pytest.mark.parametrize("name", IN_PART)
def test_references_and_clippings_give_what_they_have(tmp_path: Path, name: str) -> None:
    """A reference has an abstract at best, a clipping service names no author."""
    article = articles(read(tmp_path / name, IN_PART[name]))[0]
    assert article.headline == "Ferry sails again"
    assert str(article.date_published) == "2024-05-02"
    assert article.publisher == "Harbour Post"
    assert STORY in f"{article.text}{article.description}"


@pytest.mark.parametrize("name", ["nexis.txt", "nexis.html", "clippings.rtf"])
def test_a_file_of_two_articles_gives_two(tmp_path: Path, name: str) -> None:
    """One file holds hundreds of articles; one article of all of them is wrong a hundred times."""
    content = {**WHOLE, **IN_PART}[name]
    assert [one.headline for one in articles(read(tmp_path / name, content))] == [
        "Ferry sails again",
        "Pier opens",
    ]


def test_a_document_of_no_database_is_one_article(tmp_path: Path) -> None:
    """Reporters write in Word."""
    (article,) = articles(read(tmp_path / "draft.docx", docx("Ferry sails again", STORY)))
    assert (article.headline, article.text) == ("Ferry sails again", STORY)


def test_rtf_is_read_as_it_is_shown() -> None:
    """Fonts, pictures and fallbacks for old readers are no text."""
    source = rb"{\rtf1\ansicpg1251{\fonttbl{\f0 X;}}{\*\generator Y;}\'cf\'e0\'f0\'ee\'ec \u8211?{\b A}\par {\pict 00ff}B}"
    assert paragraphs_of(source) == ["Паром –A", "B"]


LISTS: dict[str, tuple[str, list[tuple[str, str | None]]]] = {
    "pocket.csv": (
        "title,url,time_added,tags,status\nFerry,https://harbour.example/ferry,1600322788,,unread\n",
        [("https://harbour.example/ferry", "Ferry")],
    ),
    "bookmarks.html": (
        '<!DOCTYPE NETSCAPE-Bookmark-file-1>\n<DL><p><DT><A HREF="https://harbour.example/?a=1&amp;b=2" '
        'ADD_DATE="1600322788">Ferry &amp; pier</A></DL>',
        [("https://harbour.example/?a=1&b=2", "Ferry & pier")],
    ),
    "feeds.opml": (
        '<opml version="2.0"><body><outline text="Coast"><outline text="Harbour Post" '
        'xmlUrl="https://harbour.example/feed"/></outline></body></opml>',
        [("https://harbour.example/feed", "Harbour Post")],
    ),
    "sitemap.xml": (
        '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><url><loc>https://harbour.example/a</loc></url>'
        "<url><loc>https://harbour.example/b</loc></url></urlset>",
        [("https://harbour.example/a", None), ("https://harbour.example/b", None)],
    ),
    "urls.txt": ("https://harbour.example/a\nhttps://harbour.example/b\n",
        [("https://harbour.example/a", None), ("https://harbour.example/b", None)],
    ),
    "firefox.json": (
        json.dumps({"children": [{"children": [{"title": "Ferry", "uri": "https://harbour.example/ferry"}]}]}, indent=1),
        [("https://harbour.example/ferry", "Ferry")],
    ),
    "reading.json": (
        json.dumps({"bookmarks": [{"article__title": "Ferry", "article__url": "https://harbour.example/ferry"}]}, indent=1),
        [("https://harbour.example/ferry", "Ferry")],
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", LISTS)
def test_addresses_without_text_are_listed(tmp_path: Path, name: str) -> None:
    """A list of links is no article, and its links are not lost."""
    content, links = LISTS[name]
    items = read(tmp_path / name, content)
    assert [(item.url, item.title) for item in items if isinstance(item, Link)] == links
    assert len(items) == len(links)
    with Archive.create(tmp_path / "archive") as archive:
        assert {outcome.name for outcome in archive.add([tmp_path / name])} == {"listed"}


def test_a_broken_row_is_a_failure_of_its_own(tmp_path: Path) -> None:
    """The rows after it are as good as those before."""
    content = CSV + "one,two,three,four,five,six,seven\n" + CSV.splitlines()[1].replace("Ferry", "Pier")
    items = read(tmp_path / "a.csv", content)
    assert [type(item) for item in items] == [Capture, Failure, Capture]
    assert "7 cells under 5 names" in items[1].error.message  # type: ignore[union-attr]


def test_a_table_whose_columns_say_nothing_is_refused_with_their_names(tmp_path: Path) -> None:
    """Whoever made it can rename a column."""
    (item,) = read(tmp_path / "a.csv", "a,b\n1,2\n")
    assert isinstance(item, Failure)
    assert "found: a, b" in (item.error.hint or "")


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.xml", "<?xml version='1.0'?><rss version='2.0'><channel/></rss>"),
        ("a.json", '{"a": {"b": 1}}'),
        ("a.json", '[{"a": '),
        ("a.docx", b"PK\x03\x04cut"),
        ("a.xlsx", zipped(**{"xl__workbook.xml": "<workbook/>"})),
        ("a.xlsx", zipped(**{"xl__workbook.xml": "", "xl__worksheets__sheet1.xml": "<!DOCTYPE a [<!ENTITY b 'c'>]><a/>"})),
        ("a.opml", "<opml version='2.0'/>"),
        ("a.zip", zipped(**{"a.html": "<p>x"})),
        ("a.html", NEXIS_HTML.split("<A NAME")[0] + "<DOCFULL>"),
    ],
    ids=["feed", "json", "cut-json", "docx", "no-sheet", "entities", "opml", "zip", "nexis"],
)  # fmt: skip
def test_what_holds_nothing_is_a_failure(tmp_path: Path, name: str, content: bytes | str) -> None:
    """Silence would look like success."""
    (item,) = read(tmp_path / name, content)
    assert isinstance(item, Failure)
    assert item.error.hint


READABLE: list[Any] = [*WebArchiveFormat, *DatabaseFormat, *CollectionFormat]
SAMPLES = [one if isinstance(one, bytes) else one.encode() for one in (*WHOLE.values(), *IN_PART.values())]


@settings(deadline=None, max_examples=150)
@given(st.sampled_from(READABLE), st.sampled_from(SAMPLES), st.integers(0, 3_000), st.binary(max_size=40))
def test_any_content_under_any_format_gives_items_or_an_error_that_is_meant(
    format_: Any, sample: bytes, place: int, noise: bytes
) -> None:
    """Exports come from strangers, cut and damaged; and ``--kind`` may say anything of them."""
    content = sample[:place] + noise + sample[place + len(noise) :]
    file = recognized(io.BytesIO(content), name="sample")
    for item in read_as(file, format_, limits=Limits(payload=100_000), now=NOW):
        assert item.source.startswith("sample")
        assert not isinstance(item, Failure) or item.error.hint


def test_readers_of_containers_are_loaded_when_asked_for() -> None:
    """Each is a module with a function of the same shape."""
    assert container_reader(CollectionFormat.FEED).__name__.endswith("exports.feed")  # type: ignore[attr-defined]
    assert PageFormat.ROW.word == "row"
