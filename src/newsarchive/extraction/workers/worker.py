"""A process that extracts captures and can be killed: ``python -P -m newsarchive.extraction.workers.worker``.

Reads requests on stdin and answers on stdout, in order, as ``frames`` says. It
ends when its stdin does, so it never outlives what started it, and leaves
Ctrl-C to that. The one argument is the memory that it may use, in MB.
"""

from __future__ import annotations

import gc
import logging
import os
import signal
import sys
from contextlib import suppress
from datetime import datetime
from typing import Any, BinaryIO

from newsarchive.errors import ExtractError
from newsarchive.extraction import extract
from newsarchive.extraction.formats import page_reader
from newsarchive.extraction.workers.frames import error_fields, read_frame, write_frame
from newsarchive.formats import PageFormat, page_format_named


def main() -> None:
    """Serve requests until stdin ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    logging.disable()
    requests, answers = _streams()
    _load()
    _limit_memory(int(sys.argv[1]) if len(sys.argv) > 1 else 0)
    write_frame(answers, {"ready": True})
    while frame := read_frame(requests):
        write_frame(answers, _answer(*frame))


def _streams() -> tuple[BinaryIO, BinaryIO]:
    """Take the pipe for answers, and give stdout to nobody: a library that prints must not break a frame."""
    answers = os.fdopen(os.dup(1), "wb")
    with open(os.devnull, "wb") as nowhere:  # noqa: PTH123 -- a device, not a path of ours
        os.dup2(nowhere.fileno(), 1)
    return sys.stdin.buffer, answers


def _load() -> None:
    """Load the libraries before the first page, so that no page pays for them."""
    import trafilatura  # noqa: F401

    for format_ in (PageFormat.HTML, PageFormat.TEXT):
        page_reader(format_)

    # What is loaded now stays: the collector need not walk it again for every page.
    gc.freeze()
    # A page makes some hundred thousand small objects that die with it.
    gc.set_threshold(50_000, 20, 50)


def _limit_memory(megabytes: int) -> None:
    """Bound the address space where the system can; elsewhere the time limit alone holds."""
    if megabytes <= 0:
        return
    with suppress(ImportError, ValueError, OSError):
        import resource

        size = megabytes * 1_000_000
        resource.setrlimit(resource.RLIMIT_AS, (size, size))


def _answer(request: dict[str, Any], payload: bytes) -> dict[str, Any]:
    captured_at = request["captured_at"]
    try:
        return extract(
            payload,
            url=request["url"],
            content_type=request["content_type"],
            captured_at=None if captured_at is None else datetime.fromisoformat(captured_at),
            time_known=request["time_known"],
            format=page_format_named(request["format"]),
        ).to_dict()
    except ExtractError as error:
        return error_fields(error.message, error.hint)
    except MemoryError:
        return error_fields("extraction needs too much memory", "the page may be damaged or hostile")
    except Exception as error:  # noqa: BLE001 -- one page's surprise must not take the others' worker
        return error_fields(f"extraction failed: {type(error).__name__}: {error}"[:500], None)


if __name__ == "__main__":
    main()
