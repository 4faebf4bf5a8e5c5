"""Search results as a list that is quick to scan."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from newsarchive.cli.render.bars import first_bars
from newsarchive.cli.render.terminal import line_width, say, styled
from newsarchive.cli.render.terminal_text import MATCH_OFF, MATCH_ON, cells, clean, cut, wrap

if TYPE_CHECKING:
    from newsarchive.answers.results import AlsoIn, Hit, Results
    from newsarchive.model import Article
    from newsarchive.search.text.snippets import Snippet

# Lines longer than this are hard to read.
_WIDEST = 100
_INDENT = "  "
_MOST_LINES = 5
_MOST_NAMES = 5
_MOST_OF_HEADLINE = 3
# Rows of a facet: a list of names is read from its top, one of periods as a whole.
_MOST_VALUES, _MOST_PERIODS = 20, 120
_PERIODS = ("year", "month", "day")


def show_results(results: Results, *, offset: int, group: str | None = None) -> None:
    """Print hits, in groups where asked for, the partial ones below a line that says so; facets; how many."""
    full = [hit for hit in results if not hit.partial]
    for label, hits in _groups(full, group).items():
        if label:
            say(styled(f"{label} ({len(hits):,} of those shown)", "bold"))
        for hit in hits:
            show_hit(hit)
    if len(full) < len(results):
        others = "No more articles hold" if results.total else "No article holds"
        say(styled(f"{others} all of the words. With some of them:\n", "bold"))
        for hit in results.hits[len(full) :]:
            show_hit(hit)
    for name, counts in results.facets.items():
        say(styled(name, "bold"))
        most = _MOST_PERIODS if name in _PERIODS else _MOST_VALUES
        for line in first_bars(counts, shown=most, indent=_INDENT, more="; all of them: --json"):
            say(line)
        say()
    if results.total:
        say(styled(footer(len(full), results.total, offset=offset), "dim"))


def footer(shown: int, total: int, *, offset: int) -> str:
    """How many of the matches are shown, and how to see more."""
    if not shown and total:
        return f"{total:,} {'match' if total == 1 else 'matches'}, none from --offset {offset:,} on"
    text = f"{shown:,} of {total:,} {'match' if total == 1 else 'matches'}"
    following = offset + shown
    if shown and following < total:
        return f"{text}; the next: --offset {following}, more at once: --limit {min(total, 10 * shown)}"
    return text


def day(article: Article) -> str:
    """The day of publication; a guess is marked ``~``."""
    if article.date_published is None:
        return "undated"
    return f"{'~' if article.date_is_guess else ''}{article.date_published.isoformat()[:10]}"


def headline(article: Article) -> str:
    """The headline, or what stands in its place."""
    return clean(article.headline or "") or "(no headline)"


def _groups(hits: Sequence[Hit], group: str | None) -> Mapping[str, Sequence[Hit]]:
    """The hits by publisher or day, each group where its first hit stands."""
    if group is None:
        return {"": hits}
    groups: dict[str, list[Hit]] = {}
    for hit in hits:
        label = day(hit.article) if group == "day" else clean(hit.article.publisher or "(not stated)")
        groups.setdefault(label, []).append(hit)
    return groups


def show_hit_heads(hits: Iterable[Hit]) -> None:
    """One line a hit: number, day, publisher, headline."""
    for hit in hits:
        article = hit.article
        publisher = f"  {clean(article.publisher)}" if article.publisher else ""
        line = f"{_INDENT}#{article.id}  {day(article)}{publisher}  {headline(article)}"
        say(cut(line, line_width(_WIDEST)))


def say_paragraph(text: str) -> None:
    """Prose, in lines of a comfortable width."""
    for line in wrap(text, line_width(_WIDEST)):
        say(line)


def show_hit(hit: Hit, *, remark: str = "") -> None:
    """A hit in full: headline, snippet, address; ``remark`` stands behind its number, day and publisher."""
    article, columns = hit.article, line_width(_WIDEST)
    room = columns - len(_INDENT)
    head = f"#{article.id}  {day(article)}"
    if article.publisher:
        head += f"  {clean(article.publisher)}"
    say(styled(cut(f"{head}  {remark}".rstrip(), columns), "cyan"))
    for line in _lines(hit.headline, room, _MOST_OF_HEADLINE, "bold") or [styled(headline(article), "bold")]:
        say(_INDENT + line)
    # Snippets have one length in characters; a narrow terminal, or wide letters, would give them many lines.
    for line in _lines(hit.snippet, room, _MOST_LINES):
        say(_INDENT + line)
    if article.url:
        # Whole, however narrow the terminal: it is there to be copied.
        say(_INDENT + styled(clean(article.url), "dim"))
    if hit.also:
        for line in wrap(clean(_also(hit.also)), room):
            say(_INDENT + styled(line, "dim"))
    say()


def _also(copies: Sequence[AlsoIn]) -> str:
    """Who else ran a story, each publisher once."""
    names = list(dict.fromkeys(each.publisher or f"#{each.id}" for each in copies))
    rest = f" and {len(names) - _MOST_NAMES:,} more" if len(names) > _MOST_NAMES else ""
    count = f"{len(copies):,} {'copy' if len(copies) == 1 else 'copies'}"
    return f"also in {', '.join(names[:_MOST_NAMES])}{rest} ({count})"


def _lines(snippet: Snippet, room: int, most: int, style: str | None = None) -> list[str]:
    """A snippet in lines, the ``most`` around its first match where there are more."""
    wrapped = wrap(_marked(snippet), room)
    first_match = next((number for number, line in enumerate(wrapped) if MATCH_ON in line), 0)
    # The line before a match is its context.
    start = max(0, min(first_match - 1, len(wrapped) - most)) if first_match >= most else 0
    if start and cells(wrapped[start]) < room:
        wrapped[start] = f"…{wrapped[start]}"
    return _styled_matches(wrapped, style)[start : start + most]


def _marked(snippet: Snippet) -> str:
    """The cleaned text, each word of a match between two marks."""
    parts, at = [], 0
    for start, end in snippet.marks:
        match = f"{MATCH_OFF} {MATCH_ON}".join(clean(snippet.text[start:end]).split(" "))
        parts += [clean(snippet.text[at:start]), MATCH_ON, match, MATCH_OFF]
        at = end
    return "".join([*parts, clean(snippet.text[at:])])


def _styled_matches(lines: list[str], style: str | None) -> list[str]:
    """Marks as colour, the rest in a style; a match that a line break has cut goes on in the next line."""
    styled_lines, is_open = [], False
    for line in lines:
        pieces = line.replace(MATCH_OFF, MATCH_ON).split(MATCH_ON)
        text = "".join(
            styled(piece, "match") if is_open ^ bool(number % 2) else styled(piece, style) if style else piece
            for number, piece in enumerate(pieces)
        )
        is_open ^= not len(pieces) % 2
        styled_lines.append(text)
    return styled_lines
