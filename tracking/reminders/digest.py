"""One message about several events, in the receiver's language: what is to be done or known, each with its address.

Nothing is in it that somebody wrote: reasons, questions and answers are read where the receiver is signed in.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple
from urllib.parse import urlencode

from tracking.review import deadlines, windows
from tracking.review.inbox import Event
from tracking.words.language import Lang, text


class Message(NamedTuple):
    """What is sent: lines of plain text below a subject."""

    subject: str
    body: str


def sentence(event: Event, lang: Lang, at: datetime) -> str:
    """What an event says, in one line, told at a moment (UTC)."""
    values: dict[str, object] = {"metric": _line(event.metric_name(lang))}
    if event.ends_at is not None and event.zone is not None:
        left = deadlines.days_left(event.ends_at, event.zone, at)
        values["day"] = f"{deadlines.last_day(event.ends_at, event.zone):%Y-%m-%d}"
        values["left"] = text("inbox.left_today" if left <= 0 else "inbox.left", lang, days=left)
        usual = event.zone == windows.USUAL_ZONE
        values["zone"] = "" if usual else text("inbox.zone", lang, zone=event.zone)
    about = {"space": _line(event.space_name), "space_id": _line(event.space_id), "year": event.year}
    if event.count > 1:
        return text(f"inbox.several.{event.kind}", lang, count=event.count, year=event.year, **values)
    return text(f"inbox.kind.{event.kind}", lang, **about, **values)


def write(events: Sequence[Event], lang: Lang, address: str, at: datetime, most: int) -> Message:
    """The message about events, of at most so many bytes; what does not fit is counted, and stands in the inbox."""
    inbox = f"{address}/inbox?{urlencode({'lang': lang})}"
    subject = text("inbox.subject", lang, product=text("product", lang), count=len(events))
    ending = text("inbox.ending", lang, inbox=inbox)
    lines: list[str] = []
    room = most - len(f"{subject}\n\n{text('inbox.more', lang, count=len(events))}\n\n{ending}".encode())
    for each in events:
        page, about = each.place
        line = f"· {sentence(each, lang, at)}\n  {address}/{page}?{urlencode({**about, 'lang': lang})}\n"
        room -= len(line.encode())
        if room < 0:
            lines.append(text("inbox.more", lang, count=len(events) - len(lines)) + "\n")
            break
        lines.append(line)
    return Message(subject, "".join(lines) + "\n" + ending)


def _line(value: str) -> str:
    """A text from the data on one line, whatever breaks and signs are in it."""
    return " ".join("".join(each if each.isprintable() else " " for each in value).split())
