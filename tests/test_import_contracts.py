"""The import contracts of pyproject.toml, held against imports that are planted in a copy of the source."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
# A module, what is planted in it, and the beginning of the contract that has to break.
PLANTED = [
    ("search/text/stemming.py", "import whoosh", "Whoosh is imported only below search/whoosh"),
    ("acquire/sources/files.py", "import requests", "Only acquire/fetch opens connections"),
    ("acquire/sources/folders.py", "from urllib3 import util", "Only acquire/fetch opens connections"),
    ("extraction/formats/html.py", "def f():\n    import socket", "Only acquire/fetch opens connections"),
    ("pipeline/add.py", "import sqlite_utils", "sqlite-utils is imported only below store"),
    ("answers/search.py", "import rich.table", "typer and rich are imported only below cli"),
    ("query/parser.py", "import newsarchive.search.engines", "Imports point down"),
    ("acquire/sources/files.py", "import newsarchive.store.rows", "Imports point down"),
]


def lint(folder: Path) -> str:
    """What import-linter says of a copy of the source."""
    done = subprocess.run(
        [Path(sys.executable).parent / "lint-imports", "--no-cache", "--config", ROOT / "pyproject.toml"],
        cwd=folder,
        # The copy comes before the source that this environment has installed.
        env={**os.environ, "PYTHONPATH": str(folder), "COLUMNS": "200"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode in (0, 1), done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the source, to plant imports in."""
    folder = tmp_path_factory.mktemp("planted") / "src"
    shutil.copytree(ROOT / "src", folder, ignore=shutil.ignore_patterns("__pycache__"))
    return folder


def test_the_source_as_it_is_keeps_every_contract(source: Path) -> None:
    """Without this, the test below could be red for another reason."""
    assert re.search(r"Contracts: \d+ kept, 0 broken", lint(source))


def test_each_planted_import_breaks_its_contract(source: Path) -> None:
    """A contract that names modules one by one stays green when another module breaks it."""
    for module, code, _ in PLANTED:
        path = source / "newsarchive" / module
        path.write_text(f"{path.read_text(encoding='utf-8')}\n{code}\n", encoding="utf-8")
    broken = lint(source).partition("Broken contracts")[2]
    for module, code, contract in PLANTED:
        importer = f"newsarchive.{module.removesuffix('.py').replace('/', '.')}"
        imported = re.findall(r"(?:import|from) (\S+)", code)[0].split(".")
        target = ".".join(imported) if imported[0] == "newsarchive" else imported[0]
        (findings,) = re.findall(
            rf"^{re.escape(contract)}.*?(?=^\S[^\n]*\n-+$|\Z)", broken, re.DOTALL | re.MULTILINE
        )
        assert f"{importer} -> {target}" in findings, (module, code, findings)
