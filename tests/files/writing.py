"""The cells of a filing as somebody writes them, and the titles, furniture and signatures that forms have."""

import random
from decimal import Decimal

from tests.files.clean import MONEY, PLATFORM, Filing, Metric
from tests.files.sheets import Cell, File, Sheet

TITLE = "上海市众创空间年度填报表"


def written(value: Decimal, metric: Metric, chance: random.Random) -> str:
    """A figure as somebody types it."""
    if metric is PLATFORM:
        return chance.choice(("是", "有", "√")) if value else chance.choice(("否", "无", "×"))
    plain = f"{value:f}"
    if chance.random() < 0.2 and value >= 1_000:
        return f"{value:,f}"
    if chance.random() < 0.05:
        return plain + metric.unit
    return plain


def _name(metric: Metric, chance: random.Random, units: bool) -> str:
    name = chance.choice((metric.zh, metric.zh, metric.zh, metric.en, metric.code))
    if units and metric is not PLATFORM:
        return name + chance.choice(("（{}）", "({})", "（单位：{}）", "【{}】")).format(metric.unit)
    return name


class Writer:
    """One filing being written; what is drawn once for the file is the same in all its cells."""

    def __init__(self, drawn: Filing, chance: random.Random) -> None:
        self.drawn = drawn
        self.chance = chance
        self.units = chance.random() < 0.3
        self.year_form = chance.choice(("{}", "{}年", "{}年度"))
        self.space_name = chance.choice(("空间编号", "空间编号", "space_id"))
        self.year_name = chance.choice(("年度", "年度", "year"))

    def space(self, space: str) -> Cell:
        return Cell(space, "space", (space, 0, ""))

    def year(self, year: int) -> Cell:
        return Cell(self.year_form.format(year), "year", ("", year, ""))

    def metric(self, metric: Metric) -> Cell:
        return Cell(_name(metric, self.chance, self.units), "metric", metric=metric.code)

    def figure(self, space: str, year: int, metric: Metric) -> Cell:
        key = (space, year, metric.code)
        value = self.drawn.figures.get(key)
        if value is None:
            return Cell(self.chance.choice(("", "", "-", "—", "暂无")), "blank", key, metric.code)
        return Cell(written(value, metric, self.chance), "figure", key, metric.code)

    def figures(self, space: str, year: int) -> list[Cell]:
        return [self.figure(space, year, metric) for metric in self.drawn.metrics]

    def file(self, layout: str, *sheets: Sheet, money: bool | None = None) -> File:
        says = self.units if money is None else money
        there = MONEY in self.drawn.metrics
        return File(layout, list(sheets), dict(self.drawn.figures), MONEY.unit if says and there else "")


def label(text: str) -> Cell:
    return Cell(text, "label")


def titled(sheet: Sheet, chance: random.Random) -> Sheet:
    if chance.random() < 0.3:
        sheet.insert_row(0, [Cell(TITLE, "title")])
        if sheet.width() > 1 and chance.random() < 0.5:
            sheet.merged.append((0, 0, 0, sheet.width() - 1))
        if chance.random() < 0.3:
            sheet.insert_row(1, [])
    return sheet


def furnished(sheet: Sheet, chance: random.Random) -> Sheet:
    """A number before every row, or a remark behind it, and signatures below."""
    body = range(sheet.first, len(sheet.rows))
    if chance.random() < 0.15:
        numbers = [Cell() for _ in range(sheet.header, sheet.first)] + [Cell(str(n + 1)) for n in range(len(body))]
        numbers[0] = label("序号")
        sheet.insert_column(0, numbers)
    if chance.random() < 0.15:
        width = max(len(row) for row in sheet.rows[sheet.header :])
        remarks = [Cell() for _ in range(sheet.header, len(sheet.rows))]
        remarks[0] = label("备注")
        if len(body) and chance.random() < 0.5:
            remarks[-1] = Cell("已核", "note")
        sheet.insert_column(width, remarks)
    if chance.random() < 0.15:
        sheet.rows.append([])
        sheet.rows.append([Cell("填报人：", "footer"), Cell("", ""), Cell("填报日期：2025年3月1日", "footer")])
    return sheet
