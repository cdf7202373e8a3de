"""What is stored follows the rules that are in force."""

import pytest
import sqlalchemy as sa
from sqlalchemy import Engine

from tracking import database
from tracking.database import refresh
from tracking.filing import register

ENROLLED = b"space_id,space_name,track,start_year,end_year\nS1,A,branding,2022,2024\n"


@pytest.mark.parametrize(("rules_changed", "stale"), [(True, {}), (False, {"stored_attainment": 2})])
def test_other_rules_judge_everything_anew(shanghai: Engine, rules_changed: bool, stale: dict[str, int]) -> None:
    assert register.load(shanghai, ENROLLED, "register.csv", by="tests").loaded
    refresh.follow_schema(shanghai)
    with shanghai.begin() as connection:
        media = "requirement = 'branding.target.5.media_reports' AND year = 2022"
        connection.execute(sa.text(f"UPDATE stored_attainment SET required = 11 WHERE {media}"))
        if rules_changed:
            connection.execute(sa.text("UPDATE judged_by SET sha256 = 'of another schema.sql'"))
    refresh.follow_schema(shanghai)
    with database.reading(shanghai) as connection:
        assert refresh.differences(connection) == stale


@pytest.mark.parametrize("batch", [1, 2, 3, 4])
def test_everything_is_judged_however_many_at_a_time(
    shanghai: Engine, monkeypatch: pytest.MonkeyPatch, batch: int
) -> None:
    names = ["S10", "S1", "甲", "s1"]
    enrolled = "".join(f"{name},A,branding,2022,2024\n" for name in names)
    assert register.load(shanghai, ENROLLED.splitlines(True)[0] + enrolled.encode(), "register.csv", by="tests").loaded
    monkeypatch.setattr(refresh, "BATCH", batch)
    database.write(shanghai, refresh.refresh)
    with database.reading(shanghai) as connection:
        assert refresh.differences(connection) == {}
        judged = connection.execute(sa.text("SELECT DISTINCT space_id FROM stored_attainment")).scalars()
        assert {*judged} == {*names}
