# ruff: noqa: E501  files are as programs write them
"""Mails, MHTML files, books and PDF documents: one article each."""

from __future__ import annotations

import base64
import contextlib
import io
import zipfile
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfWriter

from newsarchive import Article, EvidenceSource, PageFormat, extract
from newsarchive.errors import ExtractError

STORY = "The ferry of Port Almar sails again from Monday, the harbour office said on Thursday."
MORE = "It had been out of service for a year, after divers found that a pile had rotted."
PAGE = (
    f"<!DOCTYPE html><html lang=en><title>Ferry</title><h1>Ferry sails again</h1><p>{STORY}</p><p>{MORE}</p>"
)


def mail(
    body: str, *, kind: str = "text/plain", subject: str = "Fwd: Ferry sails again", **headers: str
) -> bytes:
    lines = {
        "From": "Tamsin Overby <overby@harbour.example>",
        "To": "desk@harbour.example",
        "Subject": subject,
        "Date": "Thu, 2 May 2024 07:15:00 +0200",
        "Message-ID": "<1@harbour.example>",
        "MIME-Version": "1.0",
        "Content-Type": f"{kind}; charset=utf-8",
        **headers,
    }
    return ("\n".join(f"{name}: {value}" for name, value in lines.items()) + f"\n\n{body}\n").encode()


def pdf(*lines: str, title: str | None = None) -> bytes:
    """A document of one page, written by hand: its operators are those that any program writes."""
    shown = " ".join(f"({line}) Tj T*" for line in lines)
    content = f"BT /F1 12 Tf 14 TL 72 720 Td {shown} ET".encode()
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Length %d>>stream\n%b\nendstream" % (len(content), content),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
        b"<</Title(%b)>>" % (title or "").encode(),
    ]
    output = bytearray(b"%PDF-1.4\n")
    places = []
    for number, one in enumerate(objects, start=1):
        places.append(len(output))
        output += b"%d 0 obj%b endobj\n" % (number, one)
    start = len(output)
    output += b"xref\n0 7\n0000000000 65535 f \n" + b"".join(b"%010d 00000 n \n" % place for place in places)
    return bytes(output + b"trailer<</Size 7/Root 1 0 R/Info 6 0 R>>\nstartxref\n%d\n%%%%EOF" % start)


def book(**members: str) -> bytes:
    output = io.BytesIO()
    files = {
        "META-INF/container.xml": '<container><rootfiles><rootfile full-path="OPS/book.opf"/></rootfiles></container>',
        "OPS/book.opf": "<package><metadata xmlns:dc='http://purl.org/dc/elements/1.1/'><dc:title>Ferry sails again"
        "</dc:title><dc:creator>Tamsin Overby</dc:creator><dc:date>2024-05-02</dc:date><dc:language>en</dc:language>"
        "</metadata><manifest><item id='b' href='b.xhtml'/><item id='a' href='a.xhtml'/></manifest>"
        "<spine><itemref idref='a'/><itemref idref='b'/></spine></package>",
        "OPS/a.xhtml": f"<html><body><p>{STORY}</p></body></html>",
        "OPS/b.xhtml": f"<html><body><p>{MORE}</p></body></html>",
        **members,
    }
    with zipfile.ZipFile(output, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return output.getvalue()


MHTML = f"""From: <Saved by Blink>
Snapshot-Content-Location: https://harbour.example/ferry
Subject: Ferry
Date: Fri, 3 May 2024 10:00:00 -0000
MIME-Version: 1.0
Content-Type: multipart/related; type="text/html"; boundary="X"

--X
Content-Type: text/html
Content-Transfer-Encoding: base64
Content-Location: https://harbour.example/ferry

{base64.b64encode(PAGE.encode()).decode()}
--X
Content-Type: image/png
Content-Location: https://harbour.example/logo.png

x
--X--
""".encode()
HTML_MAIL = mail(PAGE, kind="text/html")
SAMPLES = [mail(STORY), HTML_MAIL, MHTML, book(), pdf("Ferry sails again", STORY)]


def check(article: Article) -> None:
    assert article.headline == "Ferry sails again"
    assert STORY in article.text
    assert MORE in article.text
    assert article.language == "en"


def test_a_mail_is_the_story_that_it_brings() -> None:
    """Newsletters and press offices send stories; the subject is the headline without its Fwd."""
    article = extract(mail(f"{STORY}\n\n{MORE}\n\nOn Wed, 1 May 2024 Ann wrote:\n> When does it sail?"))
    check(article)
    assert str(article.date_published) == "2024-05-02T07:15:00+02:00"
    assert article.authors == ("Tamsin Overby",)
    assert "When does it sail" not in article.text
    assert EvidenceSource.MAIL in {one.source for one in article.evidence}


def test_a_mail_in_html_is_read_as_a_page() -> None:
    """Most newsletters have no text part, or an empty one."""
    check(extract(HTML_MAIL))


def test_a_mail_from_a_desk_has_a_publisher_and_no_author() -> None:
    """A newspaper is no person."""
    article = extract(mail(STORY, From="Harbour Post <news@harbour.example>"))
    assert (article.publisher, article.authors) == ("Harbour Post", ())


def test_an_mhtml_file_is_the_page_that_was_saved() -> None:
    """Chrome saves a page as one file, with its address and the moment."""
    article = extract(MHTML, captured_at=datetime(2024, 5, 3, tzinfo=UTC))
    check(article)
    assert article.url == "https://harbour.example/ferry"


def test_a_book_is_read_in_the_order_of_its_spine() -> None:
    """The files in it lie in any order."""
    article = extract(book(), format=PageFormat.EPUB)
    check(article)
    assert article.text.index(STORY) < article.text.index(MORE)
    assert (article.authors, str(article.date_published)) == (("Tamsin Overby",), "2024-05-02")


def test_a_book_never_reaches_out_of_itself() -> None:
    """Names in it lead where a stranger wants."""
    outside = "<package><metadata/><manifest><item id='a' href='../../../etc/passwd'/></manifest><spine>"
    with pytest.raises(ExtractError, match="no text"):
        extract(
            book(**{"OPS/book.opf": f"{outside}<itemref idref='a'/></spine></package>"}),
            format=PageFormat.EPUB,
        )


def test_a_document_has_its_title_its_day_and_its_text() -> None:
    """Press releases come as PDF."""
    half = STORY.index("Monday")
    article = extract(
        pdf("Ferry sails again", "Port Almar, 2 May 2024", STORY[: half - 1], STORY[half:], MORE)
    )
    check(article)
    assert str(article.date_published) == "2024-05-02"


@pytest.mark.parametrize("title", ["Microsoft Word - ferry.doc", "untitled"])
def test_the_name_of_a_file_is_no_headline(title: str) -> None:
    """Programs write their file's name where the title belongs."""
    assert extract(pdf("Ferry sails again", STORY, title=title)).headline == "Ferry sails again"


def test_a_scan_is_refused_and_told_apart_from_damage() -> None:
    """Whoever has a scan can run text recognition over it."""
    with pytest.raises(ExtractError, match="pictures and no text") as caught:
        extract(pdf())
    assert "OCR" in (caught.value.hint or "")


def test_an_encrypted_document_is_refused() -> None:
    """Nothing is guessed."""
    writer, output = PdfWriter(), io.BytesIO()
    writer.add_blank_page(100, 100)
    writer.encrypt("secret", algorithm="RC4-128")
    writer.write(output)
    with pytest.raises(ExtractError, match="encrypted"):
        extract(output.getvalue())


def test_a_mail_without_text_is_refused() -> None:
    """What is attached is another file."""
    with pytest.raises(ExtractError, match="no text"):
        extract(mail("JVBERi0=", kind="application/pdf"))


@settings(deadline=None, max_examples=60)
@given(st.sampled_from(SAMPLES), st.integers(0, 1_500), st.binary(min_size=1, max_size=30))
def test_any_damage_gives_an_article_or_an_error_that_is_meant(
    sample: bytes, place: int, noise: bytes
) -> None:
    """Files come from strangers."""
    damaged = sample[:place] + noise + sample[place + len(noise) :]
    for format_ in (PageFormat.EML, PageFormat.MHTML, PageFormat.EPUB, PageFormat.PDF):
        with contextlib.suppress(ExtractError):
            assert isinstance(extract(damaged, format=format_), Article)
