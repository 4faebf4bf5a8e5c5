"""Markdown: a note an article with its data as YAML front matter, as Obsidian and static sites take it.

Sources: CommonMark 0.31; YAML 1.2, of which JSON strings and lists are a part; Obsidian, "Properties".
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import TextIO

from newsarchive.base.dates import utc_text
from newsarchive.export.clean_text import encodable, one_line, paragraphs
from newsarchive.export.export_format import FolderFormat, NoOptions
from newsarchive.export.export_source import ExportSource
from newsarchive.export.reading.file_names import file_name
from newsarchive.model import Article

# What means something in CommonMark or Obsidian wherever it stands, and at the beginning of a line.
_ANYWHERE = re.compile(r"([\\`*_\[\]<>|~$^=#%{}]|&(?=#?\w+;))")
_AT_BEGINNING = re.compile(r"^(\d+)([.)])|^([-+:])")


def write(source: ExportSource, folder: Path, options: NoOptions) -> int:
    """Write a note an article, in folders by year, and a list of them."""
    del options
    count = 0
    with (folder / "index.md").open("w", encoding="utf-8", newline="\n") as index:
        index.write(f"# {_escaped(source.search.query or 'All articles')}\n\n")
        for article in source.articles():
            path = _write_note(source, article, folder)
            _list(article, path.relative_to(folder), index)
            count += 1
    return count


def _write_note(source: ExportSource, article: Article, folder: Path) -> Path:
    year = f"{article.date_published.year:04}" if article.date_published else "undated"
    (folder / year).mkdir(exist_ok=True)
    path = folder / year / file_name(article, ".md")
    path.write_text(encodable(_note(source, article)), encoding="utf-8", newline="\n")
    return path


def _note(source: ExportSource, article: Article) -> str:
    front = "".join(
        f"{name}: {json.dumps(value, ensure_ascii=False)}\n" for name, value in _data(source, article)
    )
    body = [f"# {_escaped(article.headline) or '(no headline)'}"]
    if one_line(article.description):
        body.append(f"*{_escaped(article.description)}*")
    body += [_escaped(paragraph) for paragraph in paragraphs(article.text)]
    body += _written(source, article)
    return f"---\n{front}---\n\n" + "\n\n".join(body) + "\n"


def _written(source: ExportSource, article: Article) -> Iterator[str]:
    """Notes as they were written, in Markdown, and highlights as quotations."""
    marks = source.marks(article.id or 0)
    for each in marks.highlights:
        comment = f"\n\n{each.comment}" if each.comment else ""
        yield f"> {_escaped(one_line(each.quote))}{comment}"
    for note in marks.notes:
        yield f"**Note of {note.made_at:%Y-%m-%d}**\n\n{note.text}"


def _data(source: ExportSource, article: Article) -> Iterator[tuple[str, object]]:
    captures, marks = source.captures(article.id or 0), source.marks(article.id or 0)
    found: list[tuple[str, object]] = [
        ("title", one_line(article.headline)),
        ("authors", [one_line(name) for name in article.authors]),
        ("date", str(article.date_published or "")),
        ("date_uncertain", article.date_is_guess),
        ("modified", str(article.date_modified or "")),
        ("publisher", one_line(article.publisher)),
        ("section", one_line(article.section)),
        ("keywords", [one_line(word) for word in article.keywords]),
        ("tags", sorted({_tag(word) for word in (*article.keywords, *marks.tags)} - {""})),
        ("collections", [one_line(name) for name in marks.collections]),
        ("language", one_line(article.language)),
        ("url", one_line(article.url)),
        ("newsarchive_id", article.id),
        ("archived", utc_text(captures[-1].captured_at) if captures else ""),
        ("sha256", captures[-1].sha256 if captures else ""),
    ]
    return ((name, value) for name, value in found if value not in ("", [], False, None))


def _list(article: Article, path: Path, index: TextIO) -> None:
    date = article.date_published or "undated"
    # In angle brackets a target may hold parentheses; none of its own can be in a name.
    line = f"- {date} [{_escaped(article.headline) or '(no headline)'}](<{path.as_posix()}>)\n"
    index.write(encodable(line))


def _tag(word: str) -> str:
    """Obsidian's tags are letters, digits, hyphens and underscores, and no number alone."""
    tag = re.sub(r"[^\w-]+", "-", one_line(word)).strip("-_")
    return "" if tag.isdigit() else tag


def _escaped(text: str | None) -> str:
    line = _ANYWHERE.sub(r"\\\1", one_line(text))
    return _AT_BEGINNING.sub(lambda found: f"{found[1] or ''}\\{found[2] or found[3]}", line)


FORMAT = FolderFormat(
    name="markdown",
    title="a folder of notes with front matter, ready for Obsidian",
    options=NoOptions,
    write=write,
)
