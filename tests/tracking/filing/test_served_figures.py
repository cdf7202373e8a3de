"""A figure stands beside what was filed before and what is asked of it."""

import pandas as pd
from sqlalchemy import Engine

from tests.tracking.filing.previewed import AS_OF, BETTER
from tracking.filing import preview


def test_a_figure_stands_beside_what_was_filed_and_what_is_asked(first_filed: Engine) -> None:
    seen = preview.preview(first_filed, BETTER.replace("2022", "2023").encode(), "2023.csv", AS_OF, "en")
    rows = seen.figures.set_index(["metric", "requirement"])
    events = rows.loc["international_events"].iloc[0]
    assert (events["value"], events["year_before"], events["required"], events["status"]) == (12, 9, 10, "met")
    assert pd.isna(events["stored"])
    again = preview.preview(first_filed, BETTER.encode(), "2022.csv", AS_OF, "en").figures
    assert again.set_index("metric").loc["international_events", "stored"] == 9


def test_a_share_stands_beside_both_of_its_counts(first_filed: Engine) -> None:
    seen = preview.preview(first_filed, BETTER.encode(), "better.csv", AS_OF, "en").figures
    of_share = seen[seen["requirement"].str.endswith("international_project_share", na=False)]
    assert dict(zip(of_share["metric"], of_share["value"], strict=True)) == {
        "international_projects": 3,
        "projects": 10,
    }
    assert {*of_share["actual"]} == {0.3}


def test_what_is_asked_and_not_filed_is_there_without_a_figure(first_filed: Engine) -> None:
    seen = preview.preview(first_filed, BETTER.encode(), "better.csv", AS_OF, "en")
    plan = seen.figures.set_index("metric").loc["international_plan"]
    assert (pd.isna(plan["value"]), plan["status"]) == (True, "unreported")


def test_a_figure_is_told_to_its_last_digit(first_filed: Engine) -> None:
    text = "space_id,year,new_international_projects,international_plan\nS1,2023,99999999999999,是\n"
    seen = preview.preview(first_filed, text.encode(), "2023.csv", AS_OF, "en").figures.set_index("metric")["typed"]
    assert (seen["new_international_projects"], seen["international_plan"]) == ("99999999999999", "Yes")
