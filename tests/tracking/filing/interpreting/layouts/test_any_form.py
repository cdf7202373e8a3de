"""A clean filing in every layout, with the titles, units, merged cells and furniture of forms drawn at random.

It reads back to the same figures or is refused; never to another figure. `FUZZ_FORMS` is how many of each are drawn.
"""

import os
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st

from tracking.filing.enrolled import Register
from tracking.filing.interpreting import filings as filings_read
from tracking.filing.spreadsheets.grids import Grid
from tracking.policy.vocabulary import Vocabulary

FORMS = int(os.environ.get("FUZZ_FORMS", "15"))
TODAY = date(2025, 6, 30)
NAMES = {"SL00001": "银杏众创", "SL00002": "海棠创客空间", "00012": "零号湾创客坊"}
REGISTER = Register(
    names=NAMES,
    years=dict.fromkeys(NAMES, frozenset(range(2021, 2025))),
    enrolments=dict.fromkeys(NAMES, [(2022, 2024)]),
)
UNITS = {
    "funded_firms": ("获投企业", "家"),
    "mentors": ("创业导师", "人"),
    "capital_raised": ("获得资本金额", "万元"),
    "event_participants": ("年度活动参与人数", "人次"),
    "registered_in_city": ("本市注册独立法人", "是/否"),
}
Key = tuple[str, int, str]
Draw = st.DrawFn


@dataclass
class Form:
    """A sheet as somebody writes it, and the figures that they mean."""

    rows: list[list[str]]
    figures: dict[Key, Decimal]
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    sheet: str | None = None

    def above(self, *rows: list[str]) -> None:
        """Put rows above all others."""
        self.rows[:0] = map(list, rows)
        self.merged = [(top + len(rows), left, bottom + len(rows), right) for top, left, bottom, right in self.merged]


@dataclass
class Drawn:
    """What is filed, and how its names and years are written."""

    spaces: list[str]
    years: list[int]
    metrics: list[str]
    figures: dict[Key, Decimal]
    names: dict[str, str]
    year: str
    thousands: bool

    def cell(self, space: str, year: int, metric: str) -> str:
        """A figure as it is written; in 千元 where the form says that its money is."""
        value = self.figures.get((space, year, metric))
        if value is None:
            return ""
        if metric == "registered_in_city":
            return "是" if value else "否"
        return f"{value * 10:f}" if self.thousands and metric == "capital_raised" else f"{value:f}"


@st.composite
def filings(draw: Draw, most_spaces: int = 3, most_years: int = 3, *, units: bool = True) -> Drawn:
    spaces = draw(st.permutations(list(NAMES)))[: draw(st.integers(1, most_spaces))]
    years = sorted(draw(st.permutations([2021, 2022, 2023, 2024]))[: draw(st.integers(1, most_years))])
    metrics = draw(st.permutations(list(UNITS)))[: draw(st.integers(2, 5))]
    figures: dict[Key, Decimal] = {}
    for space in spaces:
        for year in years:
            for metric in metrics:
                yes_no = metric == "registered_in_city"
                value = draw(st.one_of(st.none(), st.integers(0, 1 if yes_no else 2500)))
                if value is not None:
                    figures[space, year, metric] = Decimal(value)
    bracket = units and draw(st.booleans())
    names = {
        code: name + (f"（{unit}）" if bracket and code != "registered_in_city" else "")
        for code, (name, unit) in UNITS.items()
    }
    thousands = not bracket and "capital_raised" in metrics and draw(st.booleans())
    return Drawn(spaces, years, metrics, figures, names, draw(st.sampled_from(["{}年", "{}年度"])), thousands)


def _furnished(draw: Draw, form: Form, drawn: Drawn, *, keys: bool = False) -> Form:
    """The form with what stands around it."""
    if keys:
        space, year = drawn.spaces[0], drawn.years[0]
        where = draw(st.sampled_from(["cells", "one cell", "title", "name"]))
        if where == "cells":
            form.above(["空间编号", space, "年度", str(year)])
        elif where == "one cell":
            form.above([f"空间编号：{space}　年度：{year}年"])
        elif where == "title":
            form.above([f"{NAMES[space]}{year}年度填报表"])
        else:
            form.sheet = f"{space} {year}年"
    if drawn.thousands:
        form.above(["单位：千元"])
    if draw(st.booleans()):
        form.above(["众创空间填报表"], *([[]] if draw(st.booleans()) else []))
    if draw(st.booleans()):
        form.rows += [[], ["填报人：李四", "", "填报日期：2025年3月1日"]]
    if draw(st.booleans()):
        form.rows = [["", *row] for row in form.rows]
        form.merged = [(top, left + 1, bottom, right + 1) for top, left, bottom, right in form.merged]
    return form


@st.composite
def transposed(draw: Draw) -> Form:
    drawn = draw(filings())
    pairs = [(space, year) for space in drawn.spaces for year in drawn.years]
    heads = [["空间编号", *(space for space, _ in pairs)], ["年度", *(drawn.year.format(year) for _, year in pairs)]]
    rows = [*(heads if draw(st.booleans()) else heads[::-1])]
    merged = []
    if draw(st.booleans()) and len(drawn.years) > 1:
        at = rows.index(heads[0])
        for number in range(len(drawn.spaces)):
            left = 1 + number * len(drawn.years)
            merged.append((at, left, at, left + len(drawn.years) - 1))
            rows[at] = [
                text if not left < column < left + len(drawn.years) else "" for column, text in enumerate(rows[at])
            ]
    rows += [[drawn.names[each], *(drawn.cell(*pair, each) for pair in pairs)] for each in drawn.metrics]
    return _furnished(draw, Form(rows, drawn.figures, merged), drawn)


@st.composite
def form(draw: Draw) -> Form:
    drawn = draw(filings(1, 1, units=False))
    (space,), (year,) = drawn.spaces, drawn.years
    column = draw(st.booleans())
    drawn.thousands = drawn.thousands and not column
    heads = {"计量单位": column, "代码": draw(st.booleans()), "计划": draw(st.booleans())}
    last = draw(st.booleans())
    rows = [["指标名称", *(head for head, there in heads.items() if there), "本年", *(["上年"] if last else [])]]
    if draw(st.booleans()):
        rows.append([*"甲乙丙丁"[: sum(heads.values()) + 1], "1", *(["2"] if last else [])])
    for number, metric in enumerate(drawn.metrics, start=1):
        name, unit = UNITS[metric]
        beside = {"计量单位": unit, "代码": f"{number:02}", "计划": "99"}
        cells = [beside[head] for head, there in heads.items() if there]
        rows.append([name, *cells, drawn.cell(space, year, metric), *(["77"] if last else [])])
    return _furnished(draw, Form(rows, drawn.figures), drawn, keys=True)


@st.composite
def label_beside_value(draw: Draw) -> Form:
    drawn = draw(filings(1, 1))
    (space,), (year,) = drawn.spaces, drawn.years
    abreast = draw(st.integers(1, 3))
    cells = [[drawn.names[each], drawn.cell(space, year, each)] for each in drawn.metrics]
    rows = [[text for pair in cells[at : at + abreast] for text in pair] for at in range(0, len(cells), abreast)]
    return _furnished(draw, Form(rows, drawn.figures), drawn, keys=True)


def _grouped(draw: Draw, *, years_above: bool) -> Form:
    drawn = draw(filings())
    outer: list[object] = list(drawn.years if years_above else drawn.metrics)
    inner: list[object] = list(drawn.metrics if years_above else drawn.years)

    def name(each: object) -> str:
        return drawn.year.format(each) if isinstance(each, int) else drawn.names[str(each)]

    above, below, merged = ["空间编号"], [""], [(0, 0, 1, 0)]
    for each in outer:
        merged.append((0, len(above), 0, len(above) + len(inner) - 1))
        above += [name(each), *[""] * (len(inner) - 1)]
        below += map(name, inner)
    rows = [above, below]
    for space in drawn.spaces:
        pairs = [(one, other) if years_above else (other, one) for one in outer for other in inner]
        rows.append([space, *(drawn.cell(space, int(str(year)), str(metric)) for year, metric in pairs)])
    merges = merged if draw(st.booleans()) else []
    return _furnished(draw, Form(rows, drawn.figures, [m for m in merges if m[:2] != m[2:]]), drawn)


@st.composite
def years_over_metrics(draw: Draw) -> Form:
    return _grouped(draw, years_above=True)


@st.composite
def metrics_over_years(draw: Draw) -> Form:
    return _grouped(draw, years_above=False)


@st.composite
def sheet_of_a_year(draw: Draw) -> Form:
    drawn = draw(filings(most_years=1))
    (year,) = drawn.years
    rows = [["空间编号", *(drawn.names[each] for each in drawn.metrics)]]
    rows += [[space, *(drawn.cell(space, year, each) for each in drawn.metrics)] for space in drawn.spaces]
    named = Form(rows, drawn.figures, sheet=f"{year}年" if draw(st.booleans()) else None)
    if named.sheet is None:
        named.above([f"{year}年度众创空间填报汇总表"])
    return _furnished(draw, named, drawn)


@st.composite
def sheet_of_a_space(draw: Draw) -> Form:
    drawn = draw(filings(most_spaces=1))
    (space,) = drawn.spaces
    rows = [["年度", *(drawn.names[each] for each in drawn.metrics)]]
    rows += [
        [drawn.year.format(year), *(drawn.cell(space, year, each) for each in drawn.metrics)] for year in drawn.years
    ]
    named = Form(rows, drawn.figures, sheet=space if draw(st.booleans()) else None)
    if named.sheet is None:
        named.above([f"空间编号：{space}"])
    return _furnished(draw, named, drawn)


@st.composite
def several_tables(draw: Draw) -> Form:
    drawn = draw(filings(most_spaces=1))
    drawn.thousands = False
    rows: list[list[str]] = []
    for year in drawn.years:
        rows += [[f"空间编号：{drawn.spaces[0]}"], [drawn.year.format(year)], ["指标", "本年"]]
        rows += [[drawn.names[each], drawn.cell(drawn.spaces[0], year, each)] for each in drawn.metrics]
        rows += [[]] * draw(st.integers(0, 2))
    return _furnished(draw, Form(rows, drawn.figures), drawn)


LAYOUTS: tuple[Callable[[], st.SearchStrategy[Form]], ...] = (
    transposed,
    form,
    label_beside_value,
    years_over_metrics,
    metrics_over_years,
    sheet_of_a_year,
    sheet_of_a_space,
    several_tables,
)


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: layout.__name__)
def test_a_clean_filing_reads_back_to_its_own_figures(
    words: Vocabulary, layout: Callable[[], st.SearchStrategy[Form]]
) -> None:
    ends = {"read": 0, "refused": 0}

    @settings(max_examples=FORMS, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
    @given(layout())
    def reads_back(form: Form) -> None:
        grid = Grid(form.sheet, [list(row) for row in form.rows], tuple(form.merged))
        told = filings_read.interpret([grid], words, REGISTER, TODAY)
        refused = any(problem.severity == "error" for problem in told.problems)
        event("refused" if refused else "read")
        ends["refused" if refused else "read"] += 1
        if not refused:
            rows = told.observations[told.observations["value"].notna()].itertuples()
            figures = {(str(r.space_id), int(r.year), str(r.metric)): Decimal(int(r.value)) / 10_000 for r in rows}
            assert figures == form.figures

    reads_back()
    # What holds because nothing is read shows nothing.
    assert ends["read"] > 3 * ends["refused"], ends
