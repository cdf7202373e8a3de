"""A preview tells what would change, and leaves nothing behind."""

import threading
from datetime import date

import pandas as pd
import pytest
import sqlalchemy as sa
from sqlalchemy import Engine

from tests import databases
from tracking import database
from tracking.filing import loading, preview, register
from tracking.results.tables import attainment

AS_OF = date(2024, 6, 1)
SPACE = "space_id,space_name,track,start_year,end_year\nS1,示例,internationalization,2022,2024\n"
FIRST = "space_id,year,international_events,projects\nS1,2022,9,10\n"
BETTER = "space_id,year,international_events,international_projects,projects\nS1,2022,12,3,10\n"


def _file(engine: Engine) -> None:
    assert register.load(engine, SPACE.encode(), "register.csv", by="tests").loaded
    assert loading.load(engine, FIRST.encode(), "2022.csv", by="tests").loaded


@pytest.fixture
def filed(any_engine: Engine) -> Engine:
    return databases.filled(any_engine, _file)


def _everything(engine: Engine) -> dict[str, pd.DataFrame]:
    with database.reading(engine) as connection:
        tables = sa.inspect(connection).get_table_names()
        return {name: database.frame(connection, sa.text(f"SELECT * FROM {name}")) for name in tables}


def test_it_tells_which_figures_and_which_shortfalls_change(filed: Engine) -> None:
    seen = preview.preview(filed, BETTER.encode(), "better.csv", AS_OF, "en")
    events, share = seen.changes.sort_values("required", ascending=False).to_dict("records")
    assert (events["actual_before"], events["actual_after"], events["status_after"]) == (9, 12, "met")
    assert (share["status_before"], share["actual_after"], share["status_after"]) == ("unreported", 0.3, "met")
    assert (seen.closed, seen.opened) == (2, 0)


def test_it_tells_a_shortfall_that_would_open(filed: Engine) -> None:
    loading.load(filed, BETTER.encode(), "better.csv", by="tests")
    seen = preview.preview(filed, FIRST.encode(), "2022.csv", AS_OF, "zh")
    assert (seen.closed, seen.opened) == (0, 2)


def test_a_figure_stands_beside_what_was_filed_and_what_is_asked(filed: Engine) -> None:
    seen = preview.preview(filed, BETTER.replace("2022", "2023").encode(), "2023.csv", AS_OF, "en")
    rows = seen.figures.set_index(["metric", "requirement"])
    events = rows.loc["international_events"].iloc[0]
    assert (events["value"], events["year_before"], events["required"], events["status"]) == (12, 9, 10, "met")
    assert pd.isna(events["stored"])
    again = preview.preview(filed, BETTER.encode(), "2022.csv", AS_OF, "en").figures
    assert again.set_index("metric").loc["international_events", "stored"] == 9


def test_a_share_stands_beside_both_of_its_counts(filed: Engine) -> None:
    seen = preview.preview(filed, BETTER.encode(), "better.csv", AS_OF, "en").figures
    of_share = seen[seen["requirement"].str.endswith("international_project_share", na=False)]
    assert dict(zip(of_share["metric"], of_share["value"], strict=True)) == {
        "international_projects": 3,
        "projects": 10,
    }
    assert {*of_share["actual"]} == {0.3}


def test_what_is_asked_and_not_filed_is_there_without_a_figure(filed: Engine) -> None:
    seen = preview.preview(filed, BETTER.encode(), "better.csv", AS_OF, "en")
    plan = seen.figures.set_index("metric").loc["international_plan"]
    assert (pd.isna(plan["value"]), plan["status"]) == (True, "unreported")


def test_a_figure_is_told_to_its_last_digit(filed: Engine) -> None:
    text = "space_id,year,new_international_projects,international_plan\nS1,2023,99999999999999,是\n"
    seen = preview.preview(filed, text.encode(), "2023.csv", AS_OF, "en").figures.set_index("metric")["typed"]
    assert (seen["new_international_projects"], seen["international_plan"]) == ("99999999999999", "Yes")


def test_the_statuses_are_those_that_loading_gives(filed: Engine) -> None:
    seen = preview.preview(filed, BETTER.encode(), "better.csv", AS_OF, "en")
    loading.load(filed, BETTER.encode(), "better.csv", by="tests")
    stored = attainment.attainment(filed, AS_OF, years=[2022]).set_index("requirement")["status"]
    told = seen.figures.dropna(subset=["requirement"]).drop_duplicates("requirement").set_index("requirement")["status"]
    assert told.sort_index().to_dict() == stored.sort_index().to_dict()


def test_nothing_is_stored(filed: Engine) -> None:
    before = _everything(filed)
    preview.preview(filed, BETTER.encode(), "better.csv", AS_OF, "en")
    after = _everything(filed)
    for name, rows in before.items():
        pd.testing.assert_frame_equal(rows, after[name])


def test_a_file_with_an_error_changes_nothing(filed: Engine) -> None:
    seen = preview.preview(filed, b"space_id,year,international_events\nS1,2022,x\n", "bad.csv", AS_OF, "en")
    assert (seen.report.refused, len(seen.changes), len(seen.figures), seen.closed) == (True, 0, 0, 0)


def test_a_file_that_is_stored_already_changes_nothing(filed: Engine) -> None:
    seen = preview.preview(filed, FIRST.encode(), "2022.csv", AS_OF, "en")
    assert (seen.report.unchanged, len(seen.changes), len(seen.figures)) == (1, 0, 0)


def test_a_file_that_cannot_be_read_is_told_as_a_problem(filed: Engine) -> None:
    assert preview.preview(filed, b"", "empty.csv", AS_OF, "en").report.refused


def test_two_previews_at_once_do_not_disturb_each_other(filed: Engine) -> None:
    closed = []

    def look() -> None:
        closed.append(preview.preview(filed, BETTER.encode(), "better.csv", AS_OF, "en").closed)

    threads = [threading.Thread(target=look) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert closed == [2, 2, 2]
