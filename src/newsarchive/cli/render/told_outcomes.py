"""What a run that archives tells: failures at once, a summary in the end, or JSON."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from newsarchive.base.file_suffixes import suffix
from newsarchive.cli.failures import failure_line
from newsarchive.cli.render.progress_bar import Reporter
from newsarchive.cli.render.terminal import say, say_done
from newsarchive.cli.render.terminal_text import clean, to_json
from newsarchive.cli.session import hint, note

if TYPE_CHECKING:
    from newsarchive.pipeline.outcomes import Failed, Listed, NotRead, Outcome

_SHOWN = {
    "error page": "an error page",
    "paywall": "a paywall",
    "consent wall": "a consent wall",
    "another story": "another story",
    "front page": "a front page",
}
_NAMES = ("added", "revised", "updated", "unchanged", "failed")
_SUFFIXES_SHOWN = 4
_DEAD_SHOWN = 50
_SEARCH = {"added": "search them with: newsarchive search WORDS"}


class Told:
    """Follows a run. ``keep``: one JSON document in the end; ``stream``: a line an outcome, at once."""

    def __init__(self, report: Reporter, *, keep: bool, stream: bool) -> None:
        self.counts: Counter[str] = Counter()
        self._report = report
        self._keep = keep
        self._stream = stream
        self._kept: list[dict[str, object]] = []
        self._others: list[NotRead] = []
        self._listed: list[Listed] = []
        self._dead: list[Failed] = []

    def follow(self, outcomes: Iterable[Outcome]) -> None:
        """Tell each outcome that somebody wants to know of."""
        for outcome in outcomes:
            self.counts[outcome.name] += getattr(outcome, "number", 1)
            if self._keep:
                self._kept.append(outcome.to_dict())
            if self._stream:
                say(to_json(outcome.to_dict()))
                # At once: whoever reads it may count on it being durable.
                sys.stdout.flush()
            self._tell(outcome)

    def _tell(self, outcome: Outcome) -> None:
        from newsarchive.pipeline.outcomes import Failed, Foreseen, NotRead, Unchanged

        match outcome:
            case Failed():
                self._report.say(failure_line(outcome.source, outcome.error))
                if outcome.is_dead_link:
                    self._dead.append(outcome)
            case Unchanged() if outcome.remark is not None:
                self._report.say(clean(f"kept as a capture: {outcome.source} shows {_SHOWN[outcome.remark]}"))
            case NotRead():
                self._others.append(outcome)
            case Foreseen() if not self._keep and not self._stream:
                what = f"{outcome.date_published or 'undated'}, {outcome.headline or 'no headline'}"
                say(clean(f"{outcome.source}: {what}"))
        for what in getattr(outcome, "left_out", ()):
            self._report.say(f"note: {outcome.source}: {what}")

    def others(self, *, verbose: bool) -> None:
        """Say how many files of what kinds were passed over, or name each."""
        if verbose:
            for item in self._others:
                note(_named(item))
        elif self._others:
            kinds: Counter[str] = Counter()
            for item in self._others:
                kind = item.kind if item.number > 1 else suffix(item.source) or "without suffix"
                kinds[kind] += item.number
            most = kinds.most_common()
            named = ", ".join(f"{number:,} {kind}" for kind, number in most[:_SUFFIXES_SHOWN])
            more = " …" if len(most) > _SUFFIXES_SHOWN else ""
            note(f"{kinds.total():,} not read: {named}{more}; --verbose")

    def dead(self, *, to: Path | None, is_list: bool) -> None:
        """Name the addresses of a list that could not be fetched, and write them to a file."""
        lines = [f"{each.source}\t{_status(each)}\t{clean(each.error.message)}\n" for each in self._dead]
        if to is not None:
            to.write_text("".join(lines), encoding="utf-8")
        if not is_list or not self._dead:
            return
        note(f"{len(self._dead):,} addresses could not be fetched:")
        for each in self._dead[:_DEAD_SHOWN]:
            sys.stderr.write(clean(f"  {_status(each):>9}  {each.source}") + "\n")
        if len(self._dead) > _DEAD_SHOWN:
            sys.stderr.write(f"  and {len(self._dead) - _DEAD_SHOWN:,} more: --dead FILE has all\n")

    def summary(self, *, is_dry: bool = False, next_steps: Mapping[str, str] = _SEARCH) -> None:
        """Say how many had which outcome, and what to do next where there are some of a name."""
        names = ["foreseen", "failed"] if is_dry else list(_NAMES)
        names += ["listed"] if self.counts["listed"] else []
        text = ", ".join(f"{self.counts[name]:,} {name}" for name in names)
        if self._keep:
            shown = (*_NAMES, "not_read", "listed", *(["foreseen"] if is_dry else []))
            numbers = {name: self.counts[name] for name in shown}
            say(to_json({"format": 1, **numbers, "outcomes": self._kept}, indent=2))
        elif self._stream:
            sys.stderr.write(f"{text}\n")
        else:
            say_done(text)
            for name, step in next_steps.items():
                if self.counts[name]:
                    hint(step)


def _status(failed: Failed) -> str:
    return "no answer" if failed.status is None else str(failed.status)


def _named(item: NotRead) -> str:
    times = f"{item.number:,} × " if item.number > 1 else ""
    return f"not read: {item.source}: {times}{item.kind}"
