"""Whom to call: kept where the register names one, shown to those alone who may call, never a person's own number."""

from datetime import date

import pytest
from sqlalchemy import Engine

from tests import databases
from tracking.access import people
from tracking.access.people import Grant, Person
from tracking.database import CITY, Scope
from tracking.filing import register
from tracking.results import contacts

DAY = date(2026, 6, 1)
HEADER = "space_id,space_name,district,track,start_year,end_year"
ROWS = ("S1,甲,A区,branding,2024,2026", "S2,乙,B区,branding,2024,2026", "S3,丙,A区,branding,2024,2026")
CONTACTS = (",综合办,021-6000 1000", ",,021-6000 2000", ",,")
KNOWN = {"S1": ("综合办", "021-6000 1000"), "S2": (None, "021-6000 2000")}


def _register(engine: Engine, header: str, rows: list[str]) -> register.RegisterReport:
    return register.load(engine, "\n".join([header, *rows, ""]).encode(), "register.csv", by="tests")


def _seen(engine: Engine) -> dict[str, tuple[str | None, str | None]]:
    found = contacts.of(engine, ["S1", "S2", "S3"]).astype(object)
    return {row[0]: row[1:] for row in found.where(found.notna(), None).itertuples(index=False, name=None)}


@pytest.fixture
def called() -> Engine:
    engine = databases.shanghai()
    rows = [row + contact for row, contact in zip(ROWS, CONTACTS, strict=True)]
    assert _register(engine, f"{HEADER},contact_name,办公电话", rows).loaded
    return engine


def test_a_contact_stays_until_a_register_says_another(called: Engine) -> None:
    assert _seen(called) == KNOWN
    assert _register(called, HEADER, [ROWS[0].replace("甲", "丁")]).spaces == 1
    assert _seen(called) == KNOWN
    assert _register(called, f"{HEADER},telephone", [f"{ROWS[0]},"]).loaded
    assert _seen(called)["S1"] == ("综合办", None)


@pytest.mark.parametrize(
    ("grants", "seen"),
    [
        ((Grant("manager", CITY),), {"S1", "S2"}),
        ((Grant("district_reviewer", Scope("district", "A区")),), {"S1"}),
        ((Grant("operator", Scope("space", "S2")),), {"S2"}),
        ((Grant("analyst", CITY),), set()),
        ((Grant("analyst", CITY), Grant("operator", Scope("space", "S2"))), {"S2"}),
        ((Grant("administrator", CITY),), set()),
    ],
    ids=["manager", "district", "operator", "analyst", "analyst and operator", "administrator"],
)
def test_those_alone_who_may_call_see_whom(called: Engine, grants: tuple[Grant, ...], seen: set[str]) -> None:
    assert set(_seen(people.seen_by(called, Person(1, "li", grants=grants)))) == seen


def test_a_mobile_number_is_refused_and_not_repeated(called: Engine) -> None:
    report = _register(called, f"{HEADER},telephone", [f"{ROWS[0]},13800138000"])
    assert not report.loaded
    (problem,) = [each.as_dict("zh") for each in report.problems]
    assert (problem["code"], problem["row"]) == ("contact-private", 2)
    assert "13800138000" not in str(problem)
