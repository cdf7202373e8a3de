"""What only a workbook can have: text struck through or raised, what is hidden or merged, number formats."""

import random
from decimal import Decimal

from tests.files.clean import MONEY, PLATFORM
from tests.files.layouts import without
from tests.files.sheets import Cell, File, Place, Sheet
from tests.files.verdicts import Expected
from tracking.filing.spreadsheets.grids import letter


def _figure(file: File, chance: random.Random) -> tuple[Sheet, Place] | None:
    """A count in a workbook that can be marked."""
    counts = [
        (sheet, place)
        for sheet, place in file.each("figure")
        if sheet.at(place).metric not in (MONEY.code, PLATFORM.code)
    ]
    return chance.choice(counts) if file.container == "xlsx" and counts else None


def _at(place: Place) -> dict[str, set]:
    return {"rows": {place[0] + 1}, "letters": {letter(place[1])}}


def row_struck(file: File, chance: random.Random) -> Expected | None:
    """A row struck through: passed over or read, but told."""
    found = _figure(file, chance)
    if not found:
        return None
    sheet, (row, _) = found
    for cell in sheet.rows[row]:
        cell.struck = True
    gone = [cell.key for cell in sheet.rows[row] if cell.role == "figure"]
    return Expected([without(file.figures, gone), file.figures], warned=True, rows={row + 1})


def cell_struck(file: File, chance: random.Random) -> Expected | None:
    """A figure struck through: passed over or read, but told."""
    found = _figure(file, chance)
    if not found:
        return None
    sheet, place = found
    sheet.at(place).struck = True
    return Expected([without(file.figures, [sheet.at(place).key]), file.figures], warned=True, **_at(place))


def struck_before(file: File, chance: random.Random) -> Expected | None:
    """An old figure struck through before the new one, in one cell."""
    found = _figure(file, chance)
    if not found:
        return None
    sheet, place = found
    sheet.at(place).before = str(chance.randrange(1, 99))
    return Expected([file.figures], **_at(place))


def footnote(file: File, chance: random.Random) -> Expected | None:
    """A footnote's number above the line behind a figure."""
    found = _figure(file, chance)
    if not found:
        return None
    sheet, place = found
    sheet.at(place).raised = str(chance.randrange(1, 9))
    return Expected([file.figures], **_at(place))


def row_hidden(file: File, chance: random.Random) -> Expected | None:
    """A row hidden: read, and told."""
    found = _figure(file, chance)
    if not found:
        return None
    sheet, (row, _) = found
    sheet.hidden_rows.add(row)
    return Expected([file.figures], must_read=True, warned=True)


def column_hidden(file: File, chance: random.Random) -> Expected | None:
    """A column hidden: read, and told."""
    found = _figure(file, chance)
    if not found:
        return None
    sheet, (_, column) = found
    sheet.hidden_columns.add(column)
    return Expected([file.figures], must_read=True, warned=True)


def sheet_hidden(file: File, chance: random.Random) -> Expected | None:
    """The only table is in a hidden sheet behind a cover: read, and told."""
    if not _figure(file, chance) or len(file.sheets) > 1:
        return None
    file.sheets[0].hidden = True
    file.sheets.insert(0, Sheet("封面", [[Cell("封面", "title")], [Cell("见后表", "title")]]))
    return Expected([file.figures], must_read=True, warned=True)


def hidden_sheet_besides(file: File, chance: random.Random) -> Expected | None:
    """Another table in a hidden sheet, which is not what is filed."""
    if not _figure(file, chance) or file.layout != "wide":
        return None
    rows = [[Cell("空间编号"), Cell("年度"), Cell("海外合作伙伴")], [Cell("SH0001"), Cell("2022"), Cell("7777")]]
    file.sheets.append(Sheet("去年", rows, hidden=True))
    return Expected([file.figures], must_read=True, warned=True)


def figure_merged(file: File, chance: random.Random) -> Expected | None:
    """One figure in a cell merged over two rows."""
    found = _figure(file, chance)
    if not found or file.layout != "wide":
        return None
    sheet, (row, column) = found
    if row + 1 >= len(sheet.rows) or len(sheet.rows[row + 1]) <= column or not sheet.rows[row + 1][0].text:
        return None
    sheet.rows[row + 1][column].text = ""
    sheet.merged.append((row, column, row + 1, column))
    return Expected([], rows={row + 1})


def shown_rounded(file: File, chance: random.Random) -> Expected | None:
    """Money with more decimals than the cell shows: as shown, or rounded to four, and told."""
    money = [(sheet, place) for sheet, place in file.each("figure") if sheet.at(place).metric == MONEY.code]
    if file.container != "xlsx" or not money:
        return None
    sheet, place = chance.choice(money)
    cell = sheet.at(place)
    assert cell.key
    cell.text, cell.form = "1234.56789", "#,##0.00"
    readings = [file.figures | {cell.key: Decimal(value)} for value in ("1234.5679", "1234.57")]
    return Expected(readings, must_read=True, warned=True)


def percent_format(file: File, chance: random.Random) -> Expected | None:
    """A share in a count's cell, as a percentage."""
    found = _figure(file, chance)
    if not found:
        return None
    sheet, place = found
    sheet.at(place).text, sheet.at(place).form = chance.choice(("0.7", "1", "12")), "0%"
    return Expected([], **_at(place))


def date_format(file: File, chance: random.Random) -> Expected | None:
    """A count that the spreadsheet made a date of."""
    found = _figure(file, chance)
    if not found:
        return None
    sheet, place = found
    sheet.at(place).text, sheet.at(place).form = "45000", chance.choice(("yyyy-mm-dd", 'm"月"d"日"'))
    return Expected([], **_at(place))


MARKS = (
    *(row_struck, cell_struck, struck_before, footnote, row_hidden, column_hidden, sheet_hidden),
    *(hidden_sheet_besides, figure_merged, shown_rounded, percent_format, date_format),
)
