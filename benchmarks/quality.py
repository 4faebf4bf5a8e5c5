"""Score extraction on labelled pages, beside trafilatura in the same run; fail under the floors.

    python benchmarks/quality.py --pages FOLDER... [--write] [--pin] [--limit N] [--save FILE]

Each FOLDER holds ``truth.jsonl`` (one label a line: id, source_set, url, and any of body,
body_optional, expect, reject, title, authors, date_published) and ``pages/ID.html.gz``.
A source that a later folder has as well is told by a number behind its name. Bodies of
sources that the model of article text was trained on are not shown: scores of models that
never saw the site are in docs/model-card.md. The floors in quality_floors.json hold for
the pages of one digest; ``--pin`` sets them a little under what is measured now.
``--write`` puts the tables into docs/quality.md.
Exits with 1 under a floor or on other pages, with 2 where there are no pages.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from measures import Extracted, PageScore, score, summarize

PROJECT = Path(__file__).resolve().parent.parent
FLOORS = PROJECT / "benchmarks" / "quality_floors.json"
REPORT = PROJECT / "docs" / "quality.md"
_BEGIN, _END = "<!-- figures: make quality -->", "<!-- end of figures -->"
_SHARES = ("body_f1", "segment_f1", "title", "author_f1", "day")
_HEADS = ("pages", "body F1", "segment F1", "headline", "author F1", "day", "no text", "crashed")
# Under what was measured by so much: a page or two that change sides are no decline.
_MARGIN = 0.004
# Speed beside trafilatura varies by this from run to run on a busy machine.
_SPEED_MARGIN = 0.8
_MIN_PINNED = 5
# What the model of article text was trained on, as in training/corpus.py: its scores there flatter.
TRAINED = frozenset(("zyte", "fundus", "wcxb", "trafilatura", "mercury"))
_OF_THE_MODEL = frozenset(("body_f1", "segment_f1"))
_MIN_LANGUAGE = 4

Extractor = Callable[[bytes, "str | None"], Extracted]


def newsarchive(payload: bytes, url: str | None) -> Extracted:
    from newsarchive import extract
    from newsarchive.errors import ExtractError

    try:
        article = extract(payload, url=url, content_type="text/html")
    except ExtractError:
        return Extracted(refused=True)
    date = None if article.date_published is None else article.date_published.isoformat()
    return Extracted(article.text, article.headline, article.authors, date)


def trafilatura(payload: bytes, url: str | None) -> Extracted:
    from trafilatura import extract

    found = json.loads(
        extract(payload, url=url, output_format="json", with_metadata=True, include_comments=False) or "{}"
    )
    authors = tuple(name.strip() for name in (found.get("author") or "").split(";") if name.strip())
    return Extracted(found.get("text") or "", found.get("title"), authors, found.get("date"))


EXTRACTORS: Mapping[str, Extractor] = {"newsarchive": newsarchive, "trafilatura": trafilatura}


def labels(folders: Sequence[Path], limit: int | None) -> list[dict[str, Any]]:
    """The labels of all folders, at most ``limit`` of each source; each knows its page."""
    seen: Counter[str] = Counter()
    kept = []
    for number, folder in enumerate(folders, start=1):
        earlier = {source.partition(" ")[0] for source in seen}
        for line in (folder / "truth.jsonl").read_text(encoding="utf-8").splitlines():
            label = json.loads(line)
            if label["source_set"] in earlier:
                label["source_set"] += f" {number}"
            seen[label["source_set"]] += 1
            if limit is None or seen[label["source_set"]] <= limit:
                kept.append(label | {"page": folder / "pages" / f"{label['id']}.html.gz"})
    return kept


def digest(folders: Sequence[Path]) -> str:
    """One SHA-256 over the labels and the pages, by the order of the folders and of their names."""
    whole = hashlib.sha256()
    for folder in folders:
        for path in (folder / "truth.jsonl", *sorted((folder / "pages").glob("*.html.gz"))):
            whole.update(f"{path.name} {hashlib.sha256(path.read_bytes()).hexdigest()}\n".encode())
    return whole.hexdigest()


def run(wanted: Iterable[Mapping[str, Any]]) -> Iterator[tuple[str, PageScore, float]]:
    """Ask each extractor for each page, in turn; yield its name, the score and the CPU seconds."""
    for extractor in EXTRACTORS.values():
        # Once before: no page pays for the loading of libraries.
        extractor(b"<html><body><p>A few words.</p></body></html>", None)
    for label in wanted:
        payload = gzip.decompress(label["page"].read_bytes())
        for name, extractor in EXTRACTORS.items():
            start = time.process_time()
            try:
                found = extractor(payload, label.get("url"))
            except Exception:  # noqa: BLE001 -- a crash is what is counted
                found = Extracted(failed=True)
            seconds = time.process_time() - start
            yield name, score(label, found), seconds


Kind = tuple[str, str]


def groups(pages: Sequence[PageScore], languages: Sequence[str]) -> dict[Kind, list[PageScore]]:
    """The pages by source, by the script and by the language of their label; each group with its kind."""
    found: dict[Kind, list[PageScore]] = defaultdict(list)
    for page in pages:
        found["source", page.source].append(page)
    for page in sorted(pages, key=lambda page: page.script):
        if page.script != "unknown" and (page.has_body_label or page.segments is not None):
            found["script", page.script].append(page)
    for language, page in sorted(zip(languages, pages, strict=True), key=lambda pair: pair[0]):
        if language:
            found["language", language].append(page)
    return {
        kind: members
        for kind, members in found.items()
        if kind[0] != "language" or len(members) >= _MIN_LANGUAGE
    }


def language_of(label: Mapping[str, Any]) -> str:
    """The language of a label's text; empty where it has too little to tell by."""
    from newsarchive.extraction.words.language_detection import detect

    return (
        detect(" ".join((label.get("body") or "", *(label.get("expect") or ()), label.get("title") or "")))
        or ""
    )


def tables(
    scores: Mapping[str, Sequence[PageScore]], rates: Mapping[str, float], languages: Sequence[str]
) -> str:
    parts = []
    both = {name: groups(pages, languages) for name, pages in scores.items()}
    for kind in ("source", "script", "language"):
        lines = [f"| | | {' | '.join(_HEADS)} |", "|---" * (len(_HEADS) + 2) + "|"]
        for group in both["newsarchive"]:
            if group[0] == kind:
                rows = {name: _cells(_shown(found[group])) for name, found in both.items()}
                heads = [group[1], *[""] * (len(rows) - 1)]
                lines += [
                    f"| {head} | {name} | {rows[name]} |" for head, name in zip(heads, rows, strict=True)
                ]
        parts.append(f"### By {kind}\n\n" + "\n".join(lines))
    parts.append("### Speed\n\n" + _speed(rates))
    parts.append("### Errors that remain\n\n" + _errors(scores))
    return "\n\n".join(parts)


def _shown(pages: Sequence[PageScore]) -> dict[str, float]:
    """The measures of pages; of bodies, on the pages that the model never saw."""
    unseen = [page for page in pages if page.source.partition(" ")[0] not in TRAINED]
    measures = {name: value for name, value in summarize(pages).items() if name not in _OF_THE_MODEL}
    of_bodies = (
        {name: value for name, value in summarize(unseen).items() if name in _OF_THE_MODEL} if unseen else {}
    )
    return of_bodies | measures


def _cells(measures: Mapping[str, float]) -> str:
    shares = (f"{measures[name]:.3f}" if name in measures else "" for name in _SHARES)
    return " | ".join(
        (f"{measures['pages']:g}", *shares, f"{measures['empty']:g}", f"{measures['crashed']:g}")
    )


def _speed(rates: Mapping[str, float]) -> str:
    rows = (f"| {name} | {rate:.1f} | {rate / rates['trafilatura']:.2f} |" for name, rate in rates.items())
    return "\n".join(
        ("| all fields, one core | pages a CPU second | ÷ trafilatura |", "|---|---|---|", *rows)
    )


def _errors(scores: Mapping[str, Sequence[PageScore]]) -> str:
    counts = {
        name: Counter(error for page in pages for error in page.errors) for name, pages in scores.items()
    }
    kinds = sorted(set().union(*counts.values()))
    rows = (f"| {kind} | {' | '.join(str(counts[name][kind]) for name in counts)} |" for kind in kinds)
    return "\n".join((f"| pages | {' | '.join(counts)} |", "|---" * (len(counts) + 1) + "|", *rows))


def measured(
    pages: Sequence[PageScore], rates: Mapping[str, float], languages: Sequence[str]
) -> dict[str, float]:
    """What floors are set for, by name: source and measure."""
    found = {"speed ÷ trafilatura": rates["newsarchive"] / rates["trafilatura"]}
    for (kind, group), members in groups(pages, languages).items():
        measures = summarize(members)
        if len(members) >= _MIN_PINNED and kind == "source":
            found |= {f"{group} {name}": measures[name] for name in _SHARES if name in measures}
    return found


def pin(found: Mapping[str, float], corpus: str) -> None:
    floors = {
        name: round(value * _SPEED_MARGIN if name.startswith("speed") else max(0.0, value - _MARGIN), 3)
        for name, value in found.items()
    }
    FLOORS.write_text(json.dumps({"corpus": corpus, "floors": floors}, indent=2, ensure_ascii=False) + "\n")


def faults(found: Mapping[str, float], crashed: int, *, corpus: str, pinned: Mapping[str, Any]) -> list[str]:
    """What is under its floor."""
    if pinned["corpus"] != corpus:
        return [
            f"these are other pages (sha256 {corpus[:16]}…) than the floors are set for: --pin sets them anew"
        ]
    low = [
        f"{name}: {found.get(name, 0.0):.3f} is under its floor, {floor:.3f}"
        for name, floor in pinned["floors"].items()
        if found.get(name, 0.0) < floor
    ]
    return low + ([f"{crashed} pages crashed"] if crashed else [])


def write(text: str) -> None:
    before, _, rest = REPORT.read_text(encoding="utf-8").partition(_BEGIN)
    _, _, after = rest.partition(_END)
    REPORT.write_text(f"{before}{_BEGIN}\n\n{text}\n\n{_END}{after}", encoding="utf-8")


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--pages", type=Path, nargs="+", required=True, metavar="FOLDER")
    parser.add_argument("--write", action="store_true", help="put the tables into docs/quality.md")
    parser.add_argument("--pin", action="store_true", help="set the floors a little under what is measured")
    parser.add_argument("--limit", type=int, metavar="N", help="pages of each source; checks no floor")
    parser.add_argument("--save", type=Path, metavar="FILE", help="the scores of each page, as JSON lines")
    options = parser.parse_args()
    if missing := [folder for folder in options.pages if not (folder / "truth.jsonl").is_file()]:
        print(
            f"there are no labelled pages in {missing[0]} (no truth.jsonl): make quality PAGES=FOLDER",
            file=sys.stderr,
        )
        return 2
    wanted = labels(options.pages, options.limit)
    scores: dict[str, list[PageScore]] = {name: [] for name in EXTRACTORS}
    seconds: Counter[str] = Counter()
    for name, page, spent in run(wanted):
        scores[name].append(page)
        seconds[name] += spent  # type: ignore[assignment]
    rates = {name: len(wanted) / spent for name, spent in seconds.items()}
    languages = [language_of(label) for label in wanted]
    text = tables(scores, rates, languages)
    print(text)
    if options.save:
        save(options.save, wanted, scores)
    if options.limit is not None:
        return 0
    return conclude(text, measured(scores["newsarchive"], rates, languages), scores["newsarchive"], options)


def save(path: Path, wanted: Sequence[Mapping[str, Any]], scores: Mapping[str, Sequence[PageScore]]) -> None:
    with path.open("w", encoding="utf-8") as file:
        for name, pages in scores.items():
            for label, page in zip(wanted, pages, strict=True):
                file.write(json.dumps({"extractor": name, "id": label["id"], **asdict(page)}) + "\n")


def conclude(
    text: str, found: Mapping[str, float], pages: Sequence[PageScore], options: argparse.Namespace
) -> int:
    """Write and pin what is asked for, then tell what is under its floor."""
    corpus = digest(options.pages)
    if options.write:
        write(f"{len(pages):,} pages, sha256 {corpus}.\n\n{text}")
    if options.pin:
        pin(found, corpus)
    pinned = json.loads(FLOORS.read_text(encoding="utf-8"))
    wrong = faults(found, sum(page.failed for page in pages), corpus=corpus, pinned=pinned)
    print("\n" + ("\n".join(wrong) or "every measure is above its floor"))
    return 1 if wrong else 0


if __name__ == "__main__":
    raise SystemExit(main())
