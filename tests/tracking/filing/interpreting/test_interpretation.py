"""What was made of a file: each unit once with the metrics that it was read for, and the furniture by its cells."""

from tracking.filing.interpreting.interpretation import furniture, units_read
from tracking.filing.interpreting.layouts.made import Passed
from tracking.filing.spreadsheets.grids import Grid
from tracking.filing.spreadsheets.tables import Mention, Table
from tracking.policy.vocabulary import Metric


def metric(code: str) -> Metric:
    return Metric(code, code, code, "cny", "万元", "CNY", "decimal", None, None)


def test_a_unit_is_told_once_for_each_place_with_its_metrics() -> None:
    table = Table(Grid("填报", [["单位：千元"], ["空间编号"]]), 1, 2, ["空间编号"])
    above, of_sheet = Mention("千元", "单位：千元", 0), Mention("元", "元", None)
    found = units_read(table, [(metric("raised"), above), (metric("spent"), of_sheet), (metric("raised"), above)])
    assert [(each.unit, each.cell, each.metrics) for each in found] == [
        ("千元", "A1", ("raised",)),
        ("元", None, ("spent",)),
    ]


def test_furniture_is_named_by_its_cell() -> None:
    (over,) = furniture("填报", [Passed("填报人：\n王某", 9, "B")])
    assert (over.sheet, over.cell, over.text) == ("填报", "B9", "填报人： 王某")
