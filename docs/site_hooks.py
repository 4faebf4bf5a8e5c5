"""What the site adds to the pages of docs/: those of the top folder, and one of all public names."""

from __future__ import annotations

import ast
import re
from pathlib import Path, PurePosixPath
from posixpath import normpath, relpath
from typing import Any

from mkdocs.structure.files import File, Files

ROOT = Path(__file__).parents[1]
# Pages of the top folder, and their names on the site.
TOP = {
    "README.md": "index.md",
    "CONTRIBUTING.md": "contributing.md",
    "SECURITY.md": "security.md",
    "CHANGELOG.md": "changes.md",
}
_LINK = re.compile(r"\[([^\]]*)\]\(([^)\s]+)\)")


def on_config(config: Any) -> Any:
    """Put the decisions, which are many, into the navigation."""
    pages = ["decisions/index.md", *(f"decisions/{path.name}" for path in _decisions())]
    config.nav = [*config.nav, {"Decisions": pages}]
    return config


def on_files(files: Files, config: Any) -> Files:
    """Add the pages that are not files of docs/."""
    for name, place in TOP.items():
        text = (ROOT / name).read_text(encoding="utf-8")
        files.append(File.generated(config, place, content=_with_moved_links(text, name)))
    files.append(File.generated(config, "reference/api.md", content=_public_names()))
    files.append(File.generated(config, "decisions/index.md", content=_list_of_decisions()))
    return files


def on_page_markdown(markdown: str, page: Any, **_: Any) -> str:
    """Lead links out of docs/ to where their targets stand on the site."""
    if page.file.generated_by:
        return markdown
    return _with_moved_links(markdown, f"docs/{page.file.src_uri}")


def _with_moved_links(text: str, page: str) -> str:
    return _LINK.sub(lambda link: _moved(link, page), text)


def _moved(link: re.Match[str], page: str) -> str:
    """A link of a page, as it is on the site; what the site does not hold is named without a link."""
    text, target = link[1], link[2]
    if re.match(r"[a-z]+:|#", target):
        return link[0]
    path, _, anchor = target.partition("#")
    place = _place(normpath((PurePosixPath(page).parent / path).as_posix()))
    if place is None:
        return f"`{path}`" if text == path else text
    start = (PurePosixPath(_place(page) or "") / "..").as_posix()
    moved = relpath(place, normpath(start))
    return f"[{text}]({moved}{'#' if anchor else ''}{anchor})"


def _place(path: str) -> str | None:
    """Where a file of the project stands on the site."""
    if path in TOP:
        return TOP[path]
    if not path.startswith("docs/"):
        return None
    place = path.removeprefix("docs/")
    return f"{place}/index.md" if (ROOT / path).is_dir() else place


def _decisions() -> list[Path]:
    return sorted((ROOT / "docs/decisions").glob("[0-9]*.md"))


def _list_of_decisions() -> str:
    """The first page of the decisions: their titles."""
    lines = ["# Decisions", "", "Why things are as they are: context, choice, and what was refused."]
    for path in _decisions():
        title = path.read_text(encoding="utf-8").split("\n", 1)[0].removeprefix("# ")
        lines.append(f"\n- [{title}]({path.name})")
    return "\n".join(lines)


def _public_names() -> str:
    """A page with the docstring of each name that ``newsarchive`` exports."""
    module = ast.parse((ROOT / "src/newsarchive/__init__.py").read_text(encoding="utf-8"))
    names: list[str] = []
    for node in module.body:
        if isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") == "__all__":
            names = [name for name in ast.literal_eval(node.value) if not name.startswith("_")]
    introduction = "# All public names\n\nFrom the docstrings. A tour of them: [the library](library.md).\n"
    return "\n".join([introduction, *(f"::: newsarchive.{name}\n" for name in sorted(names, key=str.lower))])
