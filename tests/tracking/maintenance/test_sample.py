"""The made-up programme: plainly made up, the same every time, and every status in it."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import Engine

from tests import databases
from tracking.filing import register
from tracking.maintenance import sample
from tracking.results.tables import attainment

AS_OF = date(2026, 11, 23)


@pytest.fixture
def programme() -> Iterator[Engine]:
    made = databases.programme()
    yield made
    made.dispose()


def test_the_small_set_is_what_the_command_writes(tmp_path: Path) -> None:
    sample.write(tmp_path)
    written = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    assert written == {path.name: path.read_bytes() for path in sample.FOLDER.iterdir()}


def test_another_seed_gives_other_figures(tmp_path: Path) -> None:
    sample.write(tmp_path, seed=1)
    assert (tmp_path / "2024-2.csv").read_bytes() != (sample.FOLDER / "2024-2.csv").read_bytes()


def test_every_status_result_verdict_and_warning_is_there(programme: Engine) -> None:
    told = {
        *attainment.attainment(programme, AS_OF)["status"],
        *attainment.evaluations(programme, AS_OF)["result"],
        *attainment.evaluations(programme, AS_OF)["exit_warning"],
        *attainment.verdicts(programme, AS_OF)["verdict"],
        *attainment.filings(programme, AS_OF)["state"],
    }
    assert told == {
        *("met", "on_pace", "behind_pace", "short", "baseline", "unreported", "unfiled", "upcoming", "forgone"),
        *("pass", "fail", "none", "one_more", "exit"),
        *("fulfilled", "failed", "at_risk", "unknown", "on_track", "filed", "late"),
    }


def test_everything_says_that_it_is_made_up(programme: Engine) -> None:
    filings = attainment.filings(programme, AS_OF)
    assert filings["space_name"].str.contains("虚构").all()
    assert set(filings["filed_by"].dropna()) == {sample.BY}


def test_it_never_goes_into_a_database_in_use(shanghai: Engine) -> None:
    row = b"space_id,space_name,track,start_year,end_year\nS1,A,branding,2022,2024\n"
    assert register.load(shanghai, row, "register.csv", by="tests").loaded
    assert not sample.load_once(shanghai)
    with pytest.raises(sample.NotMadeUpError):
        sample.load(shanghai)
