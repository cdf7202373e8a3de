"""The space page: one space's story, and where it leads to."""

import html
import re
from datetime import date, timedelta
from pathlib import Path

import pandas as pd
import pytest
from sqlalchemy import Engine
from streamlit.testing.v1 import AppTest

from pages.shared import data
from tests import databases, reviewed
from tests.pages.conftest import TODAY, OpenPage, drawn, read, said
from tests.tracking.review.test_rectifications import DEMAND, of, running, write
from tracking import database
from tracking.access import people
from tracking.results import one_enrolment, one_space
from tracking.results.tables import attainment
from tracking.review import acting
from tracking.words.language import Lang

# Of the made-up programme: two tracks at once, and one with years to come.
TWICE, TO_COME = "SL00006", "SL00003"


@pytest.mark.parametrize(("nth", "lang"), [(0, "zh"), (150, "en"), (300, "zh"), (450, "en")])
def test_the_grid_has_every_figure_of_every_requirement_and_year(
    city: str, open_page: OpenPage, nth: int, lang: Lang
) -> None:
    engine = database.connect(city)
    spaces = attainment.verdicts(engine, TODAY)["space_id"].drop_duplicates(keep=False)
    rows = attainment.attainment(engine, TODAY, spaces=[spaces.iloc[nth]], lang=lang)
    engine.dispose()
    app = open_page(city, "space", space=spaces.iloc[nth], lang=lang)
    assert not app.exception
    lines = _lines(drawn(app))
    assert len(lines) == rows["requirement"].nunique()
    years = sorted(rows["year"].unique())
    for code, of_requirement in rows.groupby("requirement"):
        cells = lines[code][3 : 3 + len(years)]
        by_year = of_requirement.set_index("year")
        for year, cell in zip(years, cells, strict=True):
            assert cell == (_expected(by_year.loc[year], lang) if year in by_year.index else "")


def _lines(markup: str) -> dict[str, list[str]]:
    """The texts of the grid's cells by requirement, without what only a screen reader says."""
    lines = {}
    for line in re.findall(r"<tr class=.*?</tr>", markup, flags=re.DOTALL):
        code = re.search(r"requirement=([\w.]+)", line)
        cells = re.findall(r"<t[dh][^>]*>(.*?)</t[dh]>", re.sub(r'<span class="unseen">.*?</span>', "", line))
        if code:
            lines[code[1]] = [html.unescape(re.sub(r"<[^>]*>", "", cell)) for cell in cells]
    return lines


def _expected(row: pd.Series, lang: str) -> str:
    """What stands in a cell, from the table that goes out; marked where it is not approved."""
    return _figure(row, lang) + ("°" if row["provisional"] else "")


def _figure(row: pd.Series, lang: str) -> str:
    sign = {"met": "✓", "on_pace": "↗", "baseline": "○", "behind_pace": "↘", "short": "✕"}
    sign |= {"unreported": "?", "unfiled": "–", "forgone": "◇", "upcoming": "·"}
    shown, actual = sign[row["status"]], row["actual"]
    if pd.isna(actual):
        word = {
            # A sum that was reached before is met in a year without a figure of its own.
            "met": ("达标", "Met"),
            "unreported": ("指标缺报", "Unreported"),
            "unfiled": ("未提交年报", "Unfiled"),
            "baseline": ("基准年", "Baseline"),
        }
        return f"{shown} {word[row['status']][lang == 'en']}" if row["status"] in word else shown
    if row["basis"] == "attested":
        return f"{shown} {(('否', '是') if lang == 'zh' else ('No', 'Yes'))[int(actual)]}"
    if row["basis"] == "share":
        return f"{shown} {round(actual * 100, 1):g}%"
    return f"{shown} {'+' if row['basis'] == 'growth' and actual > 0 else ''}{actual:,g}".replace("-", "−")


def test_a_row_opens_its_card_alone_with_the_clause_once(programme: Engine, made_up: str, open_page: OpenPage) -> None:
    rows = attainment.attainment(programme, TODAY, spaces=[TO_COME])
    clauses = one_space.clauses(programme, TODAY, edition=rows["edition"].iloc[0])
    last = rows[(rows["basis"] != "attested") & (rows["stage"] == "target")].iloc[-1]
    clause = clauses.set_index("requirement").loc[last["requirement"], "clause_text"]
    assert "".join(clause.split()) not in "".join(read(said(open_page(made_up, "space", space=TO_COME))).split())
    told = read(said(open_page(made_up, "space", space=TO_COME, requirement=last["requirement"])))
    assert "".join(told.split()).count("".join(clause.split())) == 1
    assert f"**{last['metric_name']}**" in told


@pytest.mark.parametrize(
    "unknown", [{"requirement": "north.target.1.none"}, {"district": "nowhere"}, {"enrolment": "other/branding"}]
)
def test_a_link_that_names_what_is_not_there_says_so_and_shows_nothing_else(
    made_up: str, open_page: OpenPage, unknown: dict[str, str]
) -> None:
    app = open_page(made_up, "space", space=TO_COME, **unknown)
    assert next(iter(unknown.values())) in read(app.warning[0].value)
    assert not _lines(drawn(app))


def test_a_space_on_two_tracks_shows_the_one_chosen(made_up: str, open_page: OpenPage) -> None:
    app = open_page(made_up, "space", space=TWICE)
    tracks = app.segmented_control[-1].options
    assert len(tracks) == 2
    app.segmented_control(key="filter_enrolment").set_value("shanghai-sanhua/specialization").run()
    assert app.query_params["enrolment"] == "shanghai-sanhua/specialization"
    by_track = open_page(made_up, "space", space=TWICE, enrolment="specialization")
    assert by_track.segmented_control(key="filter_enrolment").value == "shanghai-sanhua/specialization"


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
    asked = one_enrolment.demands(rows, evaluations, one_space.figures(programme, TODAY, space=TO_COME))
    assert len(asked)
    assert {*asked["year"]} == {evaluations[evaluations["result"] == "upcoming"]["year"].min()}
    expected = rows[(rows["year"] == asked["year"].iloc[0]) & rows["mandatory"]]
    assert {*asked["requirement"]} == {*expected["requirement"]}


def test_nothing_is_asked_after_the_last_year(programme: Engine) -> None:
    over = attainment.verdicts(programme, TODAY)
    over = over[over["end_year"] == 2025]["space_id"].iloc[0]
    tables = ("attainment", "evaluations")
    rows, years = (attainment.meant(programme, TODAY, table=table, spaces=[over]) for table in tables)
    assert one_enrolment.demands(rows, years, one_space.figures(programme, TODAY, space=over)).empty


def test_what_is_agreed_stands_beside_the_cell_and_in_the_reasons_and_changes_no_status(
    open_page: OpenPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = databases.shanghai_at(tmp_path / "agreed.duckdb")
    engine = reviewed.enrolled(database.connect(url))
    reviewed.file(engine, "space_id,year,mentors,funded_firms\nS1,2022,20,4\n")

    until = date.today() + timedelta(days=30)

    def look_as(name: str) -> None:
        person = people.person_of(reviewed.by(engine, name))
        monkeypatch.setattr(data, "person", lambda: person)

    look_as("manager")
    page = open_page(url, "space", space="S1", lang="zh")
    assert not page.exception
    before = _lines(drawn(page))
    assert "没有豁免" in said(page)
    (waive,) = (each for each in page.button if each.label == "豁免")
    next(each for each in page.selectbox if each.label == "数据年度").set_value(2022)
    code = "specialization.target.5.funded_firms"
    next(each for each in page.selectbox if each.label == "要求").set_value(code)
    next(each for each in page.date_input if each.label == "豁免至").set_value(until)
    next(each for each in page.text_input if each.label == "理由").input("搬迁")
    waive.click().run()
    assert not page.exception
    assert f"豁免至 {until}：搬迁（manager）" in drawn(page)
    assert f"约定：2022 年度“获投企业”豁免至 {until}" in read(said(page))
    after = {row: [cell.removesuffix("◆") for cell in cells] for row, cells in _lines(drawn(page)).items()}
    assert after == before
    look_as("operator")
    page = open_page(url, "space", space="S1", lang="zh")
    assert not [each for each in page.button if each.label in ("豁免", "要求整改")]
    assert f"豁免至 {until}" in drawn(page)
    engine.dispose()


def test_a_figure_that_is_not_approved_yet_is_marked_until_it_is(
    open_page: OpenPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = databases.shanghai_at(tmp_path / "provisional.duckdb")
    engine = reviewed.enrolled(database.connect(url))
    reviewed.file(reviewed.by(engine, "operator"), "space_id,year,mentors,funded_firms\nS1,2022,20,4\n")
    person = people.person_of(reviewed.by(engine, "manager"))
    monkeypatch.setattr(data, "person", lambda: person)

    def marked() -> set[str]:
        page = open_page(url, "space", space="S1", lang="zh")
        assert not page.exception
        assert ("° 暂定" in said(page)) == ("°" in drawn(page))
        return {code for code, cells in _lines(drawn(page)).items() if cells[3].endswith("°")}

    assert "specialization.target.5.funded_firms" in marked()
    for name in ("shortfalls", "decisions"):
        assert "暂定" in drawn(open_page(url, name, lang="zh", year="2022", phase="construction")), name
    for name, act in (("reviewer", "check"), ("manager", "approve")):
        assert acting.act(reviewed.by(engine, name), act, [reviewed.of("S1")]).moved
    assert marked() == set()
    assert "暂定" not in drawn(open_page(url, "shortfalls", lang="zh"))
    engine.dispose()


def test_what_was_put_right_is_shown_by_a_file_of_the_operator_s(
    open_page: OpenPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = databases.shanghai_at(tmp_path / "files.duckdb")
    engine = running(database.connect(url))
    write(engine, "reviewer", "rectify", DEMAND, of("S1"))

    def opened(name: str) -> AppTest:
        person = people.person_of(reviewed.by(engine, name))
        monkeypatch.setattr(data, "person", lambda: person)
        return open_page(url, "space", space="S1", lang="zh")

    # Nobody else is offered a place for files.
    assert not opened("reviewer").get("file_uploader")
    page = opened("operator")
    page.file_uploader[0].set_value(("contract.pdf", b"%PDF-1.7 contract", "application/pdf"))
    next(each for each in page.button if each.label == "附上材料").click().run()
    assert not page.exception
    assert "已记录" in said(page)
    assert [read(each.proto.label) for each in opened("reviewer").get("link_button")] == ["contract.pdf"]
    engine.dispose()
