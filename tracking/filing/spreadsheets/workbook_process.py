"""Opens the workbook on standard input and writes its sheets to standard output, within limits.

Run by `workbooks` as `python -m tracking.filing.spreadsheets.workbook_process` with the limits MEMORY SECONDS
MOST_COLUMNS MOST_CELLS LONGEST_CELL.
"""

import io
import pickle
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

import python_calamine

from tracking.filing.spreadsheets import xlsx_marks
from tracking.filing.spreadsheets.same_texts import SameTexts
from tracking.filing.spreadsheets.xlsx_marks import Marks

MOST_SHEETS = 100


@dataclass(frozen=True)
class Limits:
    """What a workbook may hold, as the one who asks for it has it."""

    columns: int
    cells: int
    longest: int


class _TooMuchError(Exception):
    def __init__(self, code: str, **details: object) -> None:
        super().__init__(code)
        self.told = (code, details)


def main() -> None:
    """Read, and tell: ("sheets", a list of them) or (a problem's code, its details), pickled."""
    memory, seconds, *most = map(int, sys.argv[1:])
    limit(memory, seconds)
    told = _told(sys.stdin.buffer.read(), Limits(*most))
    sys.stdout.buffer.write(pickle.dumps(told, protocol=pickle.HIGHEST_PROTOCOL))


def limit(memory: int, seconds: int) -> None:
    """Let the system end this process where it asks for more. Windows has no such limits."""
    if sys.platform != "win32":
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))


def _told(content: bytes, limits: Limits) -> tuple[str, object]:
    try:
        with python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(content)) as book:
            sheets = [each for each in book.sheets_metadata if each.typ == python_calamine.SheetTypeEnum.WorkSheet]
            if len(sheets) > MOST_SHEETS:
                return "file-too-many-sheets", {"sheets": len(sheets), "most": MOST_SHEETS}
            marks = _marks(content)
            return "sheets", [_sheet(book, each, marks.get(each.name, Marks()), limits) for each in sheets]
    except python_calamine.PasswordError:
        return "file-protected", {}
    except _TooMuchError as error:
        return error.told
    except (python_calamine.CalamineError, OSError, ValueError):
        return "file-broken", {}


def _marks(content: bytes) -> dict[str, Marks]:
    if content.startswith(b"PK"):
        return xlsx_marks.of(content)
    # Only who files an .xls pays for the library that knows it.
    from tracking.filing.spreadsheets import xls_marks

    return xls_marks.of(content)


def _sheet(
    book: python_calamine.CalamineWorkbook,
    told: python_calamine.SheetMetadata,
    marks: Marks,
    limits: Limits,
) -> tuple[object, ...]:
    """What a grid is made of: name, rows of texts, merges, whether it is hidden, hidden rows and columns."""
    sheet = book.get_sheet_by_name(told.name)
    height, width = (sheet.end[0] + 1, sheet.end[1] + 1) if sheet.end else (0, 0)
    if width > limits.columns:
        raise _TooMuchError("file-too-wide", sheet=told.name, columns=width, most=limits.columns)
    if height * width > limits.cells:
        raise _TooMuchError("file-too-many-cells", sheet=told.name, cells=height * width, most=limits.cells)
    merged = tuple(_clipped(sheet.merged_cell_ranges or (), height, width))
    hidden = told.visible != python_calamine.SheetVisibleEnum.Visible
    rows = list(_rows(sheet, marks.texts, limits))
    return told.name, rows, merged, hidden, frozenset(marks.hidden_rows), frozenset(marks.hidden_columns)


def _clipped(
    merges: Iterable[tuple[tuple[int, int], tuple[int, int]]], height: int, width: int
) -> Iterator[tuple[int, int, int, int]]:
    """The merges of more than one cell, as far as the sheet says anything: some are as large as a sheet can be."""
    for (top, left), (bottom, right) in merges:
        bottom, right = min(bottom, height - 1), min(right, width - 1)
        if top <= bottom and left <= right and (top, left) != (bottom, right):
            yield top, left, bottom, right


def _rows(
    sheet: python_calamine.CalamineSheet, marks: Mapping[int, Mapping[int, str]], limits: Limits
) -> Iterator[list[str]]:
    """The rows from row 1 on, column A first; the library leaves blank columns on the left out."""
    left = [""] * (sheet.start[1] if sheet.start else 0)
    last = max(marks, default=-1)
    number = -1
    # In the pipe and behind it as well.
    same = SameTexts()
    for number, row in enumerate(sheet.iter_rows()):
        texts = _marked([*left, *map(_text, row)], marks.get(number, {}), limits)
        if max(map(len, texts), default=0) > limits.longest:
            raise _TooMuchError("file-cell-too-long", sheet=sheet.name, row=number + 1, longest=limits.longest)
        yield same.of(texts)
    # The library ends with the last cell that holds something; a formula without a result may come below.
    for below in range(number + 1, min(last + 1, number + 1 + len(marks))):
        yield _marked([], marks.get(below, {}), limits)


def _marked(texts: list[str], marks: Mapping[int, str], limits: Limits) -> list[str]:
    for column, text in marks.items():
        if column < limits.columns:
            texts += [""] * (column + 1 - len(texts))
            texts[column] = text
    return texts


def _text(cell: object) -> str:
    """A cell as a person would type it: 20, 0.7, TRUE, 2023-03-01."""
    match cell:
        case str():
            return cell
        case bool():
            return "TRUE" if cell else "FALSE"
        case int():
            return str(cell)
        case float():
            # A spreadsheet keeps 15 digits; what lies behind them is noise of the binary number.
            return repr(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else f"{cell:.15g}"
        case datetime() | date():
            return cell.isoformat()[:10]
        case time() | timedelta():
            return str(cell)
    return ""


if __name__ == "__main__":
    main()
