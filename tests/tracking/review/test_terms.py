"""The days within which each step of review is to be done, as an edition names them."""

import pytest
from sqlalchemy import Engine

from tests import reviewed
from tests.policies import SHANGHAI
from tests.reviewed import DAY, by
from tracking.access.acts import Forbidden
from tracking.review import terms
from tracking.review.terms import Days

NAMED = Days(check_days=3, approve_days=5, mend_days=8)


def test_who_may_not_and_what_makes_no_sense_names_no_days(engine: Engine) -> None:
    reviewed.enrolled(engine)
    for name in ("operator", "reviewer", "analyst"):
        with pytest.raises(Forbidden):
            terms.set_days(by(engine, name), SHANGHAI.name, NAMED, by="-")
    for edition, days, what in (("none", NAMED, "edition"), (SHANGHAI.name, Days(0), "days")):
        with pytest.raises(terms.UnusableTerm) as refused:
            terms.set_days(by(engine, "administrator"), edition, days, by="-")
        assert refused.value.what == what
    assert terms.listed(engine, DAY).empty


def test_the_days_named_last_are_told_with_who_named_them(engine: Engine) -> None:
    reviewed.enrolled(engine)
    for days in (NAMED, Days(mend_days=366)):
        terms.set_days(by(engine, "administrator"), SHANGHAI.name, days, by="-")
    (row,) = terms.listed(engine, DAY).astype(object).where(lambda rows: rows.notna(), None).to_dict("records")
    assert (row["check_days"], row["approve_days"], row["mend_days"], row["set_by"]) == (
        None,
        None,
        366,
        "administrator",
    )
