"""The filing page: nothing is stored unseen or without a name, and what was stored can be looked up."""

from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import pytest
import sqlalchemy as sa
import streamlit as st
from sqlalchemy import Engine
from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import Block, Button

from pages.filing_steps import confirm
from tests import databases
from tests.pages.conftest import TODAY, OpenPage, read, said, tables_of
from tracking import database
from tracking.database import loads
from tracking.filing import loading, register
from tracking.results import receipts

SPACE = "space_id,space_name,track,start_year,end_year\nS1,<b>甲</b> **乙**,internationalization,2023,2025\n"
FIRST = "space_id,year,international_events,international_events_note\nS1,2024,9,<i>估</i>\n".encode()
BETTER = b"space_id,year,international_events\nS1,2024,12\n"
BROKEN = "space_id,year,international_events\nS1,2024,约9\n".encode()


def _enrol(engine: Engine) -> None:
    assert register.load(engine, SPACE.encode(), "register.csv", by="tests").loaded


@pytest.fixture
def url(tmp_path: Path) -> str:
    return databases.filled_at(tmp_path / "filing.duckdb", _enrol)


@pytest.fixture
def engine(url: str) -> Iterator[Engine]:
    engine = database.connect(url)
    yield engine
    engine.dispose()


def _upload(app: AppTest, content: bytes) -> AppTest:
    app.file_uploader[0].set_value([("2024.csv", content, "text/csv")])
    return app.run()


def _press(app: AppTest, word: str, by: str | None = None) -> AppTest:
    if by is not None:
        next(each for each in app.text_input if each.label == "填报人").set_value(by)
    next(each for each in app.button if each.label == word).click()
    app.run()
    if confirm.PRESSED in app.session_state:
        # What the browser does a moment later.
        app.session_state[confirm.ANSWERED] = True
        app.run()
    return app


def _filed(engine: Engine) -> list[tuple[int, str]]:
    statement = "SELECT filing.revision, load.loaded_by FROM filing JOIN load USING (load_id) ORDER BY revision"
    with database.reading(engine) as connection:
        return [tuple(row) for row in connection.execute(sa.text(statement)).all()]


def test_a_name_typed_and_the_button_pressed_file_once_and_leave_a_receipt(
    url: str, engine: Engine, open_page: OpenPage
) -> None:
    app = _upload(open_page(url, "filing"), FIRST)
    assert "新增 0 项缺口" in said(app)
    app = _press(app, "确认保存", "示例填报人")
    assert _filed(engine) == [(1, "示例填报人")]
    assert app.query_params["receipt"] == str(_loads(engine))
    assert loads.sha256(FIRST) in said(app)
    assert "示例填报人" in said(app)


def test_a_form_without_space_and_year_takes_those_of_the_page_once_they_are_seen(
    url: str, engine: Engine, open_page: OpenPage
) -> None:
    app = _upload(open_page(url, "filing", space="S1", year="2024"), "指标,数值\n国际化活动,12\n".encode())
    fields = {each.label: each.value for each in app.selectbox}
    assert (fields["整个文件是哪个空间的"], fields["整个文件是哪个数据年度的"]) == ("S1", 2024)
    # What the page says of a whole file is no row of it to be left out.
    assert not app.multiselect
    app = _press(app, "重新核对")
    app = _press(app, "确认保存", "示例填报人")
    with database.reading(engine) as connection:
        stored = connection.execute(sa.text("SELECT space_id, year, metric, value FROM observation")).all()
    assert stored == [("S1", 2024, "international_events", 12)]


@pytest.mark.usefixtures("engine")
@pytest.mark.parametrize(("chosen", "told"), [({"space": "S2"}, "S2"), ({"space": "S1", "year": "2023"}, "2023")])
def test_a_file_of_another_space_or_year_than_the_page_s_is_told(
    url: str, open_page: OpenPage, chosen: dict[str, str], told: str
) -> None:
    app = _upload(open_page(url, "filing", **chosen), FIRST)
    assert [each.value for each in app.warning if "选错了文件" in each.value and told in each.value]
    app = _upload(open_page(url, "filing", space="S1", year="2024"), FIRST)
    assert "选错了文件" not in said(app)


def test_a_file_of_last_year_alone_is_told_whether_or_not_the_year_is_in(
    url: str, engine: Engine, open_page: OpenPage
) -> None:
    app = _upload(open_page(url, "filing"), FIRST)
    assert [each.value for each in app.warning if "只有 2024 年的数据" in each.value and "还没有提交" in each.value]
    assert loading.load(engine, FIRST.replace(b"2024", b"2025"), "2025.csv", by="示例填报人").loaded
    app = _upload(open_page(url, "filing"), BETTER)
    assert [each.value for each in app.warning if "只有 2024 年的数据" in each.value and "已经提交过" in each.value]


@pytest.mark.usefixtures("engine")
def test_a_receipt_that_is_not_there_is_told(url: str, open_page: OpenPage) -> None:
    assert "没有“填报回执”为“999”的内容" in said(open_page(url, "filing", receipt="999"))


@pytest.mark.usefixtures("engine")
def test_a_template_left_as_it_was_is_told_to_say_nothing(url: str, open_page: OpenPage) -> None:
    app = open_page(url, "filing", year="2024")
    assert "S1 2024" in read(_upload(app, b"space_id,year,international_events\nS1,2024,\n").warning[0].value)
    assert not _upload(open_page(url, "filing", year="2024"), BETTER).warning


def test_nobody_files_without_a_name(url: str, engine: Engine, open_page: OpenPage) -> None:
    app = _press(_upload(open_page(url, "filing", year="2024"), FIRST), "确认保存", "  ")
    assert [each.value for each in app.warning] == ["请填写填报人，再按“确认保存”。"]
    assert _filed(engine) == []


def test_what_somebody_else_stored_meanwhile_is_shown_before_it_is_replaced(
    url: str, engine: Engine, open_page: OpenPage
) -> None:
    app = _upload(open_page(url, "filing"), BETTER)
    assert loading.load(engine, FIRST, "other.csv", by="another").loaded
    app = _press(app, "确认保存", "示例填报人")
    assert _filed(engine) == [(1, "another")]
    assert "有人保存了相关数据" in said(app)
    _press(app, "确认保存", "示例填报人")
    assert _filed(engine) == [(1, "another"), (2, "示例填报人")]


def test_a_file_with_an_error_cannot_be_confirmed_and_setting_it_aside_takes_it_away(
    url: str, engine: Engine, open_page: OpenPage
) -> None:
    app = _upload(open_page(url, "filing"), BROKEN)
    assert "1 个错误、0 个提醒" in said(app)
    assert next(each for each in app.button if each.label == "确认保存").disabled
    app = _press(app, "暂存为草稿")
    assert "填报情况" in said(app)
    assert _filed(engine) == []


def test_the_history_of_a_single_filing_shows_its_figures_and_explanations(
    url: str, engine: Engine, open_page: OpenPage
) -> None:
    assert loading.load(engine, FIRST, "2024.csv", by="示例填报人").loaded
    app = open_page(url, "filing", space="S1", task="history")
    (figures,) = [each for each in tables_of(app) if "说明" in each]
    assert figures[["指标", "数值", "说明"]].to_numpy().tolist() == [["国际化活动", "9", "<i>估</i>"]]


def test_the_name_of_a_space_is_shown_as_text(url: str, engine: Engine, open_page: OpenPage) -> None:
    app = _press(_upload(open_page(url, "filing"), FIRST), "确认保存", "示例填报人")
    (link,) = [each for each in app.get("page_link") if "图表" in each.proto.label]
    assert "<b>" not in link.proto.label
    assert "<b>甲</b> **乙**" in read(link.proto.label)
    assert receipts.receipt(engine, TODAY, load_id=_loads(engine))["space_name"].tolist() == ["<b>甲</b> **乙**"]


# -- what is typed and chosen on the page ---------------------------------------------------------


def _loads(engine: Engine) -> int:
    with database.reading(engine) as connection:
        return database.data_version(connection)


def _figures(engine: Engine) -> list[tuple[object, ...]]:
    statement = "SELECT metric, CAST(value AS DOUBLE), note FROM current_observation ORDER BY metric"
    with database.reading(engine) as connection:
        return [tuple(row) for row in connection.execute(sa.text(statement)).all()]


def _typing(monkeypatch: pytest.MonkeyPatch, metric: str, **texts: str) -> None:
    """From now on the table of what was read says this of a metric: AppTest has no hands for it."""

    draw = st.data_editor

    def edited(frame: pd.DataFrame, **drawn: object) -> pd.DataFrame:
        draw(frame, **drawn)
        rows = frame["metric_name"] == metric
        return frame.assign(**{name: frame[name].mask(rows, text) for name, text in texts.items()})

    monkeypatch.setattr(st, "data_editor", edited)


def _choose(app: AppTest, label: str, value: object) -> None:
    next(each for each in app.selectbox if label in read(each.label)).set_value(value)


def test_a_figure_typed_and_confirmed_at_once_is_the_one_that_is_stored(
    url: str, engine: Engine, open_page: OpenPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = _upload(open_page(url, "filing"), FIRST)
    _typing(monkeypatch, "国际化活动", typed="11", note="已更正")
    _press(app, "确认保存", "示例填报人")
    assert _figures(engine) == [("international_events", 11, "已更正")]
    (receipt,) = [each for each in tables_of(app) if "数值" in each]
    assert receipt[["指标", "数值", "说明"]].to_numpy().tolist() == [["国际化活动", "11", "已更正"]]
    assert receipts.document(engine, loads.sha256(FIRST)) == FIRST


def test_a_correction_of_which_there_is_more_to_say_waits(
    url: str, engine: Engine, open_page: OpenPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = _upload(open_page(url, "filing"), FIRST)
    with monkeypatch.context() as hands:
        _typing(hands, "国际化活动", typed="约11")
        _press(app, "确认保存", "示例填报人")
    assert _figures(engine) == []
    assert "1 个错误" in said(app)
    assert "尚未保存" in said(app)
    (field,) = [each for each in app.text_input if "可改" in each.label]
    assert field.value == "约11"
    field.set_value("12")
    _press(app, "重新核对")
    _press(app, "确认保存", "示例填报人")
    assert _figures(engine) == [("international_events", 12, "<i>估</i>")]


def _places(block: Block, at: tuple[int, ...] = ()) -> Iterator[tuple[str, tuple[int, ...]]]:
    """The name of every button within a block, and where it stands: the browser draws it anew where that changes."""
    for number, each in block.children.items():
        if isinstance(each, Block):
            yield from _places(each, (*at, number))
        elif isinstance(each, Button):
            yield each.label, (*at, number)


def _place(app: AppTest, word: str) -> tuple[int, ...]:
    return dict(_places(app.main))[word]


def test_the_buttons_stay_where_they_are_whatever_is_typed_and_said(
    url: str, engine: Engine, open_page: OpenPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = _upload(open_page(url, "filing"), FIRST)
    looked = _place(app, "确认保存")
    assert _place(app.run(), "确认保存") == looked
    assert "没有新的改动" in said(_press(app, "重新核对"))
    assert _place(app, "确认保存") == looked
    _typing(monkeypatch, "国际化活动", typed="11")
    assert "还没有核对" in said(app.run())
    assert _place(app, "确认保存") == looked
    assert _filed(engine) == []


def test_a_press_that_was_left_behind_stores_no_other_file(url: str, engine: Engine, open_page: OpenPage) -> None:
    app = _upload(open_page(url, "filing"), FIRST)
    next(each for each in app.text_input if each.label == "填报人").set_value("示例填报人")
    next(each for each in app.button if each.label == "确认保存").click()
    app.run()
    _upload(app, BETTER)
    app.session_state[confirm.ANSWERED] = True
    app.run()
    assert _figures(engine) == []


def test_a_mended_cell_is_checked_again(url: str, engine: Engine, open_page: OpenPage) -> None:
    # Further right than any column that the page has of its own.
    app = _upload(open_page(url, "filing"), "space_id,year,,,,,international_events\nS1,2024,,,,,约9\n".encode())
    next(each for each in app.text_input if "G2" in each.label).set_value("9")
    _press(app, "重新核对")
    assert "没有发现问题" in said(app)
    _press(app, "确认保存", "示例填报人")
    assert _figures(engine) == [("international_events", 9, None)]
    app = open_page(url, "filing", space="S1", task="history")
    (decided,) = [each for each in tables_of(app) if "原来" in each]
    assert decided[["位置", "原来", "改为"]].to_numpy().tolist() == [["G2", "约9", "9"]]


def test_what_the_file_does_not_say_is_chosen_for_the_whole_of_it(
    url: str, engine: Engine, open_page: OpenPage
) -> None:
    app = _upload(open_page(url, "filing"), "国际化活动,活动场数,天气\n10,9,晴\n".encode())
    _choose(app, "哪个空间", "S1")
    _choose(app, "哪个数据年度", 2024)
    _choose(app, "活动场数", "international_projects")
    _choose(app, "天气", "left_out")
    _press(app, "重新核对")
    assert "没有发现问题" in said(app)
    _press(app, "确认保存", "示例填报人")
    assert _figures(engine) == [("international_events", 10, None), ("international_projects", 9, None)]
    again = _upload(open_page(url, "filing"), "空间编号,年度,活动场数\nS1,2023,9\n".encode())
    assert next(each for each in again.selectbox if "活动场数" in each.label).value == "international_projects"


def test_a_supplement_can_keep_what_was_filed(url: str, engine: Engine, open_page: OpenPage) -> None:
    assert loading.load(engine, FIRST, "2024.csv", by="示例填报人").loaded
    app = _upload(open_page(url, "filing"), b"space_id,year,projects\nS1,2024,20\n")
    app.checkbox[0].check()
    _press(app, "重新核对")
    _press(app, "确认保存", "示例填报人")
    assert _figures(engine) == [("international_events", 9, "<i>估</i>"), ("projects", 20, None)]


@pytest.mark.usefixtures("engine")
def test_a_cell_of_the_file_is_drawn_as_text(url: str, open_page: OpenPage) -> None:
    app = _upload(open_page(url, "filing"), FIRST)
    (picture,) = [each.proto.body for each in app.get("html") if 'data-role="' in each.proto.body]
    assert "&lt;i&gt;估&lt;/i&gt;" in picture
    assert "<i>" not in picture
    assert 'title="C2 数据"' in picture


@pytest.mark.usefixtures("engine")
def test_the_year_collected_now_is_offered_first(url: str, open_page: OpenPage) -> None:
    assert "2025 年度填报模板" in said(open_page(url, "filing", space="S1"))
