"""What exports are tested with: articles in memory, invented, some of them hostile."""

from __future__ import annotations

import gzip
import io
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

from newsarchive import Article, Confidence, Evidence, EvidenceSource, MarksOfArticle, PartialDate
from newsarchive.base.dates import utc_text
from newsarchive.base.whole_files import output_folder
from newsarchive.export.export_format import ExportFormat, FileFormat
from newsarchive.export.export_source import ExportedCapture, ExportedRevision, ExportedSearch
from newsarchive.export.registry import options_of

WHEN = datetime(2025, 3, 9, 8, 7, 6, tzinfo=UTC)
CAPTURED = datetime(2024, 11, 2, 6, 30, tzinfo=UTC)


@dataclass(frozen=True)
class GivenCapture:
    """A capture with its bytes at hand."""

    id: int
    body: bytes
    url: str | None = None
    source: str = "pages/a.html"
    captured_at: datetime = CAPTURED
    content_type: str | None = "text/html; charset=utf-8"

    @property
    def sha256(self) -> str:
        return sha256(self.body).hexdigest()

    @property
    def length(self) -> int:
        return len(self.body)

    @property
    def stored(self) -> bytes:
        head = (
            "WARC/1.1\r\nWARC-Type: resource\r\n"
            f"WARC-Record-ID: <urn:uuid:00000000-0000-4000-8000-{self.id:012}>\r\n"
            f"WARC-Date: {utc_text(self.captured_at)}\r\n"
            f"WARC-Target-URI: urn:newsarchive:source:{self.id}\r\n"
            f"Content-Type: {self.content_type}\r\nContent-Length: {self.length}\r\n\r\n"
        )
        return gzip.compress(head.encode() + self.body + b"\r\n\r\n", mtime=0)


@dataclass(frozen=True)
class GivenRevision:
    """A state of an article."""

    number: int
    headline: str | None
    text: str
    captured_at: datetime = CAPTURED
    description: str | None = None
    date_published: PartialDate | None = None
    date_modified: PartialDate | None = None
    is_reextracted: bool = False


@dataclass(frozen=True)
class GivenArticles:
    """An ``ExportSource`` in memory: each article has one capture and one revision."""

    given: Sequence[Article]
    query: str = "harbour"
    read: list[int] = field(default_factory=list)
    told: list[str] = field(default_factory=list)
    given_marks: dict[int, MarksOfArticle] = field(default_factory=dict)

    @property
    def search(self) -> ExportedSearch:
        return ExportedSearch(
            query=self.query,
            total=len(self.given),
            archive="Port Almar & <Bay>",
            uuid="6f1f5f0e-6a40-4f38-9f0e-0f6d2b1c7a55",
            last_change=12,
            version="0.0",
            exported_at=WHEN,
        )

    def articles(self) -> Iterator[Article]:
        for article in self.given:
            self.read.append(article.id or 0)
            yield article

    def revisions(self, article_id: int) -> Sequence[ExportedRevision]:
        article = self._of(article_id)
        return [GivenRevision(1, article.headline, article.text, date_published=article.date_published)]

    def captures(self, article_id: int) -> Sequence[ExportedCapture]:
        article = self._of(article_id)
        return [GivenCapture(article_id * 10, f"<p>{article.id}".encode(), url=article.url)]

    def marks(self, article_id: int) -> MarksOfArticle:
        return self.given_marks.get(article_id, MarksOfArticle())

    def payload(self, capture: ExportedCapture) -> bytes:
        assert isinstance(capture, GivenCapture)
        return capture.body

    def record(self, capture: ExportedCapture) -> bytes:
        assert isinstance(capture, GivenCapture)
        return capture.stored

    def notify(self, message: str) -> None:
        self.told.append(message)

    def _of(self, article_id: int) -> Article:
        return next(article for article in self.given if article.id == article_id)


def numbered(articles: Iterable[Article]) -> list[Article]:
    """Articles with the ids 1, 2, 3 …, as an archive would give them."""
    return [replace(article, id=number) for number, article in enumerate(articles, start=1)]


def exported(form: ExportFormat, articles: Sequence[Article], **options: Any) -> dict[str, bytes]:
    """What a format writes: file name -> bytes; a format that is one file has the name ''."""
    source, chosen = GivenArticles(articles), options_of(form, options)
    if isinstance(form, FileFormat):
        stream = io.BytesIO()
        assert form.write(source, stream, chosen) == len(articles)
        assert not stream.closed, "the stream is its owner's: standard output, often"
        return {"": stream.getvalue()}
    with tempfile.TemporaryDirectory() as name:
        with output_folder(Path(name) / "out") as folder:
            assert form.write(source, folder, chosen) == len(articles)
        return contents(Path(name) / "out")


def contents(folder: Path) -> dict[str, bytes]:
    """The files below a folder."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


PLAIN = Article(
    headline="Ferry returns to Port Almar",
    description="The first sailing in nine weeks left on time.",
    authors=("Tamsin Overby", "Meridian Wire"),
    date_published=PartialDate.fromisoformat("2024-10-30T14:05:00+01:00"),
    date_confidence=Confidence.HIGH,
    date_modified=PartialDate.fromisoformat("2024-10-31"),
    publisher="Harbour Post",
    section="Local",
    keywords=("ferry", "Port Almar"),
    language="en",
    url="https://harbour-post.example/2024/10/30/ferry?a=1&b=2",
    image="https://harbour-post.example/ferry.jpg",
    is_accessible_for_free=True,
    text="The ferry left the quay at dawn.\nNobody waved, & <nobody> cheered.",
    evidence=(
        Evidence(
            "headline", "Ferry returns to Port Almar", EvidenceSource.JSON_LD, "Ferry…", Confidence.HIGH
        ),
    ),
)
EMPTY = Article()
MONTH_ONLY = replace(
    PLAIN, headline="A month", date_published=PartialDate.fromisoformat("2020-03"), date_modified=None
)
GUESSED = replace(
    PLAIN,
    headline="A guess",
    date_published=PartialDate.fromisoformat("2025-01-01"),
    date_confidence=Confidence.LOW,
)
SCRIPTS = [
    replace(PLAIN, headline=headline, authors=(author,), language=language, text=text)
    for headline, author, language, text in (
        ("渡轮返回港口", "王小明", "zh", "渡轮黎明时分离开码头。\n无人挥手。"),
        ("フェリーが港に戻る", "山田太郎", "ja", "フェリーは夜明けに出航した。"),
        ("عودة العبارة إلى الميناء", "ليلى حداد", "ar", "غادرت العبارة الرصيف عند الفجر."),
        ("Паром вернулся в порт", "Анна Петрова", "ru", "Паром отошёл от причала на рассвете."),
        ("เรือข้ามฟากกลับมา", "สมชาย ใจดี", "th", "เรือออกจากท่าตอนรุ่งสาง"),
        ("Þjóðferjan 🚢 snýr aftur", "Ólafur Þór Jónsson", "is", "Ferjan fór við dögun. 👩‍👩‍👧"),
    )
]
_CONTROLS = "".join(map(chr, range(32))) + "\x7f\x85\u2028\u202e\ufeff\uffff"
HOSTILE = [
    replace(PLAIN, headline=text, description=text, authors=(text,), keywords=(text, text), publisher=text,
            section=text, text=f"{text}\n{text}", url=None, language=None, image=None)
    for text in (
        f"controls {_CONTROLS} end",
        "lone \ud800 surrogate",
        "long " * 2_000,
        '=HYPERLINK("http://evil.example","x")',
        "x;=1+1\ty|@SUM(A1),+2",
        "../../etc/passwd",
        "CON",
        "a/b\\c:d*e?f\"g<h>i|j.",
        "</script><script>alert(1)</script><!-- ]]> -->",
        "{\\input{x}} % $x$ #1 & _y_ ~z^ \\",
        "TY  - JOUR\r\nER  - \r\n",
        "---\ntitle: [x]\n---\n# no\n* [[link]] ![x](file:///etc)",
        " ",
        "\n",
    )
]  # fmt: skip
TWINS = [PLAIN, PLAIN, replace(PLAIN, headline="ferry RETURNS to port almar")]
WORLD = numbered([PLAIN, EMPTY, MONTH_ONLY, GUESSED, *SCRIPTS, *TWINS, *HOSTILE])
