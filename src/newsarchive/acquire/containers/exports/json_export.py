"""JSON of other tools: reading lists, bookmarks, references, crawlers."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from newsarchive.acquire.containers.exports.named_fields import items_of_records, mapping_of
from newsarchive.acquire.containers.json_lines import dataset_name
from newsarchive.acquire.reader import Item, Limits
from newsarchive.acquire.source_file import SourceFile
from newsarchive.errors import AcquireError

# wallabag 1 numbered its fields.
_WALLABAG_1 = {"0": "id", "1": "title", "2": "url", "5": "content", "6": "tags"}
_LISTS = (
    "bookmarks",
    "items",
    "articles",
    "links",
    "entries",
    "list",
    "data",
    "results",
    "stories",
    "hits",
    "nodes",
)
_MAX_DEPTH = 40


def read(file: SourceFile, *, limits: Limits, now: datetime) -> Iterator[Item]:
    """Yield an article or a link for each record that can be told."""
    data = parsed_json(file.content(limits.payload), file.name)
    records = list(_records(data))
    if not records:
        raise AcquireError(f"{file.name} is JSON of an unknown shape", hint="give one JSON object a line")
    yield from items_of_records(
        records, name=file.name, now=now, dataset=dataset_name(file.name), said=file.columns
    )


def parsed_json(payload: bytes, name: str) -> Any:
    """The value of a JSON text. Raises AcquireError where it is none."""
    try:
        return json.loads(payload.decode("utf-8-sig"))
    except UnicodeDecodeError as exc:
        raise AcquireError(f"{name} is not UTF-8", hint="save it as UTF-8") from exc
    except json.JSONDecodeError as exc:
        where = f"line {exc.lineno}, column {exc.colno}"
        raise AcquireError(f"{name} is no JSON: {exc.msg} ({where})", hint="export it again") from exc
    except (ValueError, RecursionError) as exc:
        raise AcquireError(f"{name} can't be read as JSON: {exc}", hint="export it again") from exc


def _records(data: Any) -> Iterator[Mapping[str, Any]]:
    if isinstance(data, list):
        yield from (_plain(one) for one in data if isinstance(one, Mapping) and _is_record(_plain(one)))
    elif isinstance(data, Mapping):
        if "children" in data:
            yield from _bookmarks(data)
        elif _is_record(_plain(data)):
            yield _plain(data)
        else:
            for name in _LISTS:
                inner = data.get(name)
                if isinstance(inner, Mapping):
                    inner = list(inner.values())
                if isinstance(inner, list):
                    yield from _records(inner)
                    return


def _is_record(one: Mapping[str, Any]) -> bool:
    return bool(set(mapping_of(one)) & {"url", "text", "headline"})


def _plain(one: Mapping[str, Any]) -> Mapping[str, Any]:
    """The record under names that say what they hold."""
    if "2" in one and "1" in one and "5" in one:
        return {_WALLABAG_1.get(key, key): value for key, value in one.items()}
    if any(str(key).startswith("article__") for key in one):
        return {str(key).removeprefix("article__"): value for key, value in one.items()}
    if "href" in one and "title" not in one:
        # Pinboard calls the title a description, and the description extended.
        return {"title" if key == "description" else key: value for key, value in one.items()}
    return one


def _bookmarks(data: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """The bookmarks of Firefox, which nest in folders."""
    waiting = [(data, 0)]
    while waiting:
        node, depth = waiting.pop(0)
        url = node.get("uri") or node.get("url")
        if isinstance(url, str) and url.startswith(("http://", "https://")):
            yield {"title": node.get("title"), "url": url, "date added": node.get("dateAdded")}
        children = node.get("children")
        if isinstance(children, list) and depth < _MAX_DEPTH:
            waiting[:0] = [(child, depth + 1) for child in children if isinstance(child, Mapping)]
