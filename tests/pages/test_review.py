"""The page of review: what waits, one filing with its figures, and what came of an act."""

from datetime import date, timedelta

import pytest
from sqlalchemy import Engine

from tests import reviewed
from tests.pages.conftest import OpenPage, drawn, look_as, read, said, tables_of
from tests.policies import SHANGHAI
from tests.reviewed import by, file, of
from tracking.review import acting, exceptions, standing, windows
from tracking.review.acting import Given

DAY = reviewed.DAY


def test_a_reviewer_returns_a_cell_and_the_operator_reads_why(
    open_page: OpenPage, filed: tuple[str, Engine], monkeypatch: pytest.MonkeyPatch
) -> None:
    url, engine = filed
    look_as(monkeypatch, engine, "reviewer")
    page = open_page(url, "review", lang="en")
    assert not page.exception
    assert "District check: 2 waiting" in said(page)
    page = open_page(url, "review", lang="en", space="S1", year="2022")
    assert "revision 1" in read(said(page))
    page.text_area[0].input("mentors are 12 on your site")
    page.multiselect[0].select("mentors")
    # Filed again while the reviewer writes: that was not looked at, and is not returned unseen.
    assert file(by(engine, "operator"), "space_id,year,mentors,funded_firms\nS1,2022,21,5\n").loaded
    next(each for each in page.button if each.label == "Return").click().run()
    assert "S1 2022: It was filed again since" in read(said(page))
    assert "revision 2" in read(said(page))
    next(each for each in page.button if each.label == "Return").click().run()
    assert "1 done: Return." in said(page)
    # The figure that was named, by its name.
    (past,) = [each for each in tables_of(page) if "Act" in each]
    assert past["Cells"].tolist() == ["Start-up mentors"]
    look_as(monkeypatch, engine, "operator")
    page = open_page(url, "filing", lang="en", space="S1")
    assert not page.exception
    assert "mentors are 12 on your site" in read(said(page))
    assert "To be looked at" in drawn(page)


def test_what_is_returned_once_the_window_has_closed_is_let_in_by_who_may_or_said_whom_to_ask(
    open_page: OpenPage, filed: tuple[str, Engine], monkeypatch: pytest.MonkeyPatch
) -> None:
    url, engine = filed
    acting.act(by(engine, "reviewer"), "check", [of("S2")])
    closed = date.today() - timedelta(days=3)
    windows.set_window(engine, SHANGHAI.name, 2022, None, closed, "Asia/Shanghai", by="city")
    look_as(monkeypatch, engine, "reviewer")
    page = open_page(url, "review", lang="en", space="S1", year="2022")
    assert f"its last day was {closed}" in said(page)
    assert "agree on it with them" in said(page)
    assert list(page.date_input) == []
    look_as(monkeypatch, engine, "manager")
    page = open_page(url, "review", lang="en", space="S2", year="2022")
    (until,) = [each.value for each in page.date_input]
    page.text_area[0].input("mentors are 12 on your site")
    next(each for each in page.button if each.label == "Return").click().run()
    (given,) = windows.exceptions(engine, DAY).to_dict("records")
    ends = given["until_at"].to_pydatetime()
    assert windows.last_day_for(engine, DAY, space="S2", ends=ends) == until
    assert until >= date.today() + timedelta(days=exceptions.USUAL_DAYS)
    assert file(by(engine, "operator"), "space_id,year,mentors,funded_firms\nS2,2022,21,5\n").loaded


def test_figures_that_are_right_are_answered_and_filed_again_as_they_are(
    open_page: OpenPage, filed: tuple[str, Engine], monkeypatch: pytest.MonkeyPatch
) -> None:
    url, engine = filed
    acting.act(by(engine, "reviewer"), "return", [of("S1")], Given("too many", ("mentors",)))
    look_as(monkeypatch, engine, "operator")
    page = open_page(url, "filing", lang="zh", space="S1")
    next(each for each in page.button if each.label == "原样再提交").click().run()
    assert "请写明答复" in said(page)
    next(each for each in page.text_input if each.label.startswith("答复（")).input("they are listed")
    next(each for each in page.button if each.label == "原样再提交").click().run()
    assert not page.exception
    assert "已保存 1 份填报" in said(page)
    look_as(monkeypatch, engine, "reviewer")
    assert "they are listed" in read(said(open_page(url, "review", lang="en", space="S1", year="2022")))


def test_clean_ones_are_approved_together(
    open_page: OpenPage, filed: tuple[str, Engine], monkeypatch: pytest.MonkeyPatch
) -> None:
    url, engine = filed
    file(engine, "space_id,year,mentors,funded_firms\nS1,2023,20,5\nS2,2023,25,5\nS3,2023,25,4\n")
    several = [acting.Filing(space, 2023, 1) for space in ("S1", "S2")]
    acting.act(by(engine, "reviewer"), "check", several)
    look_as(monkeypatch, engine, "manager")
    page = open_page(url, "review", lang="en", year="2023")
    next(each for each in page.button if each.label == "Approve these 2").click().run()
    assert "2 done: Approve." in said(page)
    for space in ("S1", "S2"):
        assert standing.states(engine, DAY, space=space).iloc[0]["review_state"] == "approved"


def test_what_lies_too_long_is_marked_in_the_queue_and_listed_by_itself(
    open_page: OpenPage, filed: tuple[str, Engine], monkeypatch: pytest.MonkeyPatch
) -> None:
    url, engine = filed
    with engine.begin() as connection:
        connection.exec_driver_sql("UPDATE load SET loaded_at = loaded_at - INTERVAL 9 DAY WHERE kind = 'filing'")
    look_as(monkeypatch, engine, "manager")
    assert "Nothing is overdue" in said(open_page(url, "review", lang="en", step="overdue"))
    window = (date(2026, 1, 5), date(2026, 12, 20))
    windows.set_window(engine, SHANGHAI.name, 2025, *window, "Asia/Shanghai", by="city")
    page = open_page(url, "review", lang="en", step="window")
    assert tuple(each.value for each in page.date_input[:2]) == window
    page.number_input(key="term_check_shanghai-sanhua").set_value(8)
    next(each for each in page.button if each.label == "Set the days").click().run()
    assert not page.exception
    assert "Saved." in said(page)
    # Nothing is overdue by being named.
    assert "Nothing lies too long" in said(open_page(url, "review", lang="en", step="overdue"))
    with engine.begin() as connection:
        connection.exec_driver_sql("UPDATE load SET loaded_at = loaded_at - INTERVAL 9 DAY WHERE kind = 'review'")
    assert "Lying too long: 3" in said(open_page(url, "review", lang="en", step="overdue"))
    look_as(monkeypatch, engine, "reviewer")
    page = open_page(url, "review", lang="en")
    assert "first in the list: 2" in drawn(page)
    assert "Overdue" in drawn(page)
    assert "days here: 9" in drawn(open_page(url, "review", lang="en", space="S1", year="2022"))


def test_where_nothing_can_be_stored_an_act_says_so(
    open_page: OpenPage, filed: tuple[str, Engine], monkeypatch: pytest.MonkeyPatch
) -> None:
    url, engine = filed
    look_as(monkeypatch, engine, "reviewer")
    page = open_page(url, "review", lang="en", space="S1", year="2022")
    monkeypatch.setenv("TRACKING_READ_ONLY", "1")
    next(each for each in page.button if each.label == "Check").click().run()
    assert not page.exception
    assert "it can be looked at, and nothing is stored" in said(page)


def test_who_reviews_nothing_sees_no_queue_and_no_button(
    open_page: OpenPage, filed: tuple[str, Engine], monkeypatch: pytest.MonkeyPatch
) -> None:
    url, engine = filed
    look_as(monkeypatch, engine, "operator")
    assert "nothing for you to do" in said(open_page(url, "review", lang="en"))
    page = open_page(url, "review", lang="en", space="S1", year="2022")
    assert [each.label for each in page.button if each.label in ("Check", "Return")] == []
    page = open_page(url, "review", lang="en", space="S3", year="2022")
    assert "has filed nothing" in said(page)


def test_without_accounts_the_page_says_what_review_needs(open_page: OpenPage, filed: tuple[str, Engine]) -> None:
    url, engine = filed
    with engine.begin() as connection:
        for table in ("account", "access_grant"):
            connection.exec_driver_sql(f"DELETE FROM {table}")
    acting.act(engine, "return", [of("S1")], Given("why"))
    page = open_page(url, "review", lang="en")
    assert not page.exception
    assert "it needs accounts" in said(page)


def test_a_question_is_asked_beside_the_figures_and_answered_on_the_filing_page(
    open_page: OpenPage, filed: tuple[str, Engine], monkeypatch: pytest.MonkeyPatch
) -> None:
    url, engine = filed
    look_as(monkeypatch, engine, "reviewer")
    page = open_page(url, "review", lang="en", space="S1", year="2022")
    page.text_input[0].input("is there a list?")
    next(each for each in page.button if each.label == "Ask").click().run()
    assert not page.exception
    look_as(monkeypatch, engine, "operator")
    page = open_page(url, "filing", lang="zh", space="S1")
    assert "is there a list?" in read(said(page))
    # Typed, and the browser closed before it was sent.
    page.text_area[0].input("in the annex").run()
    assert "已存为草稿，尚未发送" in said(page)
    page = open_page(url, "filing", lang="zh", space="S1")
    assert page.text_area[0].value == "in the annex"
    next(each for each in page.button if each.label == "答复").click().run()
    assert not page.exception
    assert [each.value for each in page.text_area] == [""]
    look_as(monkeypatch, engine, "reviewer")
    page = open_page(url, "review", lang="en", step="question")
    assert "in the annex" in drawn(page)
