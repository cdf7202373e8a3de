"""Each damage that a database can take breaks the invariant that is of it."""

import pytest
import sqlalchemy as sa
from sqlalchemy import Engine

from tests import databases
from tests.tracking.maintenance.test_verify import _file
from tracking.maintenance import verify


@pytest.fixture
def filed(shanghai: Engine) -> Engine:
    return databases.filled(shanghai, _file)


@pytest.mark.parametrize(
    ("damage", "invariant"),
    [
        ("UPDATE stored_attainment SET status = 'met' WHERE year = 2022", "stored-attainment-as-defined"),
        ("INSERT INTO observation SELECT * FROM observation", "observations-once"),
        ("UPDATE filing SET figures = 7", "figures-counted"),
        ("UPDATE filing SET revision = 2", "revisions-numbered"),
        ("DELETE FROM filing", "observations-filed"),
        ("UPDATE document SET content = 'x'::BLOB", "documents-as-they-came"),
        ("DELETE FROM load WHERE load_id = 2", "loads-numbered"),
        ("UPDATE load SET kind = 'register'", "loads-known"),
        ("DELETE FROM space", "enrolments-registered"),
        ("UPDATE observation SET value = 2.5", "figures-possible"),
        ("UPDATE observation SET value = -1", "figures-possible"),
        ("UPDATE observation SET metric = 'no_metric'", "figures-possible"),
        ("UPDATE edition SET pass_mark = 0.5", "policy-as-its-folder"),
        ("DELETE FROM rule WHERE part = 'tech_firms'", "policy-as-its-folder"),
        ("UPDATE clause SET text_zh = '' WHERE clause = '1'", "policy-as-its-folder"),
        ("INSERT INTO chosen_day VALUES (DATE '2024-01-01')", "day-not-kept"),
        ("INSERT INTO chosen_viewer VALUES ('city', '')", "viewer-not-kept"),
    ],
)
def test_damage_is_found(filed: Engine, damage: str, invariant: str) -> None:
    with filed.begin() as connection:
        connection.execute(sa.text(damage.replace("::", "\\:\\:")))
    assert invariant in [finding.invariant for finding in verify.verify(filed) if finding.broken]
