"""How the source is built: sizes, rooms and names, and the pages that describe them."""

from __future__ import annotations

import ast
import importlib
import re
import tomllib
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest

from generate_folders import tree

ROOT = Path(__file__).parents[1]
SOURCE = ROOT / "src" / "newsarchive"
MODULES = sorted(SOURCE.rglob("*.py"))
FOLDERS = [
    SOURCE,
    *sorted(path for path in SOURCE.rglob("*") if path.is_dir() and path.name != "__pycache__"),
]
PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")])
TREES = ("src", "tests", "docs", "benchmarks", "training", "sample_archive", ".github")

MOST_SIBLINGS = 14
# Files that share a name because one mirrors the other: a command shows what the library does.
MIRRORS = {
    "add.py": "the command, and the act",
    "bars.py": "in a terminal, and in a picture",
    "bibtex.py": "read, and written",
    "calendar.py": "in a terminal, and in a picture",
    "coverage.py": "the command, and the answer",
    "epub.py": "read, and written",
    "families.py": "the command, and the answer",
    "highlight.py": "passages that people mark, and matches that a search marks",
    "feed.py": "read, and followed",
    "history.py": "the command, and the answer",
    "json_feed.py": "read, and written",
    "json_lines.py": "read, and written",
    "pdf.py": "read, and written",
    "reextract.py": "the command, and the act",
    "publisher.py": "the command, and the field of a page",
    "refresh.py": "the command, and the act",
    "related.py": "the command, and the answer",
    "ris.py": "read, and written",
    "search.py": "the command, and the answer",
    "similar.py": "the command, and the answer",
    "timeline.py": "the command, and the answer",
    "update.py": "the command, and the act",
    "verify.py": "the command, and the act",
    "wacz.py": "read, and written",
    "warc.py": "read, and written",
}


def names_in(folder: Path) -> list[str]:
    """What a folder holds, as the drawings name it."""
    return sorted(
        entry.stem if entry.suffix == ".py" else entry.name
        for entry in folder.iterdir()
        if not entry.name.startswith("_") and (entry.is_dir() or entry.suffix == ".py")
    )


def function_lengths() -> list[tuple[int, str]]:
    """The lines of every function, longest last."""
    lengths = []
    for path in MODULES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                lines = (node.end_lineno or node.lineno) - node.lineno + 1
                lengths.append((lines, f"{path.relative_to(SOURCE).as_posix()}: {node.name}"))
    return sorted(lengths)


def test_functions_read_as_one_step() -> None:
    """The measures of the house: half within 8 lines, nine of ten within 20, none over 60."""
    lengths = function_lengths()
    assert lengths[len(lengths) // 2][0] <= 8
    assert lengths[len(lengths) * 9 // 10][0] <= 20
    assert [each for each in lengths if each[0] > 60] == []


def test_no_module_is_longer_than_400_lines() -> None:
    """A longer one answers two questions."""
    lines = {path.relative_to(SOURCE).as_posix(): len(path.read_bytes().splitlines()) for path in MODULES}
    assert {name: count for name, count in lines.items() if count > 400} == {}


def test_the_ground_floor_has_six_modules_at_most_beside_its_packages() -> None:
    """What has no room of its own is found by nobody."""
    modules = [path.name for path in SOURCE.glob("*.py") if not path.name.startswith("__")]
    assert len(modules) <= 6, modules


@pytest.mark.parametrize("folder", FOLDERS[1:], ids=lambda path: path.relative_to(SOURCE).as_posix())
def test_no_folder_holds_more_siblings_than_a_glance_takes_in(folder: Path) -> None:
    """A folder of thirty files is a heap."""
    assert len(names_in(folder)) <= MOST_SIBLINGS


def test_no_two_modules_share_a_name_but_mirrors() -> None:
    """Who searches for a file by its name has to find one."""
    places: dict[str, list[str]] = defaultdict(list)
    for path in MODULES:
        if not path.name.startswith("__"):
            places[path.name].append(path.parent.relative_to(SOURCE).as_posix())
    shared = {name: folders for name, folders in places.items() if len(folders) > 1}
    assert {name: folders for name, folders in shared.items() if name not in MIRRORS} == {}
    assert set(MIRRORS) - set(shared) == set(), "these are mirrors no longer"
    assert {name: folders for name, folders in shared.items() if len(folders) > 2} == {}


def test_the_drawing_of_layers_is_the_folder_listing_and_the_contract() -> None:
    """The drawing is the first thing that a newcomer believes."""
    drawn = layers_drawn()
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]
    layers = next(each["layers"] for each in contracts["contracts"] if each["type"] == "layers")
    assert drawn == [sorted(re.split(r" [|:] ", layer)) for layer in layers]
    assert sorted(name for row in drawn for name in row) == names_in(SOURCE)


def layers_drawn() -> list[list[str]]:
    """The rows of the drawing in docs/architecture.md; a row that begins with a bar goes on with the last."""
    rows: list[list[str]] = []
    for line in architecture_block("layers").splitlines():
        cells = re.split(r" {3,}", line.strip())[0]
        if cells.startswith("│"):
            rows[-1] += re.findall(r"\w+", cells)
        else:
            rows.append(re.findall(r"\w+", cells))
    return [sorted(row) for row in rows]


def test_the_tree_of_folders_is_the_folder_listing() -> None:
    """A folder that is not in the tree is found by nobody; ``make docs`` writes it anew."""
    assert architecture_block("folders") == tree()


def architecture_block(name: str) -> str:
    page = (ROOT / "docs/architecture.md").read_text(encoding="utf-8")
    (block,) = re.findall(rf"^```text {name}\n(.*?)^```$", page, re.DOTALL | re.MULTILINE)
    return str(block)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_every_module_and_folder_that_a_page_names_exists(page: Path) -> None:
    """A page that names what was renamed costs a newcomer more than one that says nothing."""
    missing = [name for name in named_in(page) if not exists(name)]
    assert missing == []


def named_in(page: Path) -> Iterator[str]:
    """Paths and dotted names in the code spans of a page, those alone that can be the project's own."""
    text = re.sub(r"```.*?```", "", page.read_text(encoding="utf-8"), flags=re.DOTALL)
    packages = "|".join(name for name in names_in(SOURCE) if (SOURCE / name).is_dir())
    for span in re.findall(r"`([^`\n]+)`", text):
        # A folder of an archive is "index/" on the pages, a date "2024/10/30".
        is_path = re.fullmatch(r"[\w.-]*[a-z_][\w./-]*(\.py|/)|[a-z_]\w+(/[a-z_]\w+)+", span)
        is_dotted = re.fullmatch(rf"(newsarchive|{packages})(\.\w+)+", span)
        is_of_an_archive = (
            span.startswith(("index/", "snapshots/", "signatures/")) or span == "newsarchive.toml"
        )
        if (is_path or is_dotted) and not is_of_an_archive:
            yield span


def exists(name: str) -> bool:
    if re.fullmatch(r"\w+(\.\w+)+", name) and not name.endswith(".py"):
        return resolves(name.removeprefix("newsarchive."))
    if (ROOT / name).exists():
        return True
    paths = {path.relative_to(ROOT).as_posix() for tree in TREES for path in (ROOT / tree).rglob("*")}
    paths |= {path.name for path in ROOT.iterdir()}
    return any(path == name.rstrip("/") or path.endswith(f"/{name.rstrip('/')}") for path in paths)


def resolves(dotted: str) -> bool:
    """Whether a dotted name is a module, or something in a module, of the package."""
    parts = dotted.split(".")
    for count in range(len(parts), -1, -1):
        try:
            found = importlib.import_module(".".join(["newsarchive", *parts[:count]]))
        except ModuleNotFoundError:
            continue
        rest = parts[count:]
        return not rest or hasattr(found, rest[0])
    return False
