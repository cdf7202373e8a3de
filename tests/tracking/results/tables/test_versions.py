"""The data versions that whoever looks may know of, and by whom they came."""

from sqlalchemy import Engine

from tests import reviewed
from tests.reviewed import by, file
from tracking import database
from tracking.results.tables import versions


def test_others_are_told_of_their_own_filings_and_of_policies_not_by_whom(engine: Engine) -> None:
    reviewed.enrolled(engine)
    file(engine, "space_id,year,mentors\nS1,2022,20\n")
    file(engine, "space_id,year,mentors\nS3,2022,20\n")

    def seen(name: str) -> list[list[object]]:
        with database.reading(by(engine, name)) as connection:
            rows = versions.versions(connection)[["data_version", "load_kind", "loaded_by"]]
        return rows.astype(object).where(rows.notna(), None).to_numpy().tolist()

    # A policy, a register, and a filing of either district.
    everything = [[1, "policy"], [2, "register"], [3, "filing"], [4, "filing"]]
    assert [row[:2] for row in seen("manager")] == everything
    assert all(row[2] for row in seen("manager"))
    assert seen("operator") == [[1, "policy", None], [3, "filing", "tests"]]
    assert seen("southern") == [[1, "policy", None], [4, "filing", "tests"]]
