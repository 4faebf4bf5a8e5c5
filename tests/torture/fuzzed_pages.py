"""Pages cut up, repeated and put together again: each is an article or refused, within its time."""

from __future__ import annotations

import random
import sys
from collections import Counter
from pathlib import Path

from timed_worker import TimedWorker

TESTS = Path(__file__).parents[1]
sys.path.insert(0, str(TESTS / "extraction"))
from hostile_pages import STORY  # noqa: E402  (its folder is on the path only now)

SAMPLES = [
    *(TESTS / "golden" / "pages").iterdir(),
    *(TESTS.parent / "sample_archive" / "pages").rglob("*.*"),
    *(TESTS.parent / "sample_archive" / "text").iterdir(),
    *(TESTS.parent / "sample_archive" / "damaged").iterdir(),
]
# What readers look for: fields, dates, bylines, scripts, encodings, quotes that never close.
_MARKUP = """
<p> </p> <div > </div> <a_href= " ' <script_type='application/ld+json'> </script> { } [ ] : , <!-- --> ]]>
<h1> <title> <table> <tr><td> <br> <svg> <template> <noscript> <select> <option> <frameset> <plaintext>
<meta_property='og:title'_content=' <meta_charset= <time_datetime= 2024-99-99 11/12/13 &#0; &#xd800; &amp;
&lt;p&gt; & <span_itemprop="author"_itemscope_itemtype="http://schema.org/Person"> <article_class="body">
"datePublished":"2024-10-30T10:00:00+99:00" <base_href=x> <link_rel=canonical_href="//[x"> <font_size=+9>
"""
FRAGMENTS = [
    *_MARKUP.replace("\n", " ").replace("_", "\n").encode().split(b" "),
    *(b"\x00", b"\x85", b"\xff\xfe", b"\xef\xbb\xbf", b"\xc3", b"\xe2\x80\xae", b"\x1b[31m"),
    b'{"@type":"NewsArticle","headline":"Ferry","author":[{"@id":"#a"},{"@id":"#a","name":"Ann Quayle"}]}',
    b"By Ann Quayle and Bo Strand, Staff Writers | October 30, 2024 at 10:05 a.m. EDT",
    b"Updated 2 hours ago, 30.10.2024, 30 octobre 2024, Wed, 30 Oct 2024 10:00:00 GMT, 10:30, 1/2/3",
    "\u0661\u0662 \u0623\u0643\u062a\u0648\u0628\u0631 2024 \u5e74 10 \u6708 30 \u65e5 \u0e01".encode(),
    b"Dear reader,\nFrom: a@b.example\nSubject: x\n\n> quoted\n-- \n",
    STORY.encode(),
]
TYPES = ("text/html", "text/html; charset=utf-16", "text/plain", "application/xhtml+xml", None)
BATCH = 100
LIMIT_SECONDS = 10.0


def sample_pages() -> list[bytes]:
    """The pages that mutants are made of, the long ones cut."""
    return [path.read_bytes()[:200_000] for path in sorted(SAMPLES) if path.is_file()]


def mutant(rng: random.Random, samples: list[bytes]) -> bytes:
    """Some cuts, repetitions, insertions and flipped bytes of a page."""
    page = bytearray(rng.choice(samples))
    for _ in range(rng.choice((1, 3, 10, 40))):
        place = rng.randrange(len(page) + 1)
        end = min(len(page), place + int(rng.expovariate(1 / 200)))
        match rng.randrange(7):
            case 0:
                del page[place:end]
            case 1:
                page[place:place] = rng.choice(FRAGMENTS) if rng.random() < 0.9 else rng.randbytes(9)
            case 2:
                page[place:place] = page[place:end] * rng.choice((1, 2, 20))
            case 3:
                page[place:place] = rng.choice(FRAGMENTS) * rng.choice((2, 30, 300))
            case 4 if page:
                page[rng.randrange(len(page))] = rng.randrange(256)
            case 5:
                page[place:end] = rng.choice(samples)[place:end]
            case _ if rng.random() < 0.1:
                del page[place:]
    return bytes(page[:500_000])


class FuzzedPages:
    """A batch of mutants an attempt, through a worker with the memory that ``add`` gives it."""

    def __init__(self, base: Path) -> None:
        self._samples = sample_pages()
        self._worker = TimedWorker()

    def attempt(self, rng: random.Random) -> Counter[str]:
        """A hundred pages."""
        counts: Counter[str] = Counter()
        for _ in range(BATCH):
            counts[self._extract(rng)] += 1
        return counts

    def _extract(self, rng: random.Random) -> str:
        page, url = mutant(rng, self._samples), rng.choice(("https://post.example/2024/10/30/ferry", None))
        seconds, answer = self._worker.ask(page, url, rng.choice(TYPES), rng.choice(("html", "html", "text")))
        assert answer is not None, f"crashed or hung: {page!r}"
        assert seconds < LIMIT_SECONDS, f"{seconds:.1f} s: {page!r}"
        error = str(answer.get("error", ""))
        assert "memory" not in error, f"{error}: {page!r}"
        assert "failed:" not in error, f"{error}: {page!r}"
        return "pages refused" if error else "pages read"

    def close(self) -> None:
        """End the worker."""
        self._worker.close()
