"""Frozen values behave as the dataclasses whose place they take."""

from __future__ import annotations

import dataclasses
import inspect
import pickle
from collections.abc import Mapping
from copy import deepcopy
from enum import Enum
from types import MappingProxyType
from typing import Any

import pytest

import newsarchive
from newsarchive.base.frozen import frozen

PUBLIC: list[str] = newsarchive.__all__  # type: ignore[attr-defined]


@frozen
class Place:
    name: str
    country: str = "Skerrow"


@frozen
class Person:
    name: str
    country: str = "Skerrow"


@frozen
class Nothing:
    pass


@frozen(kw_only=True)
class Route:
    start: str
    stops: Mapping[str, int] = MappingProxyType({})


@dataclasses.dataclass(frozen=True)
class RealPlace:
    name: str
    country: str = "Skerrow"


@dataclasses.dataclass(frozen=True, kw_only=True)
class RealRoute:
    start: str
    stops: Mapping[str, int] = dataclasses.field(default_factory=dict)


def test_a_value_is_made_by_place_or_name_with_its_defaults() -> None:
    """As a dataclass is."""
    assert Place("Kestrel Bay") == Place(name="Kestrel Bay", country="Skerrow")
    assert repr(Place("Kestrel Bay", "Almar")) == "Place(name='Kestrel Bay', country='Almar')"


def test_a_value_may_have_a_repr_of_its_own() -> None:
    """A page of hits is looked at in a console, and must not fill it."""

    @frozen
    class Quiet:
        name: str

        def __repr__(self) -> str:
            return "<Quiet>"

    assert repr(Quiet("Quill")) == "<Quiet>"


def test_values_of_other_types_or_fields_are_others() -> None:
    """A word and a phrase of the same text are not the same query."""
    assert Place("Quill") != Person("Quill")  # type: ignore[comparison-overlap]
    assert Place("Quill") != Place("Quill", "Almar")
    assert len({Place("Quill"), Place("Quill"), Person("Quill"), Nothing(), Nothing()}) == 3


def test_a_value_never_changes() -> None:
    """It is a key of caches and shared between threads."""
    place = Place("Kestrel Bay")
    with pytest.raises(AttributeError):
        place.name = "Almar"  # type: ignore[misc]
    with pytest.raises(AttributeError):
        del place.name
    with pytest.raises(AttributeError):
        place.other = 1  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("args", "kwargs"), [((), {}), (("a", "b", "c"), {}), (("a",), {"name": "b"}), (("a",), {"nme": "b"})]
)
def test_wrong_fields_are_refused(args: tuple[str, ...], kwargs: dict[str, str]) -> None:
    """A slip in a name must not make a value that lacks something."""
    with pytest.raises(TypeError):
        Place(*args, **kwargs)


def test_a_value_is_matched_copied_and_sent_like_a_dataclass() -> None:
    """Structural matching by place, and pickles for processes of one's own."""
    match Place("Kestrel Bay", "Almar"):
        case Place(name, country):
            assert (name, country) == ("Kestrel Bay", "Almar")
    place = Place("Kestrel Bay")
    assert deepcopy(place) == place == pickle.loads(pickle.dumps(place))


@pytest.mark.parametrize(("light", "real"), [(Place, RealPlace), (Route, RealRoute)])
def test_a_value_is_a_dataclass_to_whoever_asks(light: Any, real: Any) -> None:
    """Libraries that print, check or send dataclasses take any public value."""
    kinds: tuple[Any, Any] = light, real
    assert dataclasses.is_dataclass(light)
    fields = [[(each.name, each.kw_only) for each in dataclasses.fields(kind)] for kind in kinds]
    assert fields[0] == fields[1]
    parameters = [inspect.signature(kind).parameters.values() for kind in kinds]
    shapes = [[(each.name, each.kind, each.default is each.empty) for each in some] for some in parameters]
    assert shapes[0] == shapes[1]
    assert kinds[0].__match_args__ == kinds[1].__match_args__


def test_a_value_is_replaced_and_unfolded() -> None:
    """``dataclasses.replace`` and ``asdict`` are how callers vary and print a value."""
    place = Place("Quill")
    assert dataclasses.replace(place, country="Almar") == Place("Quill", "Almar")
    assert dataclasses.asdict(place) == {"name": "Quill", "country": "Skerrow"}
    assert dataclasses.astuple(Nothing()) == ()
    route = Route(start="Quill", stops={"Corrow": 2})
    assert dataclasses.replace(route, start="Corrow") == Route(start="Corrow", stops={"Corrow": 2})
    with pytest.raises(TypeError):
        dataclasses.replace(place, nme="Corrow")  # type: ignore[call-arg]


def test_values_that_are_made_by_name_only_refuse_places_and_are_pickled() -> None:
    """A value of many numbers must not be filled in a wrong order."""
    with pytest.raises(TypeError):
        Route("Quill")  # type: ignore[call-arg]
    route = Route(start="Quill", stops={})
    assert pickle.loads(pickle.dumps(route)) == route


def test_a_frozen_value_says_so_as_a_dataclass_does() -> None:
    """Callers may catch the error of dataclasses."""
    with pytest.raises(dataclasses.FrozenInstanceError):
        Place("Quill").name = "Almar"  # type: ignore[misc]


# What reads and writes an archive: no value.
_HOLDS_FILES = {
    *("Archive", "Batch", "Collections", "Families", "Highlights", "Notes", "Run", "SavedSearches"),
    *("Tags", "Versions"),
}


def _public_values() -> list[str]:
    """Public classes that are no errors, enumerations, texts, or things that hold files."""
    classes = {name: getattr(newsarchive, name) for name in PUBLIC}
    return [
        name
        for name, value in classes.items()
        if inspect.isclass(value)
        and not issubclass(value, Exception | Enum | str)
        and name not in _HOLDS_FILES
    ]


@pytest.mark.parametrize("name", _public_values())
def test_every_public_value_is_a_frozen_dataclass(name: str) -> None:
    """Results are shared between threads, compared, varied, matched and printed."""
    kind: Any = getattr(newsarchive, name)
    assert kind.__dataclass_params__.frozen
    assert {each.name for each in dataclasses.fields(kind) if not each.kw_only} == set(kind.__match_args__)


@pytest.mark.parametrize("name", _public_values())
def test_no_public_value_has_a_time_that_is_text(name: str) -> None:
    """Callers compare and format times; text is for JSON alone."""
    kinds = {each.name: str(each.type) for each in dataclasses.fields(getattr(newsarchive, name))}
    times = {
        field: kind for field, kind in kinds.items() if field.endswith(("_at", "since")) or "date" in field
    }
    assert not {field: kind for field, kind in times.items() if "str" in kind}
