"""Accounts are looked after by who they are: nothing is granted, reset or ended of one that nobody chose."""

import pytest
from sqlalchemy import Engine
from streamlit.testing.v1 import AppTest

from tests.pages.conftest import OpenPage, look_as, tables_of
from tests.reviewed import SPARE, by
from tracking.access import looking_after


def _button(app: AppTest, label: str) -> object:
    return next(each for each in app.button if each.label == label)


def test_nothing_is_done_to_an_account_before_it_is_chosen(
    filed: tuple[str, Engine], open_page: OpenPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    url, engine = filed
    look_as(monkeypatch, engine, "administrator")
    app = open_page(url, "people")
    assert all(_button(app, label).disabled for label in ("授权", "收回", "重置密码", "停用动态口令"))
    assert [each.value for each in app.selectbox if each.label in ("账号", "范围")] == [None] * 4
    app.selectbox(key="end_name").set_value("analyst").run()
    _button(app, "确定停用").click().run()
    assert not app.exception
    left = looking_after.standing(by(engine, "administrator"))["name"]
    assert ("analyst" in set(left), "administrator" in set(left)) == (False, True)


def test_who_files_for_many_spaces_stands_in_one_row(
    filed: tuple[str, Engine], open_page: OpenPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    url, engine = filed
    look_as(monkeypatch, engine, "administrator")
    (held, *_) = tables_of(open_page(url, "people"))
    of_operator = held[held["账号"] == "operator"]["区、版本或空间编号"]
    assert of_operator.tolist() == ["、".join(["S1", "S2", *SPARE])]


def test_a_new_account_can_be_granted_at_once_and_its_password_stays_until_it_is_written_down(
    filed: tuple[str, Engine], open_page: OpenPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    url, engine = filed
    look_as(monkeypatch, engine, "administrator")
    app = open_page(url, "people")
    app.text_input[0].set_value("operator")
    _button(app, "建立").click().run()
    assert [each.value for each in app.error if "已有人使用" in each.value]
    app.text_input[0].set_value("zhou")
    _button(app, "建立").click().run()
    password = app.code[0].value
    app.selectbox(key="grant_name").set_value("zhou").run()
    app.selectbox(key="grant_scope_operator").select_index(0).run()
    assert app.code[0].value == password
    _button(app, "已抄下，不再显示").click().run()
    assert password not in [each.value for each in app.code]
    _button(app, "授权").click().run()
    held = looking_after.standing(by(engine, "administrator"))
    assert held[held["name"] == "zhou"]["role"].tolist() == ["operator"]
