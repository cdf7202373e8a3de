"""Figures taken column by column become one frame: a row per figure, with its place and what is said beside it."""

import numpy as np
import pandas as pd

from tracking.filing.interpreting import taken_figures
from tracking.filing.interpreting.rows import Rows
from tracking.filing.interpreting.taken_figures import Taken
from tracking.filing.spreadsheets.grids import Grid
from tracking.filing.spreadsheets.tables import Table
from tracking.policy.vocabulary import Metric

ROWS = Rows(np.array([True, True]), np.array([True, True]), np.array([1, 0]), np.array([2022, 2023]))
TABLE = Table(Grid("填报", [["空间", "年度", "导师", "企业"], [], []]), 0, 1, ["空间", "年度", "导师", "企业"])
KINDS = {
    name: pd.CategoricalDtype(each)
    for name, each in {
        "space_id": ["S1", "S2"],
        "metric": ["firms", "mentors"],
        "sheet": ["填报"],
        "letter": ["A", "B", "C", "D"],
    }.items()
}


def metric(code: str) -> Metric:
    return Metric(code, code, code, "count", "个", "count", "whole", None, None)


def test_each_figure_has_its_space_its_cell_and_its_words() -> None:
    mentors = Taken(metric("mentors"), np.array([0, 1]), 2, np.array([250_000, 0]), np.array([False, True]), None, None)
    firms = Taken(metric("firms"), np.array([1]), 3, np.array([60_000]), np.array([False]), None, ["", "核实过"])
    (frame,) = taken_figures.frames([mentors, firms], TABLE, ROWS, KINDS)
    assert tuple(frame.columns) == taken_figures.COLUMNS
    rows = frame.astype(object).where(frame.notna(), None).to_numpy().tolist()
    assert rows == [
        ["S2", 2022, "mentors", 250_000, None, None, "填报", 2, "C"],
        ["S1", 2023, "mentors", None, None, None, "填报", 3, "C"],
        ["S1", 2023, "firms", 60_000, None, "核实过", "填报", 3, "D"],
    ]


def test_where_nothing_was_taken_there_is_no_frame() -> None:
    assert taken_figures.frames([], TABLE, ROWS, KINDS) == []
