"""Units beside the figures of a table: in a column of units, behind a name, in a word of explanation."""

import numpy as np

from tests.tracking.filing.interpreting.about import codes, figures, understood
from tracking.filing.interpreting.figure_units import by_unit
from tracking.policy.vocabulary import Vocabulary

LONG = "空间编号,年度,指标,数值,单位\n"


def test_rows_are_parted_by_what_their_column_of_units_says() -> None:
    rows = np.array([0, 2, 3])
    parted = by_unit(rows, np.array(["元", "家", "千元", "元"], dtype=object))
    assert [(list(each), unit) for each, unit in parted] == [([0, 3], "元"), ([2], "千元")]
    assert by_unit(rows, None) == [(rows, "")]


def test_each_row_of_a_long_table_has_its_own_unit(words: Vocabulary) -> None:
    table = "空间编号,年度,指标,数值,单位\nS01,2022,获得资本金额,12000,千元\nS01,2021,获得资本金额,0.09,亿元\n"
    found = understood(words, table)
    assert codes(found) == []
    values = {int(row.year): row.value / 10_000 for row in found.observations.itertuples()}
    assert values == {2022: 1200, 2021: 900}


def test_a_unit_left_blank_beside_one_that_is_not_the_metrics_own_may_be_meant_too(words: Vocabulary) -> None:
    found = understood(words, f"{LONG}S01,2022,获得资本金额,12000,千元\nS01,2021,获得资本金额,900,\n")
    assert [(each.code, each.row) for each in found.problems] == [("unit-left-blank", 3)]
    own = understood(words, f"{LONG}S01,2022,获得资本金额,1200,万元\nS01,2021,获得资本金额,900,\n")
    assert codes(own) == []


def test_a_column_of_units_beside_columns_of_metrics_is_of_all_of_them(words: Vocabulary) -> None:
    found = understood(words, "空间编号,年度,获投企业,获得资本金额,单位\nS01,2022,5,12000,千元\n")
    assert (codes(found), figures(found)) == ([], {"funded_firms": 5, "capital_raised": 1200})
