"""One article to read, and where its words come from."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from newsarchive.base.dates import utc_text
from newsarchive.cli.render.hits import headline
from newsarchive.cli.render.marks import mark_lines, show_written
from newsarchive.cli.render.terminal import line_width, say, styled
from newsarchive.cli.render.terminal_text import clean, wrap

if TYPE_CHECKING:
    from newsarchive.answers.versions.provenance import Provenance
    from newsarchive.model import Article
    from newsarchive.store.marks.mark_values import MarksOfArticle
    from newsarchive.store.reading.captures import StoredCapture
    from newsarchive.store.reading.revisions import Revision

# A comfortable line of prose.
_WIDEST = 88
_WHY_GUESSED = {
    "masthead": "the day the page was shown or saved",
    "url": "read off the address",
    "text": "found in the text",
}


def show_article(article: Article, marks: MarksOfArticle) -> None:
    """Print an article for reading."""
    columns = line_width(_WIDEST)
    for line in wrap(headline(article), columns):
        say(styled(line, "bold"))
    for line in (*_facts(article), *mark_lines(marks)):
        for part in wrap(clean(line), columns):
            say(styled(part, "dim"))
    _say_paragraphs([article.description or "", *article.text.split("\n")], columns)
    show_written(marks)


def _say_paragraphs(paragraphs: Iterable[str], columns: int) -> None:
    for paragraph in filter(None, (clean(paragraph).strip() for paragraph in paragraphs)):
        say()
        for line in wrap(paragraph, columns):
            say(line)


def show_evidence(article: Article, values: Sequence[Provenance], captures: Sequence[StoredCapture]) -> None:
    """Print where each value was found, and the captures behind the article, nothing cut."""
    say(styled(headline(article), "bold"))
    for each in values:
        evidence = each.evidence
        say()
        say(styled(f"{evidence.field}  {evidence.source.value}, {evidence.confidence.value}", "cyan"))
        _say_indented(evidence.value or "(not stated)")
        if evidence.raw and evidence.raw != evidence.value:
            _say_indented(f"from: {evidence.raw}")
        if each.capture is not None:
            _say_indented(f"in: capture {each.capture.id}")
        if each.correction is not None:
            _say_indented(f"because: {each.correction.because} ({utc_text(each.correction.made_at)})")
    for capture in captures:
        say()
        _show_capture(capture)


def _show_capture(capture: StoredCapture) -> None:
    kind = f"  {clean(capture.content_type)}" if capture.content_type else ""
    when = utc_text(capture.captured_at)
    say(styled(f"capture {capture.id}  {when}{kind}  {capture.length:,} bytes", "cyan"))
    say(f"  sha256 {capture.sha256}")
    say(f"  in     snapshots/{capture.snapshot}, {capture.record_length:,} bytes at {capture.record_offset}")
    say(f"  from   {clean(capture.url or capture.source)}")
    if capture.extractor is not None:
        say(f"  read   by version {capture.extractor} of extraction")
    if capture.remark:
        say(f"  shows  {capture.remark}")
    if capture.error:
        _say_indented(f"error: {capture.error}")


def _say_indented(text: str) -> None:
    for line in wrap(clean(text), line_width(_WIDEST) - 2):
        say(f"  {line}")


def show_revision(article: Article, revision: Revision) -> None:
    """Print one state of an article for reading."""
    columns = line_width(_WIDEST)
    for line in wrap(clean(revision.headline or "") or "(no headline)", columns):
        say(styled(line, "bold"))
    again = ", by a later extraction" if revision.is_reextracted else ""
    captured = f"{revision.captured_at:%Y-%m-%d %H:%M} UTC"
    facts = [f"revision {revision.number} of #{article.id}, captured {captured}{again}"]
    if revision.date_published is not None:
        facts.append(f"published {revision.date_published.isoformat()}")
    for fact in (*facts, article.url):
        for line in wrap(clean(fact or ""), columns):
            say(styled(line, "dim"))
    _say_paragraphs([revision.description or "", *revision.text.split("\n")], columns)


def published(article: Article) -> str:
    """The date of publication in words; a guess is marked, with its reason."""
    if article.date_published is None:
        return "undated"
    if not article.date_is_guess:
        return article.date_published.isoformat()
    sources = [each.source.value for each in article.evidence if each.field == "date_published"]
    reason = next((_WHY_GUESSED[source] for source in sources if source in _WHY_GUESSED), "weak evidence")
    return f"~{article.date_published.isoformat()} (a guess: {reason})"


def _facts(article: Article) -> Iterable[str]:
    if article.authors:
        yield f"By {', '.join(article.authors)}"
    place = " · ".join(filter(None, (article.publisher, article.section)))
    yield f"{published(article)} · {place}" if place else published(article)
    if article.is_accessible_for_free is False:
        yield "behind a paywall: the text may be incomplete"
    if article.url:
        yield article.url
