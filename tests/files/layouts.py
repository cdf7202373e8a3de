"""A filing written in a layout, with the titles, names of columns and furniture that forms have, drawn at random."""

import random
from collections.abc import Callable, Sequence

from tests.files.clean import PLATFORM, SPACES, filing
from tests.files.sheets import Cell, Figures, File, Sheet
from tests.files.writing import TITLE, Writer, furnished, label, titled

ENCODINGS = ("utf-8", "utf-8-sig", "utf-16", "gb18030")


def file(chance: random.Random, workbooks: float = 0.3, layout: str = "") -> File:
    """A clean file in that layout or a random one; `workbooks` is the share of those that are no text."""
    drawn = LAYOUTS[layout or chance.choice([*LAYOUTS, *_OFTEN])](chance)
    one = len(drawn.sheets) == 1 and not drawn.sheets[0].name.startswith("!")
    if one and chance.random() > workbooks:
        drawn.container = chance.choice(("csv", "csv", "csv", "tsv", "semicolon"))
        drawn.encoding = chance.choice(ENCODINGS)
        drawn.padded = chance.random() < 0.7
    else:
        drawn.container = chance.choice(("xlsx", "xlsx", "xlsx", "xlsx", "ods", "html"))
    if any(sheet.name.startswith("!") for sheet in drawn.sheets) and drawn.container == "html":
        # A page has no sheets, and so no names of them.
        drawn.container = "xlsx"
    for sheet in drawn.sheets:
        sheet.name = sheet.name.removeprefix("!")
    return drawn


def wide(chance: random.Random) -> File:
    """A row per space and year, a column per metric."""
    write = Writer(filing(chance), chance)
    named = chance.random() < 0.3
    rows = [[label(write.space_name), *([label("众创空间名称")] if named else []), label(write.year_name)]]
    rows[0] += map(write.metric, write.drawn.metrics)
    for space in write.drawn.spaces:
        for year in write.drawn.years:
            name = [Cell(SPACES.names[space], "name")] if named else []
            rows.append([write.space(space), *name, write.year(year), *write.figures(space, year)])
    return write.file("wide", titled(furnished(Sheet("填报", rows), chance), chance))


def long(chance: random.Random) -> File:
    """A row per figure."""
    write = Writer(filing(chance), chance)
    unit_column = chance.random() < 0.3
    write.units = write.units and not unit_column
    header = [write.space_name, write.year_name, "指标", "数值", *(["单位"] if unit_column else [])]
    rows = [list(map(label, header))]
    for space in write.drawn.spaces:
        for year in write.drawn.years:
            for metric in write.drawn.metrics:
                unit = [Cell(metric.unit, "unit", metric=metric.code)] if unit_column else []
                cells = [write.space(space), write.year(year), write.metric(metric)]
                rows.append([*cells, write.figure(space, year, metric), *unit])
    return write.file("long", titled(furnished(Sheet("填报", rows), chance), chance), money=write.units or unit_column)


def transposed(chance: random.Random) -> File:
    """A column per space and year, a row per metric."""
    write = Writer(filing(chance, most_spaces=2), chance)
    pairs = [(space, year) for space in write.drawn.spaces for year in write.drawn.years]
    rows = [[label("空间编号"), *(write.space(space) for space, _ in pairs)]]
    rows.append([label("年度"), *(write.year(year) for _, year in pairs)])
    for metric in write.drawn.metrics:
        rows.append([write.metric(metric), *(write.figure(space, year, metric) for space, year in pairs)])
    return write.file("transposed", titled(Sheet("填报", rows, first=2), chance))


def years_across(chance: random.Random) -> File:
    """One space's metrics down a column, its years across; the space in a row of its own, or above the table."""
    write = Writer(filing(chance, most_spaces=1), chance)
    (space,) = write.drawn.spaces
    write.year_form = "{}年"
    rows = [[label("指标"), *map(write.year, write.drawn.years)]]
    above = chance.random() < 0.5
    if not above:
        rows.append([label("空间编号"), *(write.space(space) for _ in write.drawn.years)])
    for metric in write.drawn.metrics:
        rows.append([write.metric(metric), *(write.figure(space, year, metric) for year in write.drawn.years)])
    sheet = Sheet("填报", rows, first=1 if above else 2)
    if above:
        sheet.insert_row(0, [label("空间编号"), write.space(space)])
    return write.file("years_across", titled(sheet, chance))


def form(chance: random.Random) -> File:
    """One space's form of one year: names, units and codes of metrics, this year, and now and then last year."""
    write = Writer(filing(chance, most_spaces=1, most_years=1), chance)
    (space,), (year,) = write.drawn.spaces, write.drawn.years
    write.units = False
    last = chance.random() < 0.3
    header = ["指标名称", "计量单位", "代码", "本年", *(["上年"] if last else [])]
    rows = [list(map(label, header))]
    for number, metric in enumerate(write.drawn.metrics, start=1):
        name = Cell(metric.zh, "metric", metric=metric.code)
        unit = Cell(metric.unit, "unit", metric=metric.code)
        cells = [name, unit, Cell(f"{number:02}", "code"), write.figure(space, year, metric)]
        before = Cell(str(chance.randrange(2, 9)) if metric is not PLATFORM else "是", "before", metric=metric.code)
        rows.append([*cells, *([before] if last else [])])
    sheet = Sheet("填报", rows)
    where = chance.choice(("cells", "sentence", "name"))
    if where == "cells":
        heading = [label("空间编号"), write.space(space), label("年度"), write.year(year)]
        sheet.insert_row(0, heading)
    elif where == "sentence":
        sheet.insert_row(0, [Cell(f"空间编号：{space}    年度：{year}年", "heading", (space, year, ""))])
    else:
        sheet.name = f"!{space} {year}年"
    return write.file("form", titled(sheet, chance), money=True)


def label_beside_value(chance: random.Random) -> File:
    """What is filed in one column, the figure beside it."""
    write = Writer(filing(chance, most_spaces=1, most_years=1), chance)
    (space,), (year,) = write.drawn.spaces, write.drawn.years
    rows = [[Cell(TITLE, "title")], [label("空间编号"), write.space(space)], [label("年度"), write.year(year)]]
    rows += [[write.metric(metric), write.figure(space, year, metric)] for metric in write.drawn.metrics]
    return write.file("label_beside_value", Sheet("填报", rows, header=1, first=3))


def _grouped(chance: random.Random, layout: str, *, years_above: bool) -> File:
    write = Writer(filing(chance), chance)
    write.year_form = chance.choice(("{}年", "{}"))
    years, metrics = write.drawn.years, write.drawn.metrics
    pairs = [(year, metric) for year in years for metric in metrics]
    if not years_above:
        pairs = [(year, metric) for metric in metrics for year in years]
    names = {metric.code: write.metric(metric) for metric in metrics}
    above, below = [label("空间编号")], [Cell()]
    size = len(metrics) if years_above else len(years)
    for number, (year, metric) in enumerate(pairs):
        name = Cell(names[metric.code].text, "metric", metric=metric.code)
        group, member = (write.year(year), name) if years_above else (name, write.year(year))
        # A merged cell says what it says in its first column.
        above.append(Cell() if number % size else group)
        below.append(member)
    groups = range(1, len(pairs) + 1, size)
    merged = [(0, 0, 1, 0), *((0, left, 0, left + size - 1) for left in groups if size > 1)]
    rows = [above, below]
    for space in write.drawn.spaces:
        rows.append([write.space(space), *(write.figure(space, year, metric) for year, metric in pairs)])
    return write.file(layout, titled(Sheet("填报", rows, first=2, merged=merged), chance))


def years_over_metrics(chance: random.Random) -> File:
    """A row per space; years above, the metrics of each below."""
    return _grouped(chance, "years_over_metrics", years_above=True)


def metrics_over_years(chance: random.Random) -> File:
    """A row per space; metrics above, the years of each below."""
    return _grouped(chance, "metrics_over_years", years_above=False)


def sheet_per_year(chance: random.Random) -> File:
    """A sheet per year, which its name says."""
    write = Writer(filing(chance), chance)
    names = [write.metric(metric) for metric in write.drawn.metrics]
    sheets = []
    for year in write.drawn.years:
        header = [label(write.space_name), *(Cell(name.text, "metric", metric=name.metric) for name in names)]
        rows = [header, *([write.space(space), *write.figures(space, year)] for space in write.drawn.spaces)]
        sheets.append(Sheet(f"!{year}年", rows))
    return write.file("sheet_per_year", *sheets)


def sheet_per_space(chance: random.Random) -> File:
    """A sheet per space, which its name says."""
    write = Writer(filing(chance), chance)
    names = [write.metric(metric) for metric in write.drawn.metrics]
    sheets = []
    for space in write.drawn.spaces:
        header = [label(write.year_name), *(Cell(name.text, "metric", metric=name.metric) for name in names)]
        rows = [header, *([write.year(year), *write.figures(space, year)] for year in write.drawn.years)]
        sheets.append(Sheet(f"!{space}", rows))
    return write.file("sheet_per_space", *sheets)


LAYOUTS: dict[str, Callable[[random.Random], File]] = {
    each.__name__: each
    for each in (
        wide,
        long,
        transposed,
        years_across,
        form,
        label_beside_value,
        years_over_metrics,
        metrics_over_years,
        sheet_per_year,
        sheet_per_space,
    )
}


# Most filings are in these.
_OFTEN = ("wide", "wide", "wide", "wide", "long", "long")


def without(figures: Figures, keys: Sequence[object]) -> Figures:
    """The figures but for these."""
    gone = set(keys)
    return {key: value for key, value in figures.items() if key not in gone}
