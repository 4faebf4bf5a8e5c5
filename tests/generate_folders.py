"""Writes the tree of folders in docs/architecture.md anew, from the docstrings of the packages."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[1]
SOURCE = ROOT / "src" / "newsarchive"
PAGE = ROOT / "docs" / "architecture.md"
BLOCK = re.compile(r"(?<=^```text folders\n).*?(?=^```$)", re.DOTALL | re.MULTILINE)
_COLUMN = 20


def tree() -> str:
    """A line a folder, two spaces a level, with what its docstring says first."""
    return "".join(f"{line}\n" for line in _lines())


def _lines() -> Iterator[str]:
    for path in sorted(path.parent for path in SOURCE.glob("*/**/__init__.py")):
        inside = path.relative_to(SOURCE).parts
        name = f"{'  ' * (len(inside) - 1)}{inside[-1]}/"
        yield f"{name:<{_COLUMN}}{_first_sentence(path)}"


def _first_sentence(folder: Path) -> str:
    docstring = ast.get_docstring(ast.parse((folder / "__init__.py").read_text(encoding="utf-8"))) or ""
    return re.split(r"[.:](?:\s|$)", docstring.replace("``", ""), maxsplit=1)[0]


if __name__ == "__main__":
    PAGE.write_text(BLOCK.sub(lambda _: tree(), PAGE.read_text(encoding="utf-8")), encoding="utf-8")
