"""A preview tells what would change, and leaves nothing behind."""

import threading
from collections.abc import Callable
from concurrent.futures import Future
from datetime import date
from typing import Any

import pandas as pd
import sqlalchemy as sa
from sqlalchemy import Connection, Engine

from tests.policies import SHANGHAI
from tests.tracking.filing.previewed import AS_OF, BETTER, FIRST, SPACE
from tracking import database
from tracking.filing import edition_preview, loading, preview, register_preview, what_if
from tracking.filing.spreadsheets.grids import read


def _everything(engine: Engine) -> dict[str, pd.DataFrame]:
    with database.reading(engine) as connection:
        tables = sa.inspect(connection).get_table_names()
        return {name: database.frame(connection, sa.text(f"SELECT * FROM {name}")) for name in tables}


def test_nothing_is_stored(first_filed: Engine) -> None:
    before = _everything(first_filed)
    preview.preview(first_filed, BETTER.encode(), "better.csv", AS_OF, "en")
    after = _everything(first_filed)
    for name, rows in before.items():
        pd.testing.assert_frame_equal(rows, after[name])


def test_a_file_with_an_error_changes_nothing(first_filed: Engine) -> None:
    seen = preview.preview(first_filed, b"space_id,year,international_events\nS1,2022,x\n", "bad.csv", AS_OF, "en")
    assert (seen.report.refused, len(seen.changes), len(seen.figures), seen.closed) == (True, 0, 0, 0)


def test_a_file_that_is_stored_already_changes_nothing(first_filed: Engine) -> None:
    seen = preview.preview(first_filed, FIRST.encode(), "2022.csv", AS_OF, "en")
    assert (seen.report.unchanged, len(seen.changes), len(seen.figures)) == (1, 0, 0)


def test_a_file_that_cannot_be_read_is_told_as_a_problem(first_filed: Engine) -> None:
    assert preview.preview(first_filed, b"", "empty.csv", AS_OF, "en").report.refused


def _beside(work: Callable[[], object]) -> object:
    """What a work answers in a thread beside this one, which is in the middle of something."""
    answer: Future[object] = Future()

    def run() -> None:
        try:
            answer.set_result(work())
        except BaseException as error:  # told to who waits
            answer.set_exception(error)

    threading.Thread(target=run, daemon=True).start()
    return answer.result(timeout=120)


def test_who_files_waits_for_nobody_who_looks(first_filed: Engine) -> None:
    def look(step: str) -> None:
        if step == "judging":
            stored.append(_beside(lambda: loading.load(first_filed, BETTER.encode(), "same.csv", by="other").loaded))

    stored: list[object] = []
    # What is stored meanwhile is not among what they look at.
    assert preview.preview(first_filed, BETTER.encode(), "same.csv", AS_OF, "en", look).closed == 2
    assert stored == [True]
    assert preview.preview(first_filed, BETTER.encode(), "same.csv", AS_OF, "en").closed == 0


def test_who_looks_waits_for_nobody_who_files(first_filed: Engine) -> None:
    figures = {"international_events": "12", "international_projects": "3", "projects": "10"}
    year: dict[str, Any] = {"space": "S1", "year": 2022, "due": date(2023, 3, 31), "figures": figures}
    edition = {each.name: each.read_bytes() for each in SHANGHAI.iterdir()}
    looks: list[Callable[[], object]] = [
        lambda: loading.check(first_filed, BETTER.encode(), "b.csv").refused,
        lambda: preview.preview(first_filed, BETTER.encode(), "b.csv", AS_OF, "en").closed,
        lambda: what_if.outcome(first_filed, AS_OF, **year).problems,
        lambda: len(
            register_preview.preview(first_filed, SPACE.replace("2022", "2023").encode(), "r.csv", AS_OF, "en").entries
        ),
        lambda: edition_preview.preview(first_filed, SHANGHAI.name, edition, AS_OF, "en").same,
    ]

    def file(connection: Connection) -> list[object]:
        loading.take_in(connection, read(BETTER.encode(), "b.csv"), BETTER.encode(), "b.csv", by="me")
        return [_beside(look) for look in looks]

    assert database.write(first_filed, file) == [False, 2, (), 1, True]
