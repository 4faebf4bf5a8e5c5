"""What ``import newsarchive`` offers."""

from __future__ import annotations

import inspect
import subprocess
import sys

import pytest

import newsarchive
from newsarchive import errors

PUBLIC: list[str] = newsarchive.__all__  # type: ignore[attr-defined]


@pytest.mark.parametrize("name", PUBLIC)
def test_each_public_name_is_what_its_module_calls_so(name: str) -> None:
    """The list is read by type checkers and when the program runs: a slip in it must not wait for a user."""
    value = getattr(newsarchive, name)
    assert name in dir(newsarchive)
    if inspect.isclass(value) or inspect.isfunction(value):
        assert value.__name__ == name
        assert value.__module__.startswith("newsarchive.")


def test_every_error_is_public() -> None:
    """A caller catches what is raised without learning where it is defined."""
    defined = {name for name, value in vars(errors).items() if inspect.isclass(value) and name[0] != "_"}
    missing = {
        name
        for name in defined
        if issubclass(getattr(errors, name), errors.NewsArchiveError) and name not in PUBLIC
    }
    assert not missing


def test_a_name_that_is_none_is_an_attribute_error() -> None:
    """As of any module: ``hasattr`` and ``from newsarchive import …`` rely on it."""
    assert not hasattr(newsarchive, "Archiv")
    with pytest.raises(ImportError):
        exec("from newsarchive import Archiv")


def _modules_after(statement: str) -> set[str]:
    program = f"import sys\n{statement}\nprint(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    return set(done.stdout.split())


def test_importing_the_package_or_its_archive_loads_no_extractor() -> None:
    """A script that only searches starts in the time of a search."""
    assert "newsarchive.archive" not in _modules_after("import newsarchive")
    loaded = _modules_after("from newsarchive import Archive")
    assert not loaded & {"newsarchive.extraction", "lxml", "numpy", "requests", "sqlite_utils"}


def test_extract_is_the_function_whatever_was_imported_before() -> None:
    """The package that it lives in has another name, so that neither hides the other."""
    program = "import newsarchive.extraction\nfrom newsarchive import extract\nprint(callable(extract))"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout == "True\n"


def test_everything_public_can_be_imported_at_once() -> None:
    """Notebooks do it."""
    space: dict[str, object] = {}
    exec("from newsarchive import *", space)
    assert set(PUBLIC) <= set(space)
