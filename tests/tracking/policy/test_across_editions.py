"""An edition that would read a figure otherwise than another one in force is refused with the place."""

from pathlib import Path

import pytest
from sqlalchemy import Engine

from tests.policies import NINGBO, copied, spoil
from tracking import database
from tracking.policy import loading as policies
from tracking.words.problems import Refusal


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of another city's edition, to be changed."""
    return copied(NINGBO, tmp_path)


@pytest.mark.parametrize(
    ("name", "old", "new", "code", "row", "column", "value"),
    [
        (
            "metrics.csv",
            "获投企业,Funded companies,firms",
            "获投企业,Funded companies,tonnes",
            "policy-otherwise",
            2,
            "unit",
            "tonnes",
        ),
        ("metrics.csv", "firms,whole,,\ncarbon", "firms,decimal,,\ncarbon", "policy-otherwise", 2, "kind", "decimal"),
        ("metrics.csv", "减碳量", "获得资本金额", "policy-label-taken", 3, "name_zh", "获得资本金额"),
        ("conversions.csv", "tonnes,千克,0.001", "ten_thousand_cny,元,0.001", "policy-otherwise", 2, "factor", "0.001"),
    ],
)
def test_a_figure_that_two_editions_would_read_differently_is_refused(
    shanghai: Engine, folder: Path, name: str, old: str, new: str, code: str, row: int, column: str, value: str
) -> None:
    spoil(folder, "units.csv", "yes_no,", "ten_thousand_cny,万,10k\nyes_no,")
    spoil(folder, name, old, new)
    with pytest.raises(Refusal) as refused:
        policies.load(shanghai, folder, by="tests")
    found = [(each.sheet, each.row, each.code, each.column, each.value) for each in refused.value.problems]
    assert found == [(name, row, code, column, value)]
    with database.reading(shanghai) as connection:
        assert database.data_version(connection) == 1
