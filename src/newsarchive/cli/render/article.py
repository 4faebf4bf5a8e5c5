"""One article to read, and where its words come from."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from newsarchive.cli.render.hits import headline
from newsarchive.cli.render.terminal import has_color, is_terminal, say, styled, width
from newsarchive.cli.render.terminal_text import clean, wrap

if TYPE_CHECKING:
    from newsarchive.model import Article, Evidence
    from newsarchive.store.reading.captures import StoredCapture

# A comfortable line of prose.
_WIDEST = 88
# Evidence that is piped to a file has room for its longest cell.
_PIPED_WIDTH = 160
_WHY_GUESSED = {
    "masthead": "the day the page was shown or saved",
    "url": "read off the address",
    "text": "found in the text",
}


def show_article(article: Article) -> None:
    """Print an article for reading."""
    columns = min(width(), _WIDEST)
    for line in wrap(headline(article), columns):
        say(styled(line, "bold"))
    for line in _facts(article):
        for part in wrap(clean(line), columns):
            say(styled(part, "dim"))
    paragraphs = [article.description or "", *article.text.split("\n")]
    for paragraph in filter(None, (clean(paragraph).strip() for paragraph in paragraphs)):
        say()
        for line in wrap(paragraph, columns):
            say(line)


def show_evidence(article: Article, captures: Sequence[StoredCapture]) -> None:
    """Print where each value was found, and the captures behind the article."""
    say(styled(headline(article), "bold"))
    _table("field value source raw confidence".split(), (_evidence_row(each) for each in article.evidence))
    _table(
        "capture captured type bytes sha256 source".split(),
        (
            [
                str(capture.id),
                capture.captured_at,
                capture.content_type or "",
                f"{capture.length:,}",
                capture.sha256[:16],
                capture.url or capture.source,
            ]
            for capture in captures
        ),
    )


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


def _evidence_row(evidence: Evidence) -> list[str]:
    return [evidence.field, evidence.value, evidence.source.value, evidence.raw, evidence.confidence.value]


def _table(names: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    from rich.box import SIMPLE_HEAD
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(*names, box=SIMPLE_HEAD, pad_edge=False)
    for column in table.columns:
        column.overflow = "fold"
    for row in rows:
        table.add_row(*(Text(clean(cell)[:300]) for cell in row))
    columns = width() if is_terminal() else _PIPED_WIDTH
    Console(width=columns, no_color=not has_color(), highlight=False).print(table)
