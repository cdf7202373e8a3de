"""What backs a year's figures: each file beside the figure as it was filed last."""

import pytest
from sqlalchemy import Engine

from tests import reviewed
from tests.reviewed import by, file
from tracking import database
from tracking.results import backed
from tracking.review import evidence

LIST = "企业\n甲公司\n乙公司\n".encode()


@pytest.fixture
def programme(engine: Engine) -> Engine:
    """S1 filed 20 mentors and 5 funded firms; a lease and a list of two firms are attached."""
    reviewed.filed(engine)
    operator = by(engine, "operator")
    evidence.attach(operator, "S1", 2022, "funded_firms", LIST, "名单.csv")
    evidence.attach(operator, "S1", 2022, "mentors", b"%PDF-1.7\nlease", "lease.pdf")
    return engine


def test_each_file_stands_beside_its_figure_as_it_was_filed_last(programme: Engine) -> None:
    file(programme, "space_id,year,mentors,funded_firms\nS1,2022,20,2\n")
    with database.reading(programme) as connection:
        rows = backed.of_year(connection, "S1", 2022, "zh")
        names = ["metric", "name", "listed", "value", "differs"]
        shown = rows[names].astype(object).where(rows[names].notna(), None).to_numpy().tolist()
        # By the policy's order of metrics, whichever was attached first.
        assert sorted(shown) == [["funded_firms", "名单.csv", 2, 2, False], ["mentors", "lease.pdf", None, 20, None]]
        newest = database.data_version(connection)
        assert len(backed.of_load(connection, newest, "zh")) == 2
        # What is owed can be backed before it is filed; of a share its two counts, and not itself.
        owed = set(backed.metrics(connection, "S1", 2023, "en")["metric"])
        assert "mentors" in owed
        assert not any(code.endswith("_share") for code in owed)
    with database.reading(by(programme, "southern")) as connection:
        assert backed.of_year(connection, "S1", 2022, "zh").empty
