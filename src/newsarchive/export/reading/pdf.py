"""The clippings book as PDF, by WeasyPrint. The extra ``pdf``."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, BinaryIO

from newsarchive.errors import ExportError, extra
from newsarchive.export.export_format import FileFormat, NoOptions
from newsarchive.export.export_source import ExportSource
from newsarchive.export.reading.clippings import clippings_html

_MOST_NAMED = 10


def write(source: ExportSource, stream: BinaryIO, options: NoOptions) -> int:
    """Lay out the whole book; it is held in memory. Raises ExportError where WeasyPrint is not installed."""
    del options
    try:
        from weasyprint import HTML
    except (ImportError, OSError) as exc:
        # An OSError where Pango is missing, which pip can't install.
        raise ExportError(
            "PDF needs WeasyPrint and Pango, which are not installed",
            hint=extra("pdf", instead="choose clippings and print it from a browser"),
        ) from exc
    page, count = clippings_html(source)
    with _missing_letters() as missing:
        HTML(string=page, url_fetcher=_refuse).write_pdf(stream)
    if missing:
        shown = " ".join(sorted(missing)[:_MOST_NAMED])
        source.notify(
            f"no font here has {len(missing):,} of the letters, which show as boxes in the PDF: {shown}"
        )
    return count


@contextmanager
def _missing_letters() -> Iterator[set[str]]:
    """Letters that no installed font has."""
    listener = _MissingLetters()
    log = logging.getLogger("weasyprint")
    log.addHandler(listener)
    try:
        yield listener.letters
    finally:
        log.removeHandler(listener)


class _MissingLetters(logging.Handler):
    """WeasyPrint says of them in its log alone, with the letter as the first argument."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.letters: set[str] = set()

    def emit(self, record: logging.LogRecord) -> None:
        """Take the letter of a warning."""
        if record.msg.startswith(".notdef") and isinstance(record.args, tuple):
            self.letters.update(str(letter) for letter in record.args[:1])


def _refuse(url: str, *_: Any, **__: Any) -> Any:
    """The page names nothing to fetch; were it otherwise, nothing would be."""
    raise ValueError(f"an export fetches nothing: {url}")


FORMAT = FileFormat(
    name="pdf",
    title="the clippings book as PDF",
    suffix=".pdf",
    media_type="application/pdf",
    is_text=False,
    options=NoOptions,
    write=write,
    extra="pdf",
)
