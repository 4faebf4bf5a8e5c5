"""A comparison of two states as one page of HTML that needs nothing else: to send, keep and print. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from html import escape

from newsarchive.answers.versions.article_diff import ArticleDiff, FieldDiff, ParagraphDiff
from newsarchive.model import Article
from newsarchive.search.text.paragraph_alignment import ParagraphKind
from newsarchive.search.text.word_diff import Piece, PieceKind

_STYLE = """
:root { color-scheme: light dark; --text: #1b1b1b; --paper: #fff; --dim: #5f5f5f; --line: #d5d5d5;
  --added: #0a5c2b; --added-paper: #dcf5e3; --removed: #8c1d18; --removed-paper: #fbe4e2; --moved: #f3ecd2; }
@media (prefers-color-scheme: dark) { :root { --text: #e8e8e8; --paper: #161616; --dim: #a8a8a8;
  --line: #3d3d3d; --added: #9be3b4; --added-paper: #12351f; --removed: #ffb4ab; --removed-paper: #43201d;
  --moved: #35301b; } }
body { margin: 0 auto; padding: 2rem 1rem 4rem; max-width: 42rem;
  color: var(--text); background: var(--paper);
  font: 1.06rem/1.6 Georgia, "Noto Serif", serif; overflow-wrap: anywhere; }
h1 { font-size: 1.5rem; line-height: 1.25; margin: 0 0 .5rem; }
.about, .fields, .kind { color: var(--dim); font: .87rem/1.5 system-ui, sans-serif; }
.about { border-bottom: 1px solid var(--line); padding-bottom: 1rem; margin-bottom: 1.5rem; }
.kind { display: block; font-size: .8rem; }
.moved { background: var(--moved); padding: .25rem .75rem; }
ins { color: var(--added); background: var(--added-paper); text-decoration: underline; }
del { color: var(--removed); background: var(--removed-paper); text-decoration: line-through; }
dt { font-weight: 600; } dd { margin: 0 0 .5rem; }
@media print { body { max-width: none; padding: 0; font-size: 10.5pt; } }
"""
_POLICY = "default-src 'none'; style-src 'unsafe-inline'"
_LABELS = {
    "headline": "Headline",
    "description": "Description",
    "date_published": "Published",
    "date_modified": "Modified",
}
_KINDS = {
    ParagraphKind.MOVED: "moved; it was paragraph {before}",
    ParagraphKind.ADDED: "added",
    ParagraphKind.REMOVED: "removed",
}


def diff_page(diff: ArticleDiff, article: Article) -> str:
    """The page. What comes from strangers is escaped; nothing is loaded, nothing runs."""
    title = escape(article.headline or "(no headline)")
    language = escape(article.language or "")
    body = "\n".join((*_about(diff, article), *_fields(diff.fields), *map(_paragraph, diff.paragraphs)))
    return (
        f'<!doctype html>\n<html lang="{language}">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">\n'
        f"<title>What changed: {title}</title>\n<style>{_STYLE}</style>\n</head>\n"
        f'<body dir="auto">\n<h1 dir="auto">{title}</h1>\n{body}\n</body>\n</html>\n'
    )


def _about(diff: ArticleDiff, article: Article) -> Iterable[str]:
    yield '<div class="about" lang="en" dir="ltr">'
    yield f"<p>{escape(article.publisher or 'publisher not stated')}"
    if article.url:
        yield f"<br>{escape(article.url)}"
    yield (
        f"<p>Revision {diff.before}, captured {_moment(diff.before_at)}, "
        f"against revision {diff.after}, captured {_moment(diff.after_at)}.<br>"
        f"<ins>{diff.words_added:,} words added</ins>, <del>{diff.words_removed:,} words removed</del>."
    )
    yield "</div>"


def _fields(fields: Iterable[FieldDiff]) -> Iterable[str]:
    rows = [
        f'<dt lang="en">{_LABELS.get(each.field, escape(each.field))}<dd dir="auto">{_words(each.pieces)}'
        for each in fields
    ]
    return ['<dl class="fields">', *rows, "</dl>"] if rows else []


def _paragraph(paragraph: ParagraphDiff) -> str:
    label = _KINDS.get(paragraph.kind, "").format(before=paragraph.before)
    remark = f'<span class="kind" lang="en" dir="ltr">{label}</span>' if label else ""
    name = f' class="{paragraph.kind.value}"'
    return f'<p dir="auto"{name}>{remark}{_words(paragraph.pieces)}</p>'


def _words(pieces: Iterable[Piece]) -> str:
    tags = {PieceKind.ADDED: "ins", PieceKind.REMOVED: "del"}
    return "".join(
        f"<{tags[piece.kind]}>{escape(piece.text)}</{tags[piece.kind]}>"
        if piece.kind in tags
        else escape(piece.text)
        for piece in pieces
    )


def _moment(moment: datetime) -> str:
    return f'<time datetime="{moment.isoformat()}">{moment:%Y-%m-%d %H:%M} UTC</time>'
