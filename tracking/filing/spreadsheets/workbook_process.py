"""Opens the file on standard input and writes its sheets to standard output, within limits.

Run by `workbooks`, through `limited`, with MOST_COLUMNS, MOST_CELLS and LONGEST_CELL.
"""

import io
import pickle
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, datetime, time, timedelta
from functools import lru_cache

import python_calamine

from tracking.filing.spreadsheets import limited, number_formats, workbooks, xlsx_marks
from tracking.filing.spreadsheets.markup_kinds import is_markup
from tracking.filing.spreadsheets.same_texts import SameTexts
from tracking.filing.spreadsheets.sheets import MOST_SHEETS, Limits, Marks, UnreadableError

# A table of filings says most numbers over and over. No two that are equal are written differently.
_number = lru_cache(100_000)(number_formats.number)


def main() -> None:
    """Read, and answer: ("sheets", a list of what each grid is made of) or (a problem's code, its details), pickled."""
    memory, seconds, *most = map(int, sys.argv[1:])
    limited.limit(memory, seconds)
    found = answer(sys.stdin.buffer.read(), Limits(*most))
    sys.stdout.buffer.write(pickle.dumps(found, protocol=pickle.HIGHEST_PROTOCOL))


def answer(content: bytes, limits: Limits) -> tuple[str, object]:
    """What becomes of a file: ("sheets", what each grid is made of), or the code of a problem and its details."""
    try:
        return "sheets", _read(content)(content, limits)
    except python_calamine.PasswordError:
        return "file-protected", {}
    except UnreadableError as error:
        return error.code, error.details
    except (python_calamine.CalamineError, OSError, ValueError):
        return "file-broken", {}


def _read(content: bytes) -> Callable[[bytes, Limits], list[dict[str, object]]]:
    """What reads a file of this kind. Only who files one pays for what knows it."""
    if is_markup(content):
        from tracking.filing.spreadsheets import markup_sheets

        return markup_sheets.sheets
    part = workbooks.main_part(content) if content.startswith(b"PK") else None
    if part == workbooks.ODS:
        from tracking.filing.spreadsheets import ods_sheets

        return ods_sheets.sheets
    if part == workbooks.XLSB:
        from tracking.filing.spreadsheets import xlsb_sheets

        return xlsb_sheets.sheets
    return _sheets


def _sheets(content: bytes, limits: Limits) -> list[dict[str, object]]:
    with python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(content)) as book:
        sheets = [each for each in book.sheets_metadata if each.typ == python_calamine.SheetTypeEnum.WorkSheet]
        if len(sheets) > MOST_SHEETS:
            raise UnreadableError("file-too-many-sheets", sheets=len(sheets), most=MOST_SHEETS)
        marks = _marks(content)
        return [_sheet(book, each, marks.get(each.name, Marks()), limits) for each in sheets]


def _marks(content: bytes) -> dict[str, Marks]:
    if content.startswith(b"PK"):
        return xlsx_marks.of(content)
    # Only who files an .xls pays for the library that knows it.
    from tracking.filing.spreadsheets import xls_marks

    return xls_marks.of(content)


def _sheet(
    book: python_calamine.CalamineWorkbook,
    metadata: python_calamine.SheetMetadata,
    marks: Marks,
    limits: Limits,
) -> dict[str, object]:
    """What a grid is made of, by the names of its fields."""
    sheet = book.get_sheet_by_name(metadata.name)
    height, width = (sheet.end[0] + 1, sheet.end[1] + 1) if sheet.end else (0, 0)
    limits.take(metadata.name, height, width)
    return {
        "sheet": metadata.name,
        "rows": list(_rows(sheet, marks.texts, limits)),
        "merged": tuple(_clipped(sheet.merged_cell_ranges or (), height, width)),
        "hidden": metadata.visible != python_calamine.SheetVisibleEnum.Visible,
        **marks.fields(),
    }


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
        limits.check(sheet.name, number, texts)
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
        case float():
            return _number(cell)
        case str():
            return cell
        case bool():
            return "TRUE" if cell else "FALSE"
        case int():
            return str(cell)
        case datetime() | date():
            return cell.isoformat()[:10]
        case time() | timedelta():
            return str(cell)
    return ""


if __name__ == "__main__":
    main()
