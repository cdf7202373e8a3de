"""The space page: one space's story, and where it leads to."""

import pytest
from sqlalchemy import Engine

from tests.pages.conftest import TODAY, OpenPage, read, said
from tracking.results import one_space
from tracking.results.tables import attainment

# Of the made-up programme: two tracks at once, and one with years to come.
TWICE, TO_COME = "SL00006", "SL00003"


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_space_shows_every_requirement_with_its_clause(
    programme: Engine, made_up: str, open_page: OpenPage, lang: str
) -> None:
    app = open_page(made_up, "space", space=TO_COME, lang=lang)
    assert not app.exception
    rows = attainment.attainment(programme, TODAY, spaces=[TO_COME], lang=lang)
    clauses = one_space.clauses(programme, TODAY, edition=rows["edition"].iloc[0], lang=lang)
    told = read(said(app))
    for name in rows[rows["basis"] != "attested"]["metric_name"].unique():
        assert name in told
    for clause in clauses[clauses["requirement"].isin(rows["requirement"])]["clause_text"]:
        assert " ".join(clause.split()) in told


def test_a_space_on_two_tracks_shows_the_one_chosen(made_up: str, open_page: OpenPage) -> None:
    app = open_page(made_up, "space", space=TWICE)
    tracks = app.segmented_control[-1].options
    assert len(tracks) == 2
    app.segmented_control(key="filter_enrolment").set_value("shanghai-sanhua/specialization").run()
    assert app.query_params["enrolment"] == "shanghai-sanhua/specialization"
    by_track = open_page(made_up, "space", space=TWICE, enrolment="specialization")
    assert by_track.segmented_control(key="filter_enrolment").value == "shanghai-sanhua/specialization"


def test_the_requirement_that_was_clicked_comes_first(programme: Engine, made_up: str, open_page: OpenPage) -> None:
    rows = attainment.attainment(programme, TODAY, spaces=[TO_COME])
    last = rows[(rows["basis"] != "attested") & (rows["stage"] == "target")].iloc[-1]
    app = open_page(made_up, "space", space=TO_COME, requirement=last["requirement"])
    product, first, *_ = [read(each.value) for each in app.markdown if each.value.startswith("**")]
    assert first.startswith(f"**{last['metric_name']}**"), product


def test_an_unknown_space_is_told_and_another_can_be_chosen(made_up: str, open_page: OpenPage) -> None:
    app = open_page(made_up, "space", space="nobody")
    assert not app.exception
    assert "nobody" in app.warning[0].value
    app.selectbox(key="filter_space").select(TO_COME).run()
    assert not app.warning


def test_nobody_to_choose_is_told(nothing: str, open_page: OpenPage) -> None:
    app = open_page(nothing, "space")
    assert not app.exception
    assert len(app.info) == 1


def test_what_the_next_year_asks_is_every_mandatory_requirement_of_it(programme: Engine) -> None:
    rows = attainment.meant(programme, TODAY, table="attainment", spaces=[TO_COME])
    evaluations = attainment.meant(programme, TODAY, table="evaluations", spaces=[TO_COME])
    asked = one_space.demands(rows, evaluations, one_space.figures(programme, TODAY, space=TO_COME))
    assert len(asked)
    assert {*asked["year"]} == {evaluations[evaluations["result"] == "upcoming"]["year"].min()}
    expected = rows[(rows["year"] == asked["year"].iloc[0]) & rows["mandatory"]]
    assert {*asked["requirement"]} == {*expected["requirement"]}


def test_nothing_is_asked_after_the_last_year(programme: Engine) -> None:
    over = attainment.verdicts(programme, TODAY)
    over = over[over["end_year"] == 2025]["space_id"].iloc[0]
    tables = ("attainment", "evaluations")
    rows, years = (attainment.meant(programme, TODAY, table=table, spaces=[over]) for table in tables)
    assert one_space.demands(rows, years, one_space.figures(programme, TODAY, space=over)).empty
