"""Each event goes to each receiver once, whatever runs, fails and ends in between; nothing is lost or another's."""

import random
from collections import Counter
from datetime import date, timedelta

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine

from tests import databases, reviewed
from tests.policies import SHANGHAI
from tests.reviewed import by, file, of
from tracking import database
from tracking.access.acts import Forbidden
from tracking.reminders import outbox, receivers, run
from tracking.reminders.channels import Channels, Mail
from tracking.reminders.digest import Message
from tracking.reminders.receivers import Receiver
from tracking.reminders.undelivered import Undelivered
from tracking.review import acting, inbox, questions, windows
from tracking.review.acting import Given
from tracking.review.inbox import Event

CHANNELS = Channels("https://city.example", Mail("localhost", 25, "none", "tracking@city.example"), ())
TODAY = date.today()
NOW = inbox.now()


class Post:
    """Takes messages in place of a mail server, or refuses them."""

    def __init__(self) -> None:
        self.taken: list[tuple[int, Message]] = []
        self.refuses: str | None = None

    def __call__(self, _: Channels, to: Receiver, message: Message, __: str) -> None:
        if self.refuses is not None:
            raise Undelivered(self.refuses)
        self.taken.append((to.account, message))


def addressed(engine: Engine) -> Engine:
    """The programme in which everybody has an address."""
    return databases.filled(engine, _address)


def _address(engine: Engine) -> None:
    reviewed.enrolled(engine)
    for name in reviewed.GRANTS:
        receivers.set_for(engine, name, f"{name}@city.example", "en")


def test_one_message_for_each_whom_something_concerns_and_no_second_one(any_engine: Engine) -> None:
    programme = addressed(any_engine)
    file(programme)
    acting.act(by(programme, "reviewer"), "return", [of("S1")], Given("a secret reason"))
    questions.write(by(programme, "reviewer"), "ask", "S2", 2022, "mentors", "a secret question")
    post = Post()
    assert run.remind(programme, CHANNELS, NOW, post).sent == 2
    # The operator of both (account 1), and who files for S1 besides (account 7).
    assert [account for account, _ in post.taken] == [1, 7]
    to_operator, to_other = (message for _, message in post.taken)
    assert to_operator.subject.endswith("2 for you")
    assert "https://city.example/filing?space=S1&year=2022&lang=en" in to_operator.body
    assert "S2" not in to_other.body
    assert "secret" not in to_operator.body + to_other.body
    for later in (NOW, NOW + timedelta(days=30), NOW - timedelta(days=30)):
        assert run.remind(programme, CHANNELS, later, post).sent == 0


def test_what_fails_is_told_kept_and_tried_again_later(engine: Engine) -> None:
    programme = addressed(engine)
    file(programme)
    acting.act(by(programme, "reviewer"), "return", [of("S2")], Given("why"))
    post = Post()
    post.refuses = "HTTP 503"
    assert run.remind(programme, CHANNELS, NOW, post).failed == [(1, "mail", "HTTP 503")]
    with database.reading(programme) as connection:
        assert connection.execute(sa.text("SELECT error, attempts FROM outbox")).all() == [("HTTP 503", 1)]
    post.refuses = None
    # Not at once: a server that is down is not asked for every message over and over.
    assert run.remind(programme, CHANNELS, NOW + timedelta(minutes=1), post).sent == 0
    assert run.remind(programme, CHANNELS, NOW + timedelta(minutes=5), post).sent == 1
    assert run.remind(programme, CHANNELS, NOW + timedelta(days=5), post).sent == 0


def test_a_run_that_was_ended_in_between_is_made_good_once(engine: Engine) -> None:
    programme = addressed(engine)
    file(programme)
    acting.act(by(programme, "reviewer"), "return", [of("S2")], Given("why"))

    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run.remind(programme, CHANNELS, NOW, killed)
    post = Post()
    # Another run may be at work on it; after a while none is, also where the clock went back.
    assert run.remind(programme, CHANNELS, NOW + timedelta(minutes=1), post).sent == 0
    assert run.remind(programme, CHANNELS, NOW - timedelta(days=2), post).sent == 1
    assert run.remind(programme, CHANNELS, NOW + outbox.CLAIMED * 2, post).sent == 0


def test_nobody_is_told_after_the_grant_ended_or_what_was_read(engine: Engine) -> None:
    addressed(engine)
    file(engine)
    acting.act(by(engine, "reviewer"), "return", [of("S1")], Given("why"))
    with engine.begin() as connection:
        connection.execute(sa.text("UPDATE access_grant SET ended_at = LOCALTIMESTAMP WHERE account = 1"))
    everything = by(engine, "everything")
    inbox.mark(everything, {each.event for each in inbox.events(everything, NOW)})
    assert run.remind(engine, CHANNELS, NOW, Post()).sent == 0
    with pytest.raises(Forbidden):
        run.remind(everything, CHANNELS, NOW, Post())


def test_a_deadline_is_told_once_a_stage_whenever_runs_come_and_not_to_who_has_filed() -> None:
    engine = reviewed.enrolled(databases.shanghai())
    receivers.set_for(engine, "operator", "operator@city.example", "en")
    last = TODAY + timedelta(days=20)
    windows.set_window(engine, SHANGHAI.name, 2022, None, last, "Asia/Shanghai", by="city")
    ends = windows.end(last, "Asia/Shanghai")
    # The second before midnight in Shanghai and midnight itself, of days on which a stage changes, twice over and in
    # no order: clocks that jump forth and back.
    moments = [ends - timedelta(days=days, seconds=second) for days in (15, 14, 7, 1, 0) for second in (0, 1)] * 2
    random.Random(0).shuffle(moments)
    post = Post()
    file(engine, "space_id,year,mentors\nS1,2022,20\n")
    for at, moment in enumerate(moments):
        run.remind(engine, CHANNELS, moment, post)
        if at == len(moments) // 2:
            file(engine, "space_id,year,mentors\nS2,2022,20\n")
            later = len(post.taken)
    told = Counter(line for _, message in post.taken for line in message.body.splitlines() if line.startswith("·"))
    assert set(told.values()) == {1}
    # The last stage is told of every space that has not filed, and after it none before it.
    assert {space for space in reviewed.SPARE if any("left: 1" in each and f"({space})" in each for each in told)}
    assert not any("(S1)" in message.body for _, message in post.taken)
    assert not any("(S2)" in message.body for _, message in post.taken[later:])
    engine.dispose()


def event(name: str) -> Event:
    return Event(name, "approved", "S1", "甲", 2022, NOW, waits=False)


STEPS = st.lists(
    st.tuples(
        st.sampled_from(["sent", "failed", "killed"]),
        st.integers(-3_000, 6_000),
        st.sets(st.sampled_from(["a", "b", "c"]), min_size=1),
    ),
    max_size=25,
)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(STEPS)
def test_any_runs_send_each_event_once_and_lose_none(engine: Engine, steps: list[tuple[str, int, set[str]]]) -> None:
    """Runs over clocks that jump, of which some fail and some end before they send anything."""
    now, sent, seen = NOW, Counter[str](), set[str]()
    with engine.begin() as connection:
        # A database serves all the examples.
        connection.execute(sa.text("DELETE FROM outbox"))

    def go(outcome: str, names: set[str]) -> None:
        with engine.begin() as connection:
            claimed = {each.event for each in outbox.claim(connection, 1, "mail", map(event, sorted(names)), now)}
            if outcome == "sent" and claimed:
                sent.update(claimed)
                outbox.note_sent(connection, 1, "mail", claimed, now)
            elif outcome == "failed" and claimed:
                outbox.note_failed(connection, 1, "mail", claimed, "down", now)

    for outcome, minutes, names in steps:
        now += timedelta(minutes=minutes)
        seen |= names
        go(outcome, names)
    # Once the longest wait is over whatever was not sent goes.
    now += outbox.LONGEST_WAIT * 2
    go("sent", seen)
    assert sent == Counter(dict.fromkeys(seen, 1))
