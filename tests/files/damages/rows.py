"""What happens to rows: totals, rows that are there twice, headers again, rows without their space, other tables."""

import copy
import random
from decimal import Decimal

from tests.files.clean import COUNTS, SPACES
from tests.files.sheets import Cell, File, Sheet
from tests.files.verdicts import Expected

_BY_ROW = ("wide", "long", "years_over_metrics", "metrics_over_years", "sheet_per_year")
TOTALS = ("合计", "总计", "小计", "汇总", "本页合计", "平均", "合 计")


def _records(sheet: Sheet) -> list[int]:
    return sorted({row for row, _ in sheet.places("figure")})


def _after(sheet: Sheet) -> int:
    """The row behind the last record."""
    return _records(sheet)[-1] + 1


def totals(file: File, chance: random.Random) -> Expected | None:
    """A row of totals under the table."""
    if file.layout not in _BY_ROW or file.layout == "long":
        return None
    word = chance.choice(TOTALS)
    for sheet in file.sheets:
        last = _records(sheet)[-1]
        row = [Cell() for _ in sheet.rows[last]]
        for column, cell in enumerate(sheet.rows[last]):
            if cell.role == "figure":
                row[column] = Cell(str(chance.randrange(10_000, 99_999)), "total")
        spaces = next(column for column, cell in enumerate(sheet.rows[last]) if cell.role == "space")
        row[chance.choice((0, spaces))] = Cell(word, "total")
        sheet.insert_row(last + 1, row)
    return Expected([file.figures], must_read=True, warned=True)


def _twice(file: File, chance: random.Random) -> tuple[Sheet, int, int] | None:
    """A record, and a copy of it somewhere below."""
    if file.layout not in ("wide", "long", "sheet_per_year"):
        return None
    sheet = chance.choice(file.sheets)
    number = chance.choice(_records(sheet))
    other = chance.randrange(number + 1, _after(sheet) + 1)
    sheet.insert_row(other, copy.deepcopy(sheet.rows[number]))
    return sheet, number, other


def row_twice(file: File, chance: random.Random) -> Expected | None:
    """A record that is there twice, word for word."""
    return Expected([file.figures]) if _twice(file, chance) else None


def row_twice_with_another_figure(file: File, chance: random.Random) -> Expected | None:
    """A record that is there twice, with another figure."""
    found = _twice(file, chance)
    if not found:
        return None
    sheet, number, other = found
    cell = chance.choice([cell for cell in sheet.rows[other] if cell.role == "figure"])
    cell.text = "否" if cell.text in ("是", "有", "√") else "是" if not cell.text[0].isdigit() else "7"
    assert cell.key
    figure = Decimal(int(cell.text == "是")) if not cell.text.isdigit() else Decimal(7)
    mended = [file.figures, file.figures | {cell.key: figure}]
    return Expected([], rows={number + 1, other + 1}, mended=mended)


def blank_row(file: File, chance: random.Random) -> Expected | None:
    """A blank row between two records."""
    if file.layout not in ("wide", "long"):
        return None
    sheet = file.sheets[0]
    sheet.insert_row(chance.choice(_records(sheet)), [])
    return Expected([file.figures], must_read=True)


def header_again(file: File, chance: random.Random) -> Expected | None:
    """The header once more, as every printed page has it."""
    if file.layout not in ("wide", "long"):
        return None
    sheet = file.sheets[0]
    sheet.insert_row(chance.choice(_records(sheet)), copy.deepcopy(sheet.rows[sheet.header]))
    return Expected([file.figures])


def space_in_first_row_only(file: File, _: random.Random) -> Expected | None:
    """The number of a space in its first row alone."""
    if file.layout != "long":
        return None
    sheet = file.sheets[0]
    before = ""
    for place in sheet.places("space"):
        cell = sheet.at(place)
        again, before = cell.text == before, cell.text
        if again:
            cell.text = ""
    return Expected([file.figures])


def ditto(file: File, chance: random.Random) -> Expected | None:
    """同上 where the space is that of the row above."""
    if file.layout not in ("wide", "long"):
        return None
    sheet, word = file.sheets[0], chance.choice(("同上", "〃"))
    places = sheet.places("space")
    again = [
        here for above, here in zip(places, places[1:], strict=False) if sheet.at(above).text == sheet.at(here).text
    ]
    # Their names stand there as before.
    for place in again:
        sheet.at(place).text = word
    return Expected([file.figures], must_read=True) if again else None


def footer(file: File, chance: random.Random) -> Expected | None:
    """Signatures and a date under the table."""
    words = chance.choice(
        (["单位负责人：", "", "统计负责人：", "", "填表人："], ["填报日期：2025-03-01"], ["（盖章）"])
    )
    for sheet in file.sheets:
        if chance.random() < 0.5:
            sheet.rows.append([])
        sheet.rows.append([Cell(word, "footer") for word in words])
    return Expected([file.figures], must_read=words != ["（盖章）"])


def remark_qualifies(file: File, chance: random.Random) -> Expected | None:
    """A remark under the table by which its figures are others than the year's."""
    words = chance.choice(("注：以上均为累计数", "备注：以上为计划数", "注：表中数据为预计数"))
    for sheet in file.sheets:
        sheet.rows.append([Cell(words, "remark")])
    return Expected([], mended=[{}])


def remark(file: File, chance: random.Random) -> Expected | None:
    """A remark under the table that changes nothing."""
    words = chance.choice(("注：以上均为年末数", "备注：数据来源于年度统计", "说明：本表由各众创空间填报"))
    for sheet in file.sheets:
        sheet.rows.append([Cell(words, "remark")])
    return Expected([file.figures])


def space_in_small_letters(file: File, _: random.Random) -> Expected | None:
    """The numbers of spaces in small letters."""
    cells = [sheet.at(place) for sheet, place in file.each("space") if sheet.at(place).text.startswith("SH")]
    for each in cells:
        each.text = each.text.lower()
    return Expected([file.figures], must_read=True) if cells else None


def codes_of_columns(file: File, chance: random.Random) -> Expected | None:
    """A row of the columns' codes under the header."""
    if file.layout not in ("wide", "long"):
        return None
    sheet = file.sheets[0]
    width = len(sheet.rows[sheet.header])
    codes = chance.choice(("甲乙丙丁戊己庚辛壬癸", "ABCDEFGHIJ", "123456789"))
    if width > len(codes):
        return None
    sheet.insert_row(sheet.first, [Cell(sign, "code") for sign in codes[:width]])
    return Expected([file.figures], must_read=True)


def no_records(file: File, _: random.Random) -> Expected | None:
    """A header and nothing below."""
    if file.layout not in ("wide", "long"):
        return None
    sheet = file.sheets[0]
    del sheet.rows[sheet.first :]
    return Expected([], mended=[{}])


def _other_metric(file: File) -> str:
    there = {key[2] for key in file.figures}
    return next(metric.zh for metric in COUNTS if metric.code not in there)


def another_table_below(file: File, _: random.Random) -> Expected | None:
    """Another table under the first: its figures are read, or the file is refused."""
    if file.layout != "wide":
        return None
    sheet = file.sheets[0]
    name = _other_metric(file)
    space, year = next(iter(file.figures))[:2]
    # In the same number of columns, where a header that is not seen would give the figure to the metric above.
    sheet.rows.append([])
    sheet.rows.append([Cell("空间编号"), Cell("年度"), Cell(name)])
    sheet.rows.append([Cell(space), Cell(str(year)), Cell("7777")])
    code = next(metric.code for metric in COUNTS if metric.zh == name)
    return Expected([file.figures | {(space, year, code): Decimal(7777)}])


def another_sheet(file: File, _: random.Random) -> Expected | None:
    """Another metric of the same space and year in another sheet: joined."""
    if file.layout != "wide" or file.container not in ("xlsx", "ods"):
        return None
    name = _other_metric(file)
    space, year = next(iter(file.figures))[:2]
    rows = [[Cell("空间编号"), Cell("年度"), Cell(name)], [Cell(space), Cell(str(year)), Cell("7777")]]
    file.sheets.append(Sheet("续表", rows))
    code = next(metric.code for metric in COUNTS if metric.zh == name)
    return Expected([file.figures | {(space, year, code): Decimal(7777)}], must_read=True)


def another_sheet_contradicts(file: File, _: random.Random) -> Expected | None:
    """Another figure of the same space, year and metric in another sheet."""
    counts = {metric.code: metric.zh for metric in COUNTS}
    key = next((key for key in file.figures if key[2] in counts), None)
    if file.layout != "wide" or file.container not in ("xlsx", "ods") or not key:
        return None
    rows = [[Cell("空间编号"), Cell("年度"), Cell(counts[key[2]])], [Cell(key[0]), Cell(str(key[1])), Cell("7")]]
    file.sheets.append(Sheet("续表", rows))
    return Expected([], mended=[file.figures, file.figures | {key: Decimal(7)}])


def zeros_lost(file: File, _: random.Random) -> Expected | None:
    """The zeros in front of a space's number gone, as spreadsheets do."""
    cells = [sheet.at(place) for sheet, place in file.each("space") if sheet.at(place).text.startswith("0")]
    for each in cells:
        each.text = each.text.lstrip("0")
    return Expected([file.figures]) if cells else None


def space_misspelt(file: File, chance: random.Random) -> Expected | None:
    """A space's number that the register does not have."""
    places = [(sheet, place) for sheet, place in file.each("space")]
    if not places:
        return None
    sheet, place = chance.choice(places)
    cell = sheet.at(place)
    wrong = chance.choice((cell.text + "9", cell.text[:-1], "X" + cell.text))
    if wrong in SPACES.names or wrong.lstrip("0") == "":
        return None
    cell.text = wrong
    return Expected([], rows={place[0] + 1})


def name_of_another(file: File, chance: random.Random) -> Expected | None:
    """The name of another space beside the number."""
    places = [(sheet, place) for sheet, place in file.each("name")]
    if not places:
        return None
    sheet, place = chance.choice(places)
    cell = sheet.at(place)
    cell.text = chance.choice([name for name in SPACES.names.values() if name != cell.text])
    return Expected([], rows={place[0] + 1})


ROWS = (
    *(totals, row_twice, row_twice_with_another_figure, blank_row, header_again, space_in_first_row_only, ditto),
    *(footer, codes_of_columns, no_records, another_table_below, another_sheet, another_sheet_contradicts),
    *(zeros_lost, space_misspelt, name_of_another, remark, remark_qualifies, space_in_small_letters),
)
