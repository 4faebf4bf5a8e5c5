import pickle
from copy import deepcopy

import pytest

from newsarchive.base.frozen import frozen


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


def test_a_value_is_made_by_place_or_name_with_its_defaults() -> None:
    """As a dataclass is."""
    assert Place("Kestrel Bay") == Place(name="Kestrel Bay", country="Skerrow")
    assert repr(Place("Kestrel Bay", "Almar")) == "Place(name='Kestrel Bay', country='Almar')"


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
