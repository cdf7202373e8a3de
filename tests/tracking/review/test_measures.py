"""What waivers and rectifications have in common: what they are of, who may, and the words that are kept."""

from datetime import date, timedelta

import pytest
from sqlalchemy import Engine

from tests import reviewed
from tests.reviewed import DAY, by
from tracking import database
from tracking.review import measures
from tracking.review.measures import Found, Subject, UnusableMeasure

EDITION, TRACK = "shanghai-sanhua", "specialization"
FUNDED = "specialization.target.5.funded_firms"


@pytest.mark.parametrize(("text", "kept"), [(" 搬迁\n二期 ", "搬迁\n二期"), ("x" * 2_000, "x" * 2_000)])
def test_a_text_is_kept_as_it_is_written(text: str, kept: str) -> None:
    assert measures.worded(text) == kept


@pytest.mark.parametrize(
    ("text", "why"),
    [(" \n", "text"), ("x" * 2_001, "text"), ("搬\u202e迁", "text"), ("问张三 13800138000", "personal")],
    ids=["blank", "too long", "turned round", "a mobile number"],
)
def test_a_text_that_says_nothing_or_what_nobody_may_keep_is_refused(text: str, why: str) -> None:
    with pytest.raises(UnusableMeasure) as refused:
        measures.worded(text)
    assert refused.value.why == why


def test_where_no_text_is_needed_a_blank_one_is_none() -> None:
    assert measures.worded(" ", needed=False) is None


def test_a_last_day_may_be_today_and_no_day_before() -> None:
    today = date.today()
    assert measures.ahead(today + timedelta(days=1)) == today + timedelta(days=1)
    for day in (None, today - timedelta(days=1)):
        with pytest.raises(UnusableMeasure):
            measures.ahead(day)


def test_a_subject_is_of_one_enrolment_and_missed_or_not(engine: Engine) -> None:
    """5 funded firms are asked: S1 filed 5 and S3 filed 4; both miss other targets of the year."""
    reviewed.filed(engine)
    with database.reading(engine, DAY) as connection:
        of_each = [measures.found(connection, Subject(space, 2022, FUNDED)) for space in ("S1", "S3")]
        year = measures.found(connection, Subject("S1", 2022))
        for unknown in (Subject("S1", 2030, FUNDED), Subject("S1", 2022, FUNDED, edition="none")):
            with pytest.raises(UnusableMeasure) as refused:
                measures.found(connection, unknown)
            assert refused.value.why == "unknown"
    assert of_each == [Found(EDITION, TRACK, True, False), Found(EDITION, TRACK, True, True)]
    assert year == Found(EDITION, TRACK, True, True)


def test_what_is_offered_is_what_the_grants_cover(engine: Engine) -> None:
    reviewed.enrolled(engine)
    subject = Subject("S1", 2022, FUNDED, EDITION, TRACK)
    names = ("operator", "reviewer", "southern", "manager", "analyst")
    assert [name for name in names if measures.may(by(engine, name), DAY, act="rectify", subject=subject)] == [
        "reviewer",
        "manager",
    ]
    # The server's keeper has no account to sign with.
    assert not measures.may(engine, DAY, act="rectify", subject=subject)
