"""A brand together: never more said than its spaces' filings can bear, of a figure in which firms may stand twice."""

from datetime import date

import pytest
import sqlalchemy as sa

from tests import databases
from tracking import database
from tracking.filing import loading, register
from tracking.results import brands

DAY = date(2026, 6, 1)
HEADER = "space_id,space_name,district,operator,brand,track,start_year,end_year\n"


@pytest.mark.parametrize(
    ("filed", "largest", "together", "reported", "reached"),
    [
        ({"S1": 60, "S2": 50}, 60, 110, 2, "unsure"),
        ({"S1": 40, "S2": 40}, 40, 80, 2, "no"),
        ({"S1": 100, "S2": 0}, 100, 100, 2, "yes"),
        ({"S1": 50, "S2": 50}, 50, 100, 2, "unsure"),
        ({"S1": 40}, 40, 40, 1, "unsure"),
    ],
    ids=["the sum might do", "not even the sum", "one alone is enough", "just the sum", "one is silent"],
)
def test_a_brand_has_at_least_its_largest_and_at_most_the_sum(
    filed: dict[str, int], largest: int, together: int, reported: int, reached: str
) -> None:
    engine = databases.shanghai()
    # A space of another brand, and one of no brand, are none of it.
    spaces = [("S1", "甲"), ("S2", "甲"), ("S3", "乙"), ("S4", "")]
    rows = "".join(f"{code},{code},A,o,{brand},branding,2024,2026\n" for code, brand in spaces)
    assert register.load(engine, (HEADER + rows).encode(), "register.csv", by="tests").loaded
    figures = {**filed, "S3": 500, "S4": 500}
    content = "space_id,year,firms_and_teams_cultivated\n" + "".join(
        f"{code},2024,{n}\n" for code, n in figures.items()
    )
    assert loading.load(engine, content.encode(), "2024.csv", by="tests").loaded
    found = brands.together(engine, DAY, brand="甲")
    row = found[found["year"] == 2024].iloc[0]
    told = row[["spaces", "reported", "largest", "together", "reached"]].tolist()
    assert told == [2, reported, largest, together, reached]
    # Who sees one space of the brand is told no sum that the other would change.
    with database.reading(engine, DAY) as connection:
        connection.execute(sa.text("DELETE FROM chosen_viewer"))
        connection.execute(sa.text("INSERT INTO chosen_viewer VALUES ('space', 'S1')"))
        seen = connection.execute(sa.text("SELECT spaces, together, reached FROM brand_requirement WHERE year = 2024"))
        alone = filed["S1"]
        assert [tuple(each) for each in seen.all()] == [(1, alone, "yes" if alone >= 100 else "unsure")]
