"""What happens to the unit of money: it moves to another place, or is another one."""

import random
from collections.abc import Callable
from decimal import ROUND_HALF_UP, Decimal

from tests.files.clean import BY_CODE, MONEY
from tests.files.sheets import Cell, Figures, File
from tests.files.verdicts import Expected

# How many 万元 there are in one.
FACTORS = {"千元": Decimal("0.1"), "元": Decimal("0.0001"), "亿元": Decimal(10_000), "万元": Decimal(1)}


def in_unit(figures: Figures, unit: str) -> Figures:
    """The figures where those of money are in another unit, rounded as the product rounds."""
    return {
        key: (value * FACTORS[unit]).quantize(Decimal("0.0001"), ROUND_HALF_UP) if key[2] == MONEY.code else value
        for key, value in figures.items()
    }


def _drawn(file: File, chance: random.Random) -> str | None:
    """A unit for the money of a file; none where the file has no money, or a cell of it names its own unit."""
    if not any(key[2] == MONEY.code for key in file.figures):
        return None
    if any(sheet.at(place).text.endswith("元") for sheet, place in file.each("figure")):
        return None
    return chance.choice(("千元", "千元", "元", "亿元", "万元"))


def _somewhere(file: File, unit: str) -> Expected:
    """What is expected of a unit beside what the file says already: two that disagree are an error."""
    if file.money and file.money != unit:
        return Expected([], mended=[file.figures, in_unit(file.figures, unit)])
    return Expected([in_unit(file.figures, unit)], must_read=True, warned=unit != MONEY.unit)


def title(file: File, chance: random.Random) -> Expected | None:
    """The unit in a row above the table."""
    unit = _drawn(file, chance)
    if not unit:
        return None
    words = chance.choice(("单位：{}", "计量单位：{}", "金额单位：{}", "（单位：{}）", "单位:{}")).format(unit)
    for sheet in file.sheets:
        at = chance.randrange(sheet.header + 1)
        before = chance.choice((0, 0, max(sheet.width() - 1, 0)))
        sheet.insert_row(at, [*(Cell() for _ in range(before)), Cell(words, "title")])
    return _somewhere(file, unit)


def sheet_name(file: File, chance: random.Random) -> Expected | None:
    """The unit in the name of the only sheet."""
    unit = _drawn(file, chance)
    if not unit or file.container not in ("xlsx", "ods") or file.sheets[0].name != "填报":
        return None
    file.sheets[0].name = chance.choice(("填报（{}）", "资金({})", "单位{}")).format(unit)
    return _somewhere(file, unit)


def remark(file: File, chance: random.Random) -> Expected | None:
    """The unit in a remark under the table."""
    unit = _drawn(file, chance)
    if not unit:
        return None
    words = chance.choice(("注：金额单位为{}", "注：金额单位：{}", "备注：以上资金单位均为{}", "单位：{}"))
    for sheet in file.sheets:
        if chance.random() < 0.5:
            sheet.rows.append([])
        sheet.rows.append([Cell(words.format(unit), "remark")])
    return _somewhere(file, unit)


def header(file: File, chance: random.Random) -> Expected | None:
    """Another unit in the brackets behind the metric's name."""
    unit = _drawn(file, chance)
    if not unit or any(True for _ in file.each("unit")):
        return None
    for sheet, place in file.each("metric"):
        cell = sheet.at(place)
        if cell.metric == MONEY.code:
            cell.text = f"{MONEY.zh}（{unit}）"
    return Expected([in_unit(file.figures, unit)], must_read=True, warned=unit != MONEY.unit)


def group(file: File, chance: random.Random) -> Expected | None:
    """The unit over a group of columns, the money among them."""
    unit = _drawn(file, chance)
    if not unit or file.layout != "wide":
        return None
    (sheet,) = file.sheets
    column = next(at for at, cell in enumerate(sheet.rows[sheet.header]) if cell.metric == MONEY.code)
    above = [Cell() for _ in range(len(sheet.rows[sheet.header]))]
    above[column] = Cell(f"资金情况（{unit}）", "title")
    # What comes behind is another group, so that this one ends.
    if column + 1 < len(above):
        above[column + 1] = Cell("其他情况", "title")
    if column > 0 and not sheet.rows[sheet.header][column - 1].metric:
        above[0] = Cell("基本信息", "title")
    sheet.insert_row(sheet.header, above)
    return _somewhere(file, unit)


def row_of_units(file: File, chance: random.Random) -> Expected | None:
    """A row of units under the header, or above it."""
    unit = _drawn(file, chance)
    if not unit or file.layout != "wide":
        return None
    (sheet,) = file.sheets
    named = sheet.rows[sheet.header]
    units = [Cell("" if not cell.metric else BY_CODE[cell.metric].unit, "unit row") for cell in named]
    for cell, name in zip(units, named, strict=True):
        if name.metric == MONEY.code:
            cell.text = unit
    sheet.insert_row(sheet.first if chance.random() < 0.7 else sheet.header, units)
    return _somewhere(file, unit)


def value_header(file: File, chance: random.Random) -> Expected | None:
    """The unit behind the name of the column of values."""
    unit = _drawn(file, chance)
    found = [(sheet, place) for sheet, place in file.each("label") if sheet.at(place).text == "数值"]
    if not unit or not found:
        return None
    sheet, place = found[0]
    sheet.at(place).text = f"数值（{unit}）"
    return _somewhere(file, unit)


def column_of_units(file: File, chance: random.Random) -> Expected | None:
    """Another unit in the column of units."""
    unit = _drawn(file, chance)
    cells = [sheet.at(place) for sheet, place in file.each("unit") if sheet.at(place).metric == MONEY.code]
    if not unit or not cells:
        return None
    for cell in cells:
        cell.text = unit
    return Expected([in_unit(file.figures, unit)], must_read=True, warned=unit != MONEY.unit)


def cell(file: File, chance: random.Random) -> Expected | None:
    """Another unit behind one figure: it goes before what the rest of the file says, or is refused."""
    unit = _drawn(file, chance)
    money = [sheet.at(place) for sheet, place in file.each("figure") if sheet.at(place).metric == MONEY.code]
    if not unit or not money:
        return None
    chosen = chance.choice(money)
    assert chosen.key
    chosen.text += unit
    figures = file.figures | in_unit({chosen.key: file.figures[chosen.key]}, unit)
    return Expected([figures], must_read=not file.money, warned=unit != MONEY.unit)


def fits_nothing(file: File, chance: random.Random) -> Expected | None:
    """A unit in a title that no metric of the table can be in."""
    # Also where no figure stands behind its name, sums of money are what 千元 can be meant of.
    there = {sheet.at(place).metric for sheet, place in file.each("metric")} | {key[2] for key in file.figures}
    unit = chance.choice(("美元", "万美元")) if MONEY.code in there else "千元"
    for sheet in file.sheets:
        sheet.insert_row(0, [Cell(f"单位：{unit}", "title")])
    # What the dollars are in the policy's unit, nobody knows.
    return Expected([], mended=[{key: value for key, value in file.figures.items() if key[2] != MONEY.code}])


UNITS: tuple[Callable[[File, random.Random], Expected | None], ...] = (
    *(title, sheet_name, remark, header, group, row_of_units, value_header, column_of_units, cell, fits_nothing),
)
