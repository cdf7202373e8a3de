"""A server with the database's file sends what is due itself: each quarter of an hour, and nothing once it stops."""

from pathlib import Path

import pytest
from sqlalchemy import Engine

from tests.reviewed import by, file, of
from tests.tracking.operations.conftest import Noted
from tests.tracking.reminders.test_run import NOW, Post, addressed
from tracking import database
from tracking.operations import running, stopping
from tracking.operations.reminding import EVERY, Quarterly
from tracking.reminders import channels
from tracking.review import acting
from tracking.review.acting import Given

SET = """address = "https://city.example"
[mail]
host = "localhost"
port = 25
security = "none"
sender = "tracking@city.example"
"""


@pytest.fixture
def configured(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "channels.toml"
    path.write_text(SET, encoding="utf-8")
    path.chmod(0o600)
    monkeypatch.setenv(channels.FILE, str(path))
    return path


@pytest.mark.usefixtures("configured")
def test_it_sends_once_a_quarter_and_no_more_once_told_to_stop(engine: Engine, noted: Noted) -> None:
    programme = addressed(engine)
    file(programme)
    seconds, post = [0.0], Post()
    quarterly = Quarterly(lambda: programme, lambda: seconds[0], post)

    def returned(space: str) -> int:
        acting.act(by(programme, "reviewer"), "return", [of(space)], Given("12 mentors on your site"))
        quarterly.look(NOW)
        return len(post.taken)

    # Both who file for S1.
    assert returned("S1") == 2
    # The quarter is not over: it is told at the next look that is due.
    assert returned("S2") == 2
    seconds[0] = EVERY
    quarterly.look(NOW)
    assert [account for account, _ in post.taken] == [1, 7, 1]
    assert noted.of("reminded") == [{"sent": 2, "failed": 0}, {"sent": 1, "failed": 0}]
    stopping.drained(None, 0, lambda: None)(15, None)
    seconds[0] = 2 * EVERY
    quarterly.look(NOW)
    quarterly.end()
    assert len(noted.of("reminded")) == 2


def test_channels_that_are_set_wrongly_are_told_before_a_server_that_would_send_starts(
    configured: Path, tmp_path: Path
) -> None:
    embedded = f"duckdb:///{tmp_path}/x.duckdb"
    assert [database.is_file(each) for each in (embedded, "duckdb://", "postgresql://localhost/x")] == [
        *(True, False, False)
    ]
    assert running.prepare(tmp_path, embedded) is None
    configured.chmod(0o644)
    wrong = running.prepare(tmp_path, embedded)
    assert wrong is not None
    assert wrong.key == "channels.unusable_mode"
    # Where a timer runs the command, the server has no need of the file.
    assert running.prepare(tmp_path, "postgresql+psycopg://localhost/x") is None
