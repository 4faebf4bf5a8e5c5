"""A process that extracts captures and can be killed: ``python -P -m newsarchive.extraction.workers.worker``.

Reads requests on stdin and answers on stdout, in order, as ``frames`` says. It
ends when its stdin does, and leaves Ctrl-C to what started it. That its parent died, of
whatever, it sees itself where another process holds the other end of its stdin, and a page
over its time ends it where nobody is left to. The arguments are the memory that it may use,
in MB, the seconds that a page may take, and its parent's process id; 0 is none.
"""

from __future__ import annotations

import faulthandler
import gc
import logging
import os
import signal
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from threading import Thread
from typing import Any, BinaryIO

from newsarchive.errors import ExtractError
from newsarchive.extraction import extract
from newsarchive.extraction.formats import page_reader
from newsarchive.extraction.workers.frames import error_fields, read_frame, write_frame
from newsarchive.formats import PageFormat, page_format_named

# How often it looks for its parent, and how much longer than its parent it waits for a page.
_LOOK_SECONDS = 1.0
_GRACE = 2


def main() -> None:
    """Serve requests until stdin ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    logging.disable()
    megabytes, seconds, parent = map(float, (*sys.argv[1:4], *"000")[:3])
    requests, answers = _streams()
    _end_with(int(parent))
    _load()
    _limit_memory(int(megabytes))
    write_frame(answers, {"ready": True})
    while frame := read_frame(requests):
        with _bounded(seconds):
            answer = _answer(*frame)
        write_frame(answers, answer)


def _streams() -> tuple[BinaryIO, BinaryIO]:
    """Take the pipe for answers, and give stdout to nobody: a library that prints must not break a frame."""
    answers = os.fdopen(os.dup(1), "wb")
    with open(os.devnull, "wb") as nowhere:  # noqa: PTH123 -- a device, not a path of ours
        os.dup2(nowhere.fileno(), 1)
    return sys.stdin.buffer, answers


def _end_with(parent: int) -> None:
    """End when the parent has; the system gives its children to another process then."""
    if parent and os.name == "posix":
        Thread(target=_watch, args=(parent,), daemon=True).start()


def _watch(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(_LOOK_SECONDS)
    os._exit(1)


@contextmanager
def _bounded(seconds: float) -> Iterator[None]:
    """End the process where a page takes too long; the parent does so sooner, if it is there."""
    if not seconds:
        yield
        return
    with open(os.devnull, "w") as nowhere:  # noqa: PTH123 -- a device, not a path of ours
        # A thread in C: a pattern or a parser that never comes back keeps all others from running.
        faulthandler.dump_traceback_later(_GRACE * seconds, exit=True, file=nowhere)
        try:
            yield
        finally:
            faulthandler.cancel_dump_traceback_later()


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
