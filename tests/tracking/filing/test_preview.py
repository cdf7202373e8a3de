"""A preview tells what would change, and leaves nothing behind."""

import threading

import pandas as pd
import sqlalchemy as sa
from sqlalchemy import Engine

from tests.tracking.filing.previewed import AS_OF, BETTER, FIRST
from tracking import database
from tracking.filing import preview


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


def test_two_previews_at_once_do_not_disturb_each_other(first_filed: Engine) -> None:
    closed = []

    def look() -> None:
        closed.append(preview.preview(first_filed, BETTER.encode(), "better.csv", AS_OF, "en").closed)

    threads = [threading.Thread(target=look) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert closed == [2, 2, 2]
