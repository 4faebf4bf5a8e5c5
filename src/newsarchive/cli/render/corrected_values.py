"""What users corrected by hand, in a terminal."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from newsarchive.cli.render.hits import headline
from newsarchive.cli.render.terminal import line_width, say, styled
from newsarchive.cli.render.terminal_text import clean, wrap

if TYPE_CHECKING:
    from newsarchive.model import Article
    from newsarchive.store.reading.corrections import Correction

_WIDEST = 88


def show_corrections(article: Article, corrections: Sequence[Correction]) -> None:
    """Print an article's headline, and each correction with its reason."""
    say(styled(headline(article), "bold"))
    for each in corrections:
        line = f"{each.field}: {_shown(each.value)} ({each.because}, {each.made_at:%Y-%m-%d})"
        for part in wrap(clean(line), line_width(_WIDEST) - 2):
            say(f"  {part}")
    if not corrections:
        say("  nothing is corrected by hand")


def _shown(value: Any) -> str:
    if value is None or value == []:
        return "not stated"
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "; ".join(value) if isinstance(value, list) else str(value)
