"""Exports: of a search or an article, in any format that there is."""

from __future__ import annotations

import re
import shutil
import tempfile
import zipfile
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import BinaryIO
from urllib.parse import quote

import anyio
from anyio.to_thread import run_sync
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from newsarchive.archive import Archive
from newsarchive.errors import ExportError
from newsarchive.export.export_format import ExportFormat, FileFormat
from newsarchive.export.registry import format_named
from newsarchive.web.pages.address_parts import number
from newsarchive.web.served import served
from newsarchive.web.shown.search_address import SearchAddress

# At once; those who come later wait, and nobody's search waits for them.
_AT_ONCE = 2
_CHUNK = 1 << 18
# A book is laid out as a whole: a page takes 1 MB of memory.
_MOST_IN_A_BOOK = 300


async def export(request: Request) -> Response:
    """What was asked for as a file, complete before its first byte is sent: a half would look whole."""
    here = served(request)
    form = format_named(request.query_params.get("format", "jsonl"))
    asked = SearchAddress.of(request.query_params)
    only = number(request.query_params.get("id"))
    work = partial(_written, here.archive, form, asked, only)
    file = await run_sync(work, limiter=_limiter(request))
    name = _name(here.archive.name, "" if only is None else str(only), asked.query, ending=_ending(form))
    return StreamingResponse(_chunks(file), headers=_headers(form, name, file))


def _limiter(request: Request) -> anyio.CapacityLimiter:
    state = request.app.state
    if not hasattr(state, "exports"):
        state.exports = anyio.CapacityLimiter(_AT_ONCE)
    found: anyio.CapacityLimiter = state.exports
    return found


def _written(archive: Archive, form: ExportFormat, asked: SearchAddress, only: int | None) -> BinaryIO:
    file = tempfile.TemporaryFile()  # noqa: SIM115  closed when it is sent
    try:
        if form.name == "pdf":
            _refuse_large_book(archive, asked, only)
        if isinstance(form, FileFormat):
            _export(archive, form, asked, only, to=file)
        else:
            _zip(archive, form, asked, only, to=file)
    except BaseException:
        file.close()
        raise
    return file


def _export(
    archive: Archive, form: ExportFormat, asked: SearchAddress, only: int | None, *, to: BinaryIO | Path
) -> None:
    if only is not None:
        archive.article(only)
        archive.export(ids=[only], to=to, format=form.name)
        return
    archive.export(
        asked.full_query,
        to=to,
        format=form.name,
        sort=asked.sort or None,
        after=asked.after or None,
        before=asked.before or None,
    )


def _zip(
    archive: Archive, form: ExportFormat, asked: SearchAddress, only: int | None, *, to: BinaryIO
) -> None:
    """A folder of files as one."""
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch) / form.name
        _export(archive, form, asked, only, to=folder)
        with zipfile.ZipFile(to, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as packed:
            for path in sorted(folder.rglob("*")):
                if path.is_file():
                    with (
                        path.open("rb") as source,
                        packed.open(path.relative_to(scratch).as_posix(), "w") as entry,
                    ):
                        shutil.copyfileobj(source, entry)


def _refuse_large_book(archive: Archive, asked: SearchAddress, only: int | None) -> None:
    if only is not None:
        return
    found = archive.search(
        asked.full_query, sort="newest", limit=0, after=asked.after or None, before=asked.before or None
    ).total
    if found > _MOST_IN_A_BOOK:
        raise ExportError(
            f"{found:,} articles are too many for a PDF made here, which holds {_MOST_IN_A_BOOK}",
            hint="narrow the search, choose epub, or make it outside of the browser",
        )


def _headers(form: ExportFormat, name: str, file: BinaryIO) -> dict[str, str]:
    length = file.seek(0, 2)
    file.seek(0)
    kind = form.media_type if isinstance(form, FileFormat) else "application/zip"
    return {
        "Content-Type": kind,
        "Content-Length": str(length),
        "Content-Disposition": f"attachment; filename=\"{name}\"; filename*=UTF-8''{quote(name)}",
    }


def _ending(form: ExportFormat) -> str:
    return form.suffix if isinstance(form, FileFormat) else f".{form.name}.zip"


def _name(*parts: str, ending: str) -> str:
    """A name that every system takes: letters and digits of ASCII."""
    plain = re.sub(r"[^A-Za-z0-9]+", "-", " ".join(filter(None, parts))).strip("-").lower()
    return f"{plain[:60] or 'export'}{ending}"


def _chunks(file: BinaryIO) -> Iterator[bytes]:
    with file:
        while chunk := file.read(_CHUNK):
            yield chunk
