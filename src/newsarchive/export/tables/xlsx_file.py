"""XLSX: a worksheet for spreadsheet programs. All cells of text are text, so that none can be a formula.

Source: ECMA-376; "Excel specifications and limits".
"""

from __future__ import annotations

from typing import TYPE_CHECKING, BinaryIO

from newsarchive.errors import ExportError
from newsarchive.export.clean_text import characters_of_xml
from newsarchive.export.export_format import FileFormat
from newsarchive.export.export_source import ExportSource
from newsarchive.export.tables.columns import ColumnOptions, cell

if TYPE_CHECKING:
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

_MOST_ROWS = 1_048_576
_LONGEST_CELL = 32_767
_WIDTHS = {"query": 30, "id": 8, "url": 30, "headline": 60, "description": 60, "authors": 24, "text": 80}
_WIDTH = 18


def write(source: ExportSource, stream: BinaryIO, options: ColumnOptions) -> int:
    """Write a sheet of a row an article, with a filter and a fixed header. Raises ExportError."""
    from xlsxwriter.exceptions import XlsxWriterException

    if source.search.total >= _MOST_ROWS:
        raise ExportError(
            f"a worksheet holds {_MOST_ROWS:,} rows, too few for {source.search.total:,} articles",
            hint="narrow the query, or choose csv",
        )
    try:
        return _write_book(source, stream, options)
    except XlsxWriterException as exc:
        raise ExportError(f"can't write the worksheet: {exc}", hint="check the disk") from exc


def _write_book(source: ExportSource, stream: BinaryIO, options: ColumnOptions) -> int:
    from xlsxwriter.workbook import Workbook

    # Constant memory: rows go to a temporary file as they come.
    with Workbook(stream, {"constant_memory": True}) as workbook:
        workbook.set_properties({"created": source.search.exported_at.replace(tzinfo=None)})
        columns = (*source.search.beside, *options.columns)
        sheet = _sheet(workbook, columns)
        count = 0
        for count, article in enumerate(source.articles(), start=1):
            for number, column in enumerate(columns):
                _put(sheet, count, number, cell(article, column))
        sheet.autofilter(0, 0, count, len(columns) - 1)
    return count


def _sheet(workbook: Workbook, columns: tuple[str, ...]) -> Worksheet:
    sheet = workbook.add_worksheet("articles")
    sheet.freeze_panes(1, 0)
    bold = workbook.add_format({"bold": True})
    for number, column in enumerate(columns):
        sheet.set_column(number, number, _WIDTHS.get(column, _WIDTH))
        sheet.write_string(0, number, column, bold)
    return sheet


def _put(sheet: Worksheet, row: int, column: int, value: str | int | bool | None) -> None:
    if isinstance(value, bool):
        sheet.write_boolean(row, column, value)
    elif isinstance(value, int):
        sheet.write_number(row, column, value)
    elif value:
        sheet.write_string(row, column, _fitting(characters_of_xml(value)))


def _fitting(text: str) -> str:
    """As much as a cell holds, in UTF-16 code units, as Excel counts."""
    if len(text) <= _LONGEST_CELL and len(text.encode("utf-16-le")) <= 2 * _LONGEST_CELL:
        return text
    return text.encode("utf-16-le")[: 2 * (_LONGEST_CELL - 1)].decode("utf-16-le", "ignore") + "…"


FORMAT = FileFormat(
    name="xlsx",
    title="a worksheet for Excel, LibreOffice and their like",
    suffix=".xlsx",
    media_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    is_text=False,
    options=ColumnOptions,
    write=write,
    has_rows=True,
)
