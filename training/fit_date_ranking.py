"""Fit the weights of the ranking of visible dates; part of ``make train``.

A conditional logit: the right date against the others of its page, with all that the
page states for machines left aside. How strongly weights are drawn to zero is chosen
by leaving out one set of labels at a time; the report has both that and folds by site,
for weights that never saw what they are scored on.
"""

from __future__ import annotations

import argparse
import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import fmean, pstdev

import numpy as np
import numpy.typing as npt

from corpus import LabelledPage
from measures import same_day
from newsarchive.errors import ExtractError
from newsarchive.extraction.dates.date_ranking import WEIGHTS, WEIGHTS_FILE, is_masthead
from newsarchive.extraction.dates.surroundings import Trait
from newsarchive.extraction.dates.visible_dates import sightings
from newsarchive.extraction.page.parsed_page import parse

Floats = npt.NDArray[np.float64]

# Too rare among labelled pages to be fitted.
FIXED = {Trait.RANGE: -2.0, Trait.VAGUE: -2.5, Trait.MACHINE: 0.0, Trait.NEAR_ABOVE: 0.0}
FITTED = [trait for trait in Trait if trait not in FIXED]
# The sets whose licences allow training; their labels come from people or from a site's own parser.
TRAINED_ON = frozenset(("fundus", "htmldate", "htmldate_mc", "mercury", "trafilatura", "wcxb"))
STRENGTHS = (0.3, 1.0, 3.0, 10.0)
MASTHEAD = -1.5
_STEPS = 30
_FOLDS = 5


@dataclass(frozen=True, slots=True)
class Example:
    """The dates that a page shows, by their traits; ``right`` are those of the labelled day."""

    source: str
    site: str
    traits: Floats
    fixed: Floats
    right: npt.NDArray[np.bool_]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=Path, nargs="+", required=True, help="folders of labelled pages")
    pages = [page for folder in parser.parse_args().pages for page in _dated(folder)]
    examples = [example for page in pages if (example := _example(page)) is not None]
    answerable = [example for example in examples if example.right.any() and not example.right.all()]
    print(f"{len(examples)} pages that show a date, {len(answerable)} with the right one among others")
    scored = {strength: _left_out(answerable, strength, lambda one: one.source) for strength in STRENGTHS}
    strength = max(scored, key=lambda each: fmean(scored[each].values()))
    _report(strength, scored[strength], _left_out(answerable, strength, lambda one: _fold(one.site)))
    shipped = np.array([WEIGHTS.get(trait, 0.0) for trait in FITTED])
    print(f"shipped weights on the same pages: {_accuracy(answerable, shipped):.3f}")
    weights = _fit(answerable, strength)
    found = {trait.name: round(float(weight), 1) for trait, weight in zip(FITTED, weights, strict=True)}
    found |= {trait.name: weight for trait, weight in FIXED.items() if weight}
    WEIGHTS_FILE.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")


def _dated(folder: Path) -> list[LabelledPage]:
    """The pages whose day is labelled; not those whose labels may be measured with, but not trained on."""
    rows = map(json.loads, (folder / "truth.jsonl").read_text(encoding="utf-8").splitlines())
    return [
        LabelledPage(row, folder / "pages" / f"{row['id']}.html.gz")
        for row in rows
        if row.get("date_published") and row["source_set"] in TRAINED_ON
    ]


def _example(page: LabelledPage) -> Example | None:
    """The dates of a page whose day is labelled; None where it shows none."""
    label = page.row["date_published"]
    try:
        parsed = parse(page.text(), url=page.row.get("url"))
    except ExtractError:
        return None
    seen = sightings(parsed)
    if not seen:
        return None
    fixed = [
        sum(FIXED.get(trait, 0.0) for trait in one.traits) + (MASTHEAD if is_masthead(one, parsed) else 0.0)
        for one in seen
    ]
    return Example(
        source=page.row["source_set"],
        site=page.site,
        traits=np.array([[trait in one.traits for trait in FITTED] for one in seen], dtype=float),
        fixed=np.array(fixed),
        right=np.array([same_day(label, one.found.date.isoformat()) for one in seen]),
    )


def _fit(examples: Sequence[Example], strength: float) -> Floats:
    """Newton's method on the conditional logit, drawn to zero."""
    weights = np.zeros(len(FITTED))
    for _ in range(_STEPS):
        slope, curve = -strength * weights, strength * np.eye(len(FITTED))
        for one in examples:
            chance = _chances(one, weights, np.ones(len(one.right), bool))
            among_right = _chances(one, weights, one.right)
            mean = chance @ one.traits
            slope += among_right @ one.traits - mean
            curve += (one.traits.T * chance) @ one.traits - np.outer(mean, mean)
        step = np.linalg.solve(curve, slope)
        weights += np.clip(step, -1, 1)
    return weights


def _chances(one: Example, weights: Floats, among: npt.NDArray[np.bool_]) -> Floats:
    scores = np.where(among, one.traits @ weights + one.fixed, -np.inf)
    powers = np.exp(scores - scores.max())
    return np.asarray(powers / powers.sum())


def _accuracy(examples: Iterable[Example], weights: Floats) -> float:
    """How often the first of the best dates is the right one."""
    return fmean(bool(one.right[np.argmax(one.traits @ weights + one.fixed)]) for one in examples)


def _left_out(
    examples: Sequence[Example], strength: float, group: Callable[[Example], str]
) -> dict[str, float]:
    """The accuracy on each group, of weights fitted on the others."""
    groups: dict[str, list[Example]] = defaultdict(list)
    for one in examples:
        groups[group(one)].append(one)
    return {
        name: _accuracy(members, _fit([one for one in examples if group(one) != name], strength))
        for name, members in groups.items()
    }


def _fold(site: str) -> str:
    return str(sum(site.encode()) % _FOLDS)


def _report(strength: float, by_set: dict[str, float], by_site: dict[str, float]) -> None:
    print(f"drawn to zero with {strength}")
    for name, scores in (("set left out", by_set), ("fold of sites", by_site)):
        values = list(scores.values())
        print(f"{name}: mean {fmean(values):.3f}, spread {pstdev(values):.3f}")
        print("  " + ", ".join(f"{group} {score:.3f}" for group, score in sorted(scores.items())))


if __name__ == "__main__":
    main()
