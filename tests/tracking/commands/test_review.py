"""Review by command: the days of each step, and what lies longer."""

from pathlib import Path

from click.testing import CliRunner

from tests import databases, reviewed
from tests.policies import SHANGHAI
from tests.reviewed import file
from tests.tracking.review.test_waiting import nine_days_ago
from tracking import database
from tracking.commands import group


def test_days_are_named_and_the_overdue_listed_by_command(tmp_path: Path) -> None:
    url = databases.shanghai_at(tmp_path / "terms.duckdb")
    engine = database.connect(url)
    reviewed.enrolled(engine)
    file(engine)
    nine_days_ago(engine)
    engine.dispose()
    invoke = CliRunner().invoke
    assert invoke(group, ["review", "overdue", "--database", url]).output.count("\n") == 1
    assert (
        invoke(group, ["review", "term", "--database", url, "--edition", SHANGHAI.name, "--check-days", "8"]).exit_code
        == 0
    )
    assert SHANGHAI.name in invoke(group, ["review", "terms", "--database", url]).output
    engine = database.connect(url)
    nine_days_ago(engine, "review")
    engine.dispose()
    listed = invoke(group, ["review", "overdue", "--database", url]).output
    assert [line.split(",")[0] for line in listed.splitlines()[1:]] == ["S1", "S2", "S3"]
