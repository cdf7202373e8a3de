"""What is open to other tools: the columns that are promised, and no example that asks more."""

import re
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlalchemy import Engine

from tracking.results.tables import views
from tracking.results.tables.columns import COLUMNS


@pytest.mark.parametrize("view", views.COLUMNS)
def test_an_open_view_has_the_columns_that_are_promised(view: str, one_for_all: Engine) -> None:
    kinds = {"str": sa.String, "int64": sa.Integer, "Int64": sa.Integer, "bool": sa.Boolean}
    kinds |= {"float64": (sa.Numeric, sa.Float)}
    kinds |= {"datetime64[s]": sa.Date, "datetime64[us]": sa.DateTime, "bytes": sa.LargeBinary}
    found = sa.inspect(one_for_all).get_columns(view)
    assert [column["name"] for column in found] == list(views.COLUMNS[view])
    assert all(isinstance(column["type"], kinds[views.COLUMNS[view][column["name"]]]) for column in found)


def test_the_readmes_example_asks_open_views_alone() -> None:
    asked = re.findall(r"(?:FROM|JOIN) (\w+)", (Path(__file__).parents[4] / "README.md").read_text(encoding="utf-8"))
    assert asked
    assert set(asked) <= {*COLUMNS, *views.COLUMNS}
