"""What all tests share: the Hypothesis profile, and an archive of the sample pages."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

from newsarchive import Archive, Outcome

SAMPLE = Path(__file__).parents[1] / "sample_archive"

if TYPE_CHECKING:
    from starlette.testclient import TestClient

# The scan without an index is the judge of the engine's tests and of the archive's.
sys.path.insert(0, str(Path(__file__).parent / "search"))

# No deadline: a busy machine is no failure.
settings.register_profile("newsarchive", deadline=None)
settings.load_profile("newsarchive")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--seeds", type=int, default=4, help="how many worlds the engine is compared in")


@pytest.fixture(scope="session")
def sample_outcomes(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[Outcome]]:
    """An archive of the sample pages, and what became of each."""
    folder = tmp_path_factory.mktemp("sample") / "archive"
    with Archive.create(folder, name="sample") as archive:
        return folder, list(archive.add([SAMPLE]))


@pytest.fixture(scope="session")
def sample_folder(sample_outcomes: tuple[Path, list[Outcome]]) -> Path:
    """The folder of an archive of the sample pages. Only to be read."""
    return sample_outcomes[0]


@pytest.fixture
def sample_copy(sample_folder: Path, tmp_path: Path) -> Path:
    """A copy of the archive of the sample pages, to damage at will."""
    return Path(shutil.copytree(sample_folder, tmp_path / "archive"))


@pytest.fixture(scope="module")
def client(sample_folder: Path) -> Iterator[TestClient]:
    """The archive of the sample pages, served to a browser without a screen. Only to be read."""
    # Imported here: the other tests need none of it.
    from web_client import browsing

    with browsing(sample_folder) as client:
        yield client
