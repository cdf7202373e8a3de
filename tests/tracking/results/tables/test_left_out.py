"""What is left out as not approved is counted wherever it is left out; nothing else changes by it."""

from sqlalchemy import Engine

from tests import reviewed
from tests.reviewed import DAY, by, of
from tracking import database
from tracking.charts import provisional
from tracking.exports import covers, provenance
from tracking.results.tables import attainment, left_out
from tracking.results.tables.filters import Chosen
from tracking.review import acting


def test_a_cover_says_how_many_rows_and_filings_are_left_out(any_engine: Engine) -> None:
    reviewed.filed(any_engine)
    for name, act in (("reviewer", "check"), ("manager", "approve")):
        assert not acting.act(by(any_engine, name), act, [of("S1")]).refused
    chosen: Chosen = {"years": (2022,), "districts": ("北区",), "approved_only": True, "lang": "en"}
    with database.reading(any_engine, DAY) as connection:
        whole = attainment.read(connection, "evaluations", {"years": (2022,), "districts": ("北区",)})
        kept = attainment.read(connection, "evaluations", chosen)
        rests_on = provenance.of(connection, "evaluations", chosen)
        cover = covers.cover(connection, rests_on, chosen, [], len(kept))
    # Of the three that filed, one is approved, one is another district's, and one waits.
    assert set(whole["space_id"]) - set(kept["space_id"]) == {"S2"}
    left = whole[whole["space_id"] != "S2"].reset_index(drop=True)
    assert kept.equals(left)
    assert rests_on.as_dict()["left_out"] == {"rows": 1, "filings": 1}
    told = dict(cover.facts)["Left out"]
    assert told == (
        "Rows: 1; they rest on filings not approved yet. Filings not approved of what is chosen, up to its last year: 1"
    )


def test_who_sees_what_is_approved_alone_is_told_how_many_filings_are_left_out(engine: Engine) -> None:
    reviewed.filed(engine)
    for name, act in (("reviewer", "check"), ("manager", "approve")):
        assert not acting.act(by(engine, name), act, [of("S1")]).refused
    analyst, chosen = by(engine, "analyst"), Chosen(years=(2022,))
    out = left_out.of_table(analyst, DAY, table="evaluations", **chosen)
    # How many rows that are is not told: of one space and status it would say what the row does.
    assert out == left_out.LeftOut(None, 2)
    south = left_out.of_table(analyst, DAY, table="evaluations", **chosen, districts=("南区",))
    assert south == left_out.LeftOut(None, 1)
    assert left_out.of_table(by(engine, "manager"), DAY, table="evaluations", **chosen) is None
    assert provisional.left_out(out, "en").startswith("Your grant covers approved filings only. Left out")
    assert "up to its year: 2)" in provisional.left_out(out, "en")
    assert "只含已批准的填报：所选空间截至所选年度另有 2 份填报尚未批准" in provisional.left_out(out, "zh")
