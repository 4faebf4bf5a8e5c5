"""The page of a bag that tells people what is in it, and what it proves."""

from __future__ import annotations

from newsarchive.export.clean_text import one_line, xml
from newsarchive.export.export_source import ExportSource
from newsarchive.export.reading.html_parts import STYLE, method, page_head

_BODY = """<main>
<h1>Captures of {count:,} articles</h1>
<p class="method">{method}</p>
<h2>What is in this bag</h2>
<ul>
<li><code>captures/</code> holds every page as its bytes were received, and
<code>captures.csv</code> says where each came from, when, and its SHA-256 digest.</li>
<li><code>captures.warc.gz</code> holds the same with the answers of the servers where they were
asked, in the form that libraries keep web pages in (ISO 28500).</li>
<li><code>texts/</code> holds the text that was extracted from each page;
<code>articles.jsonl</code> holds headline, date, authors and all other values, each with the place
on the page that it was read from, and how far it may be trusted.</li>
<li><code>search.json</code> says what was asked, of which archive in which state, and with which
versions of the programs.</li>
</ul>
<h2>What it proves</h2>
<p><strong>Integrity since capture.</strong> Each file has its digests in
<code>manifest-sha256.txt</code> and <code>manifest-sha512.txt</code>. Whoever has received one of
these lists, or its digest, by another way (in a letter, a signed message or a court's file) can
tell whether any file has been changed, added or removed since.</p>
<h2>What it does not prove</h2>
<p><strong>Authenticity.</strong> The bag can't prove that a page came from the address or the
publisher that it names, nor that the time of a capture is right: both were written down by the
computer that made the archive. It does not prove that what a page says is true, or that the archive
holds everything that was published. Dates that are marked as of low confidence are guesses.</p>
<h2>How to check it</h2>
<p>With newsarchive: <code>newsarchive verify FOLDER</code>. With any other program for BagIt (RFC
8493), such as <code>bagit.py --validate FOLDER</code>; or by hand: <code>sha256sum -c
manifest-sha256.txt</code> in the folder of this bag. None of them needs a network.</p>
</main>
</body>
</html>
"""


def bag_page(source: ExportSource, count: int) -> str:
    """The page for people."""
    title = f"Evidence: {one_line(source.search.query) or 'all articles'}"
    head = page_head(title, style=f"<style>{STYLE}</style>\n")
    return (
        head
        + f'<p class="about" dir="auto">{xml(title)}</p>\n'
        + _BODY.format(count=count, method=method(source))
    )
