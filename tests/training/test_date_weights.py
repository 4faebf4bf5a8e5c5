"""The weights of the ranking of visible dates, as ``make train`` fits them."""

from __future__ import annotations

import numpy as np

from fit_date_ranking import FITTED, Example, _accuracy, _fit
from newsarchive.extraction.dates.date_ranking import WEIGHTS
from newsarchive.extraction.dates.surroundings import Trait


def test_fitting_finds_the_trait_that_tells_the_right_date() -> None:
    """A fit that did not would ship weights that rank by chance."""
    near = [trait is Trait.NEAR_BELOW for trait in FITTED]
    far = [trait is Trait.FAR_BELOW for trait in FITTED]
    examples = [
        Example("set", f"site {number}", np.array([far, near], float), np.zeros(2), np.array([False, True]))
        for number in range(20)
    ]
    weights = _fit(examples, 1.0)
    assert weights[near.index(True)] > 0 > weights[far.index(True)]
    assert _accuracy(examples, weights) == 1.0


def test_every_weight_is_of_a_trait_that_places_have() -> None:
    """A trait that was renamed would lose its weight in silence."""
    assert {Trait.NEAR_BELOW, Trait.VAGUE, Trait.RANGE} <= set(WEIGHTS) <= set(Trait)
