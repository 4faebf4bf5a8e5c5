"""Train the model of article text: ``make train PAGES="FOLDER …"``.

Writes the model of all pages that may be learned from into the package. Prints
the scores of models that never saw the scored page's site and, on demand, of
models that never saw its label set, each page run through the whole extraction;
then those of the blocks alone with the pages' letters exchanged for those of
other scripts.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from corpus import TRAINED, LabelledPage, digest, read_corpus
from fit import SEED, Sample, fit
from labels import Labels, label
from measures import Extracted, score
from newsarchive.errors import ExtractError
from newsarchive.extraction.blocks.block_features import Features, features_of
from newsarchive.extraction.blocks.block_model import Model, write
from newsarchive.extraction.blocks.block_walk import walk
from newsarchive.extraction.blocks.body import ask_trafilatura
from newsarchive.extraction.blocks.stated_text import Known
from newsarchive.extraction.formats.html import extract_page
from newsarchive.extraction.page.parsed_page import parse
from report import Scored, table
from scripts import SCRIPTS, in_script

FOLDS = 5
_EXCHANGED_EVERY, _EXCHANGED_WEIGHT = 2, 0.3
# Both chosen on scores across sites: decision 0010.
KEEP, TRUST = 0.5, 0.85
PACKAGE = Path(__file__).resolve().parent.parent / "src/newsarchive/extraction/blocks"


@dataclass(frozen=True, slots=True)
class Example:
    """A page as the model learns it."""

    page: LabelledPage
    features: Features
    labels: Labels
    # The page in another script, for every second one.
    exchanged: Features | None


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=Path, required=True, nargs="+", help="folders of labelled pages")
    parser.add_argument("--sets", action="store_true", help="score each set by a model without it as well")
    options = parser.parse_args()
    corpus = read_corpus(*options.pages)
    examples = [example for page in corpus if (example := _example(page)) is not None]
    blocks = sum(len(example.labels.belongs) for example in _learned(examples))
    print(
        f"{len(corpus)} pages, {len(_learned(examples))} to learn from with {blocks:,} blocks, "
        f"labels {digest(*options.pages)}, seed {SEED}",
        flush=True,
    )
    _write(_fitted(_learned(examples)), pages=len(_learned(examples)), labels=digest(*options.pages))
    _report(*_across_sites(examples), _across_sets(examples) if options.sets else [])


def _write(model: Model, *, pages: int, labels: str) -> None:
    data, card = write(model)
    (PACKAGE / "model.npz").write_bytes(data)
    card |= {"labels": labels, "seed": SEED, "pages": pages}
    (PACKAGE / "model.json").write_text(json.dumps(card, indent=1) + "\n", encoding="utf-8")
    print(f"model.npz: {len(data):,} bytes, {card['sha256']}", flush=True)


def _example(page: LabelledPage) -> Example | None:
    """Measure and label a page; None where it has no text at all."""
    parsed = parse(page.text(), url=page.row.get("url"))
    blocks, known = walk(parsed.root), Known.of(parsed)
    if not blocks.texts:
        return None
    features = features_of(blocks, known)
    taught = [] if "body" in page.row or not page.is_trained else ask_trafilatura(parsed)
    labels = label(
        blocks.texts,
        row=page.row,
        taught="\n".join(taught),
        order=_order(features),
    )
    if taught:
        labels.belongs[features.row("title") > 0] = 0.0
    # What style hides is never kept: it teaches nothing.
    labels.weight[np.array(blocks.hidden)] = 0.0
    number = _hash(page.row["id"])
    script = list(SCRIPTS.values())[number % len(SCRIPTS)]
    exchanged = features_of(*in_script(blocks, known, script)) if number % _EXCHANGED_EVERY == 0 else None
    return Example(page, features, labels, exchanged)


def _order(features: Features) -> list[int]:
    """The blocks of the article's box first: a sentence repeated elsewhere is not the article's."""
    most, half = features.row("in_most"), features.row("in_half")
    return sorted(range(len(most)), key=lambda at: (-most[at], -half[at], at))


def _fitted(examples: list[Example]) -> Model:
    parts = [(example.features, example.labels, 1.0) for example in examples]
    parts += [
        (example.exchanged, example.labels, _EXCHANGED_WEIGHT) for example in examples if example.exchanged
    ]
    sample = Sample(
        features=examples[0].features.names,
        matrix=np.concatenate([features.matrix for features, _, _ in parts], axis=1),
        belongs=np.concatenate([labels.belongs for _, labels, _ in parts]),
        weight=np.concatenate([labels.weight * times for _, labels, times in parts]),
    )
    return fit(sample, keep=KEEP, trust=TRUST)


def _across_sites(examples: list[Example]) -> tuple[list[Scored], list[Scored]]:
    """Score every page by a model that was trained on pages of other sites only, as it is and exchanged."""
    scores: list[Scored] = []
    exchanged: list[Scored] = []
    for fold in range(FOLDS):
        model = _fitted([example for example in _learned(examples) if _fold(example.page.site) != fold])
        unseen = [example.page for example in examples if _fold(example.page.site) == fold]
        scores += [_scored(page, model) for page in unseen]
        exchanged += [one for page in unseen if page.is_trained for one in _scored_exchanged(page, model)]
        print(f"fold {fold + 1} of {FOLDS}", file=sys.stderr, flush=True)
    return scores, exchanged


def _across_sets(examples: list[Example]) -> list[Scored]:
    """Score each label set that is learned from by a model that saw neither it nor its sites."""
    scores: list[Scored] = []
    for source in sorted(TRAINED):
        unseen = [example.page for example in examples if example.page.source == source]
        sites = {page.site for page in unseen}
        others = [example for example in _learned(examples) if example.page.source != source]
        if unseen and others:
            model = _fitted([example for example in others if example.page.site not in sites])
            scores += [_scored(page, model) for page in unseen]
        print(f"without {source}", file=sys.stderr, flush=True)
    return scores


def _learned(examples: list[Example]) -> list[Example]:
    return [example for example in examples if example.page.is_trained]


def _fold(site: str) -> int:
    return _hash(site) % FOLDS


def _hash(name: str) -> int:
    return int(hashlib.sha256(name.encode()).hexdigest(), 16)


def _scored(page: LabelledPage, model: Model) -> Scored:
    try:
        article = extract_page(page.text(), url=page.row.get("url"), captured_at=None, model=model)
    except ExtractError:
        return Scored(score(page.row, Extracted(refused=True)))
    return Scored(score(page.row, Extracted(article.text)), language=article.language or "unknown")


def _scored_exchanged(page: LabelledPage, model: Model) -> Iterator[Scored]:
    """Score the kept blocks, as they stand on the page, of the page in each of the scripts."""
    parsed = parse(page.text(), url=page.row.get("url"))
    blocks, known = walk(parsed.root), Known.of(parsed)
    versions = {"none": (blocks, known)}
    versions |= {name: in_script(blocks, known, script) for name, script in SCRIPTS.items()}
    for name, version in versions.items():
        kept = model.probabilities(features_of(*version)) > model.keep
        text = "\n".join(text for text, keep in zip(blocks.texts, kept, strict=True) if keep)
        yield Scored(score(page.row, Extracted(text)), exchanged=name)


def _report(scores: list[Scored], exchanged: list[Scored], left_out: list[Scored]) -> None:
    for title, found, by, least in (
        ("By source", scores, lambda one: one.score.source, 1),
        ("By source, none of which was learned from", left_out, lambda one: one.score.source, 1),
        ("By script", scores, lambda one: one.score.script, 1),
        ("By language", scores, lambda one: one.language, 5),
        ("Letters exchanged, blocks alone", exchanged, lambda one: one.exchanged, 1),
    ):
        if found:
            print(f"\n### {title}\n\n{table(found, by, least=least)}", flush=True)


if __name__ == "__main__":
    main()
