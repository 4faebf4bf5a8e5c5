"""Articles that a container describes field by field: each becomes a row, as of a dataset."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime

from newsarchive.acquire.reader import Failure, Item, printable
from newsarchive.errors import AcquireError
from newsarchive.formats import PageFormat
from newsarchive.model import Capture

Row = Mapping[str, object]


def row_capture(
    row: Row, *, source: str, now: datetime, dataset: str, moment: datetime | None = None
) -> Capture:
    """The capture of a row; what it doesn't state is left out. ``id`` names it within ``dataset``."""
    stated = {key: value for key, value in row.items() if value not in (None, "", [], ())}
    identifier = stated.get("id")
    return Capture(
        payload=json.dumps(stated, ensure_ascii=False).encode("utf-8", "replace"),
        source=source,
        captured_at=moment or now,
        time_known=moment is not None,
        format=PageFormat.ROW,
        content_type=PageFormat.ROW.traits.media_types[0],
        dataset=dataset,
        identifier=None if identifier is None else printable(str(identifier)[:1_000]),
    )


def numbered(rows: Iterable[Row], *, name: str, now: datetime, dataset: str) -> Iterator[Item]:
    """A capture for each row, with its number as its place; a file without any is a failure."""
    empty = True
    for number, row in enumerate(rows, start=1):
        empty = False
        source = f"{name}#{number}"
        if row.get("headline") or row.get("text"):
            yield row_capture(row, source=source, now=now, dataset=dataset)
        else:
            reason = AcquireError(f"{source} has neither a headline nor a text", hint="look at the file")
            yield Failure(source, reason)
    if empty:
        yield Failure(name, AcquireError(f"{name} holds no articles", hint="export it with full texts"))
