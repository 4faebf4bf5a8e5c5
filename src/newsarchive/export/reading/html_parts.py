"""What HTML exports share: an article as HTML, and how it looks on screens and on paper."""

from __future__ import annotations

import re

from newsarchive.base.dates import utc_text
from newsarchive.export.clean_text import one_line, paragraphs_html, xml
from newsarchive.export.export_source import ExportSource
from newsarchive.export.feeds.feed_items import link
from newsarchive.model import Article

# Nothing is fetched, run or sent, whatever a page of a stranger held.
POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")

STYLE = """
:root { color-scheme: light dark; --ink: #1c1b19; --faint: #66625c; --paper: #fdfcf9; --line: #d9d5cc;
  --accent: #1d5f8a; }
@media (prefers-color-scheme: dark) {
  :root { --ink: #e7e4dd; --faint: #a39e94; --paper: #191a1c; --line: #3b3c3f; --accent: #8cc3ea; } }
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; }
body { margin: 0 auto; max-width: 44rem; padding: 1.5rem 1rem 4rem; color: var(--ink);
  background: var(--paper); font: 1.0625rem/1.6 Charter, Georgia, "Noto Serif", serif; }
h1, h2, h3 { line-height: 1.25; text-wrap: balance; overflow-wrap: anywhere; }
h1 { font-size: 1.9rem; } h2 { font-size: 1.45rem; } h3 { font-size: 1.15rem; }
p { margin: 0 0 .9em; overflow-wrap: anywhere; }
a { color: var(--accent); text-underline-offset: .15em; overflow-wrap: anywhere; }
.about, nav, footer, .method, label, input, th, td { font-family: system-ui, "Noto Sans", sans-serif; }
.about, footer, .method { color: var(--faint); font-size: .875rem; line-height: 1.45; }
.lead { font-size: 1.15rem; color: var(--faint); }
.guess { font-style: italic; }
time { white-space: nowrap; }
article { border-top: 1px solid var(--line); margin-top: 3rem; padding-top: 1rem; }
article:first-of-type { border-top: 0; }
article footer { border-top: 1px dotted var(--line); margin-top: 1.5rem; padding-top: .5rem;
  overflow-wrap: anywhere; }
ul.list, ol.list { list-style: none; padding: 0; }
.list li { padding: .35rem 0; border-bottom: 1px solid var(--line); overflow-wrap: anywhere; }
@media print {
  :root { --ink: #000; --faint: #333; --paper: #fff; --line: #999; --accent: #000; }
  body { max-width: none; padding: 0; font-size: 10.5pt; }
  h1, h2, h3 { break-after: avoid; }
  p { orphans: 3; widows: 3; }
  article { break-before: page; border-top: 0; margin-top: 0; }
  .screen { display: none; }
}
"""
# Apart, as e-readers have pages of their own.
PAGE_STYLE = "@page { margin: 2cm; @bottom-center { content: counter(page); font: 9pt sans-serif; } }\n"


def page_head(title: str, *, style: str, policy: str = POLICY) -> str:
    """The beginning of a page of HTML; ``style`` is the element that holds or names its style."""
    return (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f'<meta name="referrer" content="no-referrer">\n<title>{xml(title)}</title>\n{style}</head>\n<body>\n'
    )


def article_html(source: ExportSource, article: Article, *, heading: str = "h2") -> str:
    """An article with what is known of it, its text, and where it was archived. Well-formed as XML, too."""
    title = xml(one_line(article.headline) or "(no headline)")
    lead = f'<p class="lead">{xml(one_line(article.description))}</p>\n' if article.description else ""
    return (
        f'<article id="a{article.id}" dir="auto"{language_attribute(article)}>\n'
        f'<{heading} dir="auto">{title}</{heading}>\n'
        f'<p class="about">{about(article)}</p>\n{lead}'
        f"{_text(article)}\n<footer>{_provenance(source, article)}</footer>\n</article>\n"
    )


def language_attribute(article: Article) -> str:
    """``lang`` where a page states a language that is one, so that browsers hyphenate and speak it."""
    language = article.language or ""
    return f' lang="{language}"' if _LANGUAGE.fullmatch(language) else ""


def about(article: Article) -> str:
    """Authors, publisher, section and date on a line."""
    parts = [", ".join(article.authors), article.publisher, article.section]
    return " · ".join([*(xml(one_line(part)) for part in parts if one_line(part)), date_html(article)])


def date_html(article: Article) -> str:
    """The date as precise as known; a guess is called one."""
    if article.date_published is None:
        return '<span class="guess">no date stated</span>'
    date = str(article.date_published)
    shown = f'<time datetime="{date}">{date.replace("T", " ")}</time>'
    return (
        f'<span class="guess" title="not stated by the page">{shown} (a guess)</span>'
        if article.date_is_guess
        else shown
    )


def method(source: ExportSource) -> str:
    """What was asked, of which archive, when: enough to do it again."""
    search = source.search
    matching = f" that match <q>{xml(one_line(search.query))}</q>" if search.query else ""
    return (
        f"{search.total:,} articles{matching} in the archive {xml(one_line(search.archive))} "
        f"({search.uuid}, change {search.last_change}), exported {utc_text(search.exported_at)} "
        f"by newsarchive {xml(search.version)}."
    )


def _text(article: Article) -> str:
    # The text of a page is at most as wide as its screen, whatever it holds.
    return paragraphs_html(article.text).replace("<p>", '<p dir="auto">')


def _provenance(source: ExportSource, article: Article) -> str:
    captures, address = source.captures(article.id or 0), link(article)
    parts = [f'<a href="{xml(address)}" rel="noreferrer">{xml(address)}</a>' if address else ""]
    if captures:
        day = utc_text(captures[-1].captured_at)[:10]
        parts.append(f"archived {day}, SHA-256 {captures[-1].sha256}")
    return "<br/>".join([*filter(None, parts), f"article {article.id}"])
