"""What a message says: a line for each event, and a count of what does not fit."""

from tracking.reminders import digest, robots
from tracking.review import inbox
from tracking.review.inbox import Event


def test_no_name_of_a_space_makes_a_line_of_its_own() -> None:
    evil = Event("e", "returned", "S1", "甲\r\nBcc: all@city.example\n\n\x1b[2J", 2022, inbox.now(), waits=True)
    for lang in ("zh", "en"):
        message = digest.write([evil] * 3, lang, "https://city.example", inbox.now(), 10_000)
        assert "\n" not in message.subject
        assert not any(line.startswith("Bcc") for line in message.body.splitlines())
        assert "\x1b" not in message.body


def test_what_does_not_fit_into_a_message_is_counted() -> None:
    events = [Event(str(at), "returned", f"S{at}", "甲" * 40, 2022, inbox.now(), waits=True) for at in range(300)]
    message = digest.write(events, "zh", "https://city.example", inbox.now(), robots.MOST["wecom"])
    assert len(f"{message.subject}\n\n{message.body}".encode()) <= robots.MOST["wecom"]
    listed = message.body.count("· ")
    assert f"另有 {300 - listed} 项" in message.body
    assert listed > 3
