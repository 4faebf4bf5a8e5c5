"""What the files around the source say of each other: versions, tools, hosted checks."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest

import newsarchive

ROOT = Path(__file__).parents[1]


def read(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def project() -> Any:
    return tomllib.loads(read("pyproject.toml"))


def pins() -> dict[str, str]:
    """Exact versions by name, as pip compares names."""
    lines = (line.split("==") for line in read("constraints.txt").splitlines() if "==" in line)
    return {plain(name): version for name, version in lines}


def plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def requirements() -> list[str]:
    extras = project()["project"]["optional-dependencies"]
    every = [*project()["project"]["dependencies"], *(each for extra in extras.values() for each in extra)]
    # An extra may hold other extras of the project itself.
    return [each for each in every if not each.startswith("newsarchive[")]


def test_the_version_stands_in_one_place() -> None:
    """Two places are one release away from telling two versions."""
    assert project()["project"]["dynamic"] == ["version"]
    assert project()["tool"]["hatch"]["version"]["path"] == "src/newsarchive/__init__.py"
    for page in ("CITATION.cff", "README.md", "mkdocs.yml", "CONTRIBUTING.md"):
        assert newsarchive.__version__ not in read(page)


@pytest.mark.parametrize("requirement", requirements())
def test_every_requirement_is_pinned_at_or_above_its_floor(requirement: str) -> None:
    """What is not pinned is another version tomorrow; a pin under the floor can't be installed."""
    name, floor = re.match(r"([\w.-]+)(?:\[.*\])?(?:[>=]=([\d.]+))?", requirement).groups()  # type: ignore[union-attr]
    pinned = pins()[plain(name)]
    assert numbers(pinned) >= numbers(floor or "0")


def numbers(version: str) -> list[int]:
    return [int(part) for part in re.findall(r"\d+", version)]


def test_commits_are_looked_at_by_the_same_ruff_as_the_checks() -> None:
    """Two versions format in two ways, and each commit undoes the other's."""
    versions = re.findall(r"ruff==([\d.]+)", read(".pre-commit-config.yaml"))
    assert set(versions) == {pins()["ruff"]}


def test_the_hosted_checks_run_every_python_that_is_promised() -> None:
    """A version that no test has seen is no promise."""
    promised = [
        each.rpartition(" ")[2] for each in project()["project"]["classifiers"] if "Python :: 3." in each
    ]
    (matrix,) = re.findall(r"python: \[(.*)\]", read(".github/workflows/check.yml"))
    assert re.findall(r"[\d.]+", matrix) == promised
    assert project()["project"]["requires-python"] == f">={promised[0]}"


def test_every_target_that_a_page_names_is_in_the_makefile() -> None:
    """The commands of CONTRIBUTING are the first that a newcomer types."""
    targets = set(re.findall(r"^([a-z-]+):", read("Makefile"), re.MULTILINE))
    pages = [
        read(name) for name in ("CONTRIBUTING.md", "README.md", ".ci/run", ".github/workflows/check.yml")
    ]
    named = {
        name for page in pages for name in re.findall(r"(?:^|`|run: )make ([a-z-]+)", page, re.MULTILINE)
    }
    assert named - targets == set()
    assert {"test", "demo", "wheel"} <= set(re.findall(r"make ([a-z]+)", read(".ci/run")))


def test_every_page_of_the_docs_is_on_the_site() -> None:
    """The site is built where its extra is installed; a page that it lacks is seen here too."""
    navigation = read("mkdocs.yml")
    for page in (ROOT / "docs").rglob("*.md"):
        name = page.relative_to(ROOT / "docs").as_posix()
        assert name.startswith("decisions/") or f": {name}" in navigation, name
