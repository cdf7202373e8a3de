"""Which statuses a file changes, and which shortfalls it opens or closes."""

from sqlalchemy import Engine

from tests.tracking.filing.previewed import AS_OF, BETTER, FIRST
from tracking.filing import loading, preview
from tracking.results.tables import attainment


def test_it_tells_which_figures_and_which_shortfalls_change(first_filed: Engine) -> None:
    seen = preview.preview(first_filed, BETTER.encode(), "better.csv", AS_OF, "en")
    events, share = seen.changes.sort_values("required", ascending=False).to_dict("records")
    assert (events["actual_before"], events["actual_after"], events["status_after"]) == (9, 12, "met")
    assert (share["status_before"], share["actual_after"], share["status_after"]) == ("unreported", 0.3, "met")
    assert (seen.closed, seen.opened) == (2, 0)


def test_it_tells_a_shortfall_that_would_open(first_filed: Engine) -> None:
    loading.load(first_filed, BETTER.encode(), "better.csv", by="tests")
    seen = preview.preview(first_filed, FIRST.encode(), "2022.csv", AS_OF, "zh")
    assert (seen.closed, seen.opened) == (0, 2)


def test_the_statuses_are_those_that_loading_gives(first_filed: Engine) -> None:
    seen = preview.preview(first_filed, BETTER.encode(), "better.csv", AS_OF, "en")
    loading.load(first_filed, BETTER.encode(), "better.csv", by="tests")
    stored = attainment.attainment(first_filed, AS_OF, years=[2022]).set_index("requirement")["status"]
    told = seen.figures.dropna(subset=["requirement"]).drop_duplicates("requirement").set_index("requirement")["status"]
    assert told.sort_index().to_dict() == stored.sort_index().to_dict()
