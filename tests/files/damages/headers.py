"""What happens to headers: renamed, qualified, swapped with or without their figures, one column made two."""

import random

from tests.files.clean import BY_CODE, MONEY, PLATFORM
from tests.files.layouts import without
from tests.files.sheets import Cell, File, Place, Sheet
from tests.files.verdicts import Expected

QUALIFIERS = ("计划", "预计", "目标", "上年", "累计", "同比")


def _metric(file: File, chance: random.Random, *, counts: bool = False) -> list[tuple[Sheet, Place]]:
    """All cells that name one metric of the file."""
    cells = [
        (sheet, place) for sheet, place in file.each("metric") if sheet.at(place).metric != PLATFORM.code or not counts
    ]
    if counts:
        cells = [(sheet, place) for sheet, place in cells if sheet.at(place).metric != MONEY.code]
    if not cells:
        return []
    sheet, place = chance.choice(cells)
    code = sheet.at(place).metric
    return [(sheet, place) for sheet, place in cells if sheet.at(place).metric == code]


def _plainly_named(cells: list[tuple[Sheet, Place]]) -> str:
    """Give a metric its Chinese name, and give back that."""
    name = BY_CODE[cells[0][0].at(cells[0][1]).metric].zh
    for sheet, place in cells:
        sheet.at(place).text = name
    return name


def _renamed(cells: list[tuple[Sheet, Place]], name: str) -> set[int]:
    for sheet, place in cells:
        sheet.at(place).text = name
    return {place[0] + 1 for _, place in cells}


def misspelt(file: File, chance: random.Random) -> Expected | None:
    """A sign of a metric's name lost, or another."""
    cells = _metric(file, chance)
    if not cells:
        return None
    name = _plainly_named(cells)
    at = chance.randrange(len(name))
    rows = _renamed(cells, name[:at] + chance.choice(("", "帅", "X")) + name[at + 1 :])
    return Expected([file.figures], rows=rows)


def alias(file: File, chance: random.Random) -> Expected | None:
    """数 and the like behind a count's name."""
    cells = _metric(file, chance, counts=True)
    if not cells:
        return None
    name = _plainly_named(cells)
    if name.endswith("人数"):
        return None
    _renamed(cells, name + chance.choice(("数", "数量", "总数", "情况")))
    return Expected([file.figures], must_read=True)


def line_break(file: File, chance: random.Random) -> Expected | None:
    """A line break within a metric's name."""
    cells = _metric(file, chance)
    if not cells:
        return None
    name = _plainly_named(cells)
    at = chance.randrange(1, len(name))
    _renamed(cells, f"{name[:at]}\n{name[at:]}")
    return Expected([file.figures], must_read=file.container != "html")


def qualified(file: File, chance: random.Random) -> Expected | None:
    """A word with a metric's name that makes its figures others than the year's."""
    cells = _metric(file, chance)
    if not cells:
        return None
    name = _plainly_named(cells)
    code = cells[0][0].at(cells[0][1]).metric
    word = chance.choice((*QUALIFIERS, "%"))
    form = "{name}（{word}）" if word == "%" else chance.choice(("{word}{name}", "{name}（{word}）", "{name}{word}"))
    rows = _renamed(cells, form.format(name=name, word=word))
    others = without(file.figures, [key for key in file.figures if key[2] == code])
    return Expected([], rows=rows, mended=[others])


def group_qualified(file: File, chance: random.Random) -> Expected | None:
    """Such a word over the columns."""
    if file.layout not in ("wide", "sheet_per_year", "sheet_per_space"):
        return None
    word = chance.choice(QUALIFIERS)
    for sheet in file.sheets:
        names = sheet.rows[sheet.header]
        first = next(column for column, cell in enumerate(names) if cell.metric)
        above = [Cell() for _ in names]
        above[first] = Cell(word, "title")
        sheet.insert_row(sheet.header, above)
        last = max(column for column, cell in enumerate(names) if cell.metric)
        if file.container == "xlsx" and last > first:
            sheet.merged.append((sheet.header - 1, first, sheet.header - 1, last))
    return Expected([], mended=[{}])


def values_qualified(file: File, chance: random.Random) -> Expected | None:
    """Such a word behind the name of the column of values."""
    found = [(sheet, place) for sheet, place in file.each("label") if sheet.at(place).text in ("数值", "本年")]
    if not found:
        return None
    sheet, place = found[0]
    sheet.at(place).text = chance.choice(("数值（{}）", "{}数值", "{}")).format(chance.choice(QUALIFIERS))
    return Expected([], rows={place[0] + 1}, mended=[{}])


def plan_beside_actual(file: File, chance: random.Random) -> Expected | None:
    """计划 and 实际 under one metric, two columns."""
    if file.layout != "wide":
        return None
    sheet = file.sheets[0]
    named = [column for column, cell in enumerate(sheet.rows[sheet.header]) if cell.metric not in ("", PLATFORM.code)]
    if not named:
        return None
    column = chance.choice(named)
    height = len(sheet.rows) - sheet.header
    plans = [Cell(str(chance.randrange(10, 99)), "plan") if row and row[0].text else Cell() for row in sheet.rows]
    names = [Cell() for _ in sheet.rows[sheet.header]]
    plan, actual = chance.sample((column, column + 1), 2)
    sheet.insert_column(plan, plans[-height:])
    names.append(Cell())
    names[plan], names[actual] = Cell("计划", "plan"), Cell(chance.choice(("实际", "完成")), "plan")
    name = sheet.rows[sheet.header][actual]
    sheet.rows[sheet.header][actual], sheet.rows[sheet.header][plan] = Cell(), Cell()
    sheet.rows[sheet.header][column] = name
    sheet.insert_row(sheet.first, names)
    if file.container == "xlsx":
        sheet.merged.append((sheet.header, column, sheet.header, column + 1))
    return Expected([file.figures])


def last_year_beside(file: File, chance: random.Random) -> Expected | None:
    """Last year's figures of a metric in a column of their own: left out, and told."""
    if file.layout != "wide":
        return None
    sheet = file.sheets[0]
    named = [column for column, cell in enumerate(sheet.rows[sheet.header]) if cell.metric not in ("", PLATFORM.code)]
    if not named:
        return None
    column = chance.choice(named)
    name = BY_CODE[sheet.rows[sheet.header][column].metric].zh
    cells = [Cell(str(chance.randrange(10, 99)), "before") if row and row[0].text else Cell() for row in sheet.rows]
    cells = cells[sheet.header :]
    cells[0] = Cell(chance.choice(("{}（上年）", "上年{}", "上年")).format(name), "label")
    sheet.insert_column(column + chance.randrange(2), cells)
    return Expected([file.figures], warned=True)


def columns_swapped(file: File, chance: random.Random) -> Expected | None:
    """Two columns in each other's place, with their names: the same filing."""
    two = _two(file, chance)
    if not two:
        return None
    sheet, one, other = two
    for row in sheet.rows[sheet.header :]:
        row += [Cell() for _ in range(max(one, other) + 1 - len(row))]
        row[one], row[other] = row[other], row[one]
    return Expected([file.figures], must_read=True)


def names_swapped(file: File, chance: random.Random) -> Expected | None:
    """Two columns' names in each other's place: the figures are those that the file now says."""
    two = _two(file, chance)
    if not two:
        return None
    sheet, one, other = two
    names = sheet.rows[sheet.header]
    codes = {names[one].metric: names[other].metric, names[other].metric: names[one].metric}
    names[one], names[other] = names[other], names[one]
    said = {(space, year, codes.get(metric, metric)): value for (space, year, metric), value in file.figures.items()}
    return Expected([said])


def _two(file: File, chance: random.Random) -> tuple[Sheet, int, int] | None:
    if file.layout != "wide":
        return None
    sheet = file.sheets[0]
    counts = [
        column
        for column, cell in enumerate(sheet.rows[sheet.header])
        if cell.metric not in ("", PLATFORM.code, MONEY.code)
    ]
    # Units would contradict the figures.
    if len(counts) < 2 or any(sheet.at(place).text[-1:].isalpha() for place in sheet.places("figure")):
        return None
    one, other = chance.sample(counts, 2)
    return sheet, one, other


def keys_swapped(file: File, _: random.Random) -> Expected | None:
    """The names of the columns of spaces and years in each other's place."""
    if file.layout not in ("wide", "long"):
        return None
    names = file.sheets[0].rows[file.sheets[0].header]
    labels = [column for column, cell in enumerate(names) if cell.text in ("空间编号", "space_id", "年度", "year")]
    one, other = labels
    names[one], names[other] = names[other], names[one]
    return Expected([file.figures])


def key_missing(file: File, chance: random.Random) -> Expected | None:
    """The name of the column of spaces or years gone."""
    if file.layout not in ("wide", "long"):
        return None
    names = file.sheets[0].rows[file.sheets[0].header]
    column = chance.choice(
        [at for at, cell in enumerate(names) if cell.text in ("空间编号", "space_id", "年度", "year")]
    )
    names[column] = Cell()
    return Expected([file.figures])


def name_missing(file: File, chance: random.Random) -> Expected | None:
    """The name of a metric's column gone: its figures are nobody's."""
    if file.layout != "wide":
        return None
    sheet = file.sheets[0]
    column = chance.choice([at for at, cell in enumerate(sheet.rows[sheet.header]) if cell.metric])
    code = sheet.rows[sheet.header][column].metric
    sheet.rows[sheet.header][column] = Cell()
    gone = [key for key in file.figures if key[2] == code]
    return Expected([without(file.figures, gone)] if not gone else [])


def unknown_column(file: File, chance: random.Random) -> Expected | None:
    """A column that the policy does not know."""
    if file.layout != "wide":
        return None
    sheet = file.sheets[0]
    cells = [Cell(str(chance.randrange(10, 99)), "other") if row and row[0].text else Cell() for row in sheet.rows]
    cells = cells[sheet.header :]
    cells[0] = Cell(chance.choice(("利润总额", "获投企业备案", "完成率", "排名")), "label")
    sheet.insert_column(chance.randrange(len(sheet.rows[sheet.header])), cells)
    return Expected([file.figures], warned=True)


HEADERS = (
    *(misspelt, alias, line_break, qualified, group_qualified, values_qualified, plan_beside_actual),
    *(last_year_beside, columns_swapped, names_swapped, keys_swapped, key_missing, name_missing, unknown_column),
)
