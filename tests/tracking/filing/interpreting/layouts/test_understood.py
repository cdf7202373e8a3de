"""What is said of a table as it was taken: every cell in one role, drawn as few rectangles."""

import numpy as np

from tests.tracking.filing.interpreting.layouts.about import (
    FORM,
    read,
)
from tracking.filing.interpreting.layouts.understood import Area, Understood, joined, of_form
from tracking.filing.spreadsheets.grids import Grid
from tracking.filing.spreadsheets.tables import Label, Table
from tracking.policy.vocabulary import Vocabulary


def test_a_wide_table_is_told_by_the_roles_of_its_cells() -> None:
    rows = [["空间编号", "年度", "创业导师"], ["S1", "2023", "5"], ["S2", "2023", "6"], ["合计", "", "11"]]
    columns = {index: Label(code) for index, code in enumerate(("space_id", "year", "mentors"))}
    table = Table(Grid("填报", rows), 0, 1, rows[0], columns)
    told = of_form(table, np.array([True, True, False]), Understood("填报", "wide", {}, "cells", "cells"))
    assert told.as_dict() == {
        "sheet": "填报",
        "layout": "wide",
        "space_from": "cells",
        "year_from": "cells",
        "space": None,
        "year": None,
        "cells": {
            "space": ["A2:A3"],
            "year": ["B2:B3"],
            "metric": ["C1"],
            "figure": ["C2:C3"],
            "passed_over": ["A4:C4"],
        },
    }
    assert [told.role(2, 2), told.role(0, 0), told.role(3, 1)] == ["figure", None, "passed_over"]


def test_areas_that_touch_are_drawn_as_one() -> None:
    cells = [Area(row, column, row, column) for row in range(3) for column in range(4)]
    assert list(map(str, joined(cells))) == ["A1:D3"]


def test_what_a_form_was_taken_for_is_told_cell_by_cell(words: Vocabulary) -> None:
    (told,) = read(words, [["空间编号：SL00001", "", "年度：2024"], *FORM[:1], *FORM[2:4]], "表一").understood
    assert told.as_dict() == {
        "sheet": "表一",
        "layout": "form",
        "space_from": "heading",
        "year_from": "heading",
        "space": "SL00001",
        "year": 2024,
        "cells": {
            "space": ["A1"],
            "year": ["C1", "D2"],
            "metric": ["A3:A4"],
            "unit": ["B3:B4"],
            "passed_over": ["C2:C4"],
            "figure": ["D3:D4"],
            "left_out": ["E2:E4"],
        },
    }
