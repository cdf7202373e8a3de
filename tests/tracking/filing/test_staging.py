"""What a file says is laid beside what is stored, to the ten-thousandth and in order, and nothing of it stays."""

from decimal import Decimal

import pandas as pd
from sqlalchemy import create_engine, text

from tracking.filing import staging

FILINGS = pd.DataFrame({"space_id": ["S2", "S1"], "year": [2022, 2023]})
FIGURES = pd.DataFrame(
    {
        "space_id": pd.Categorical(["S2", "S1", "S1"]),
        "year": [2022, 2023, 2023],
        "metric": pd.Categorical(["mentors", "tenants", "mentors"]),
        # The most that can be filed; as doubles it would be another.
        "value": pd.array([999_999_999_999_999_999, 5, None], dtype="Int64"),
        "evidence": None,
        "note": [None, "约数", "核实中"],
    }
)


def test_figures_lie_there_exactly_by_space_year_and_metric_until_they_are_forgotten() -> None:
    with create_engine("duckdb://").begin() as connection:
        staging.lay(connection, FILINGS, FIGURES, {("S1", 2023)})
        rows = connection.execute(text("SELECT space_id, metric, value, note FROM incoming")).all()
        again = connection.execute(text("SELECT space_id FROM incoming_filing WHERE again")).scalars().all()
        staging.forget(connection)
        left = connection.execute(text("SELECT COUNT(*) FROM duckdb_tables()")).scalar_one()
    assert [tuple(row) for row in rows] == [
        ("S1", "mentors", None, "核实中"),
        ("S1", "tenants", Decimal("0.0005"), "约数"),
        ("S2", "mentors", Decimal("99999999999999.9999"), None),
    ]
    assert (again, left) == (["S1"], 0)
