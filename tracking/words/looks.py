"""One visual language: every status is a colour, a sign and a word, the same on screen, in files and in print.

What is in order is light and what asks for attention is dark, so that the two differ for everybody in
brightness and not in hue alone; absence is grey, so that it is never taken for a low figure. What asks for
attention stands out from a white page and from a dark one.
"""

from dataclasses import dataclass

from tracking.words import language
from tracking.words.language import Lang

# Lines and marks, on a white page and on a dark one.
GOOD = "#2f9576"
FAIR = "#3c86bd"
WATCH = "#c98413"
BAD = "#c9532a"


@dataclass(frozen=True)
class Look:
    """A colour (#rrggbb), a sign of one character, and the colour of what is written on it."""

    colour: str
    sign: str
    ink: str = "#ffffff"


STATUSES = {
    "met": Look("#9fd0bd", "✓", "#0d3b2e"),
    "on_pace": Look("#6fa8d6", "↗", "#0a2338"),
    "baseline": Look("#f0e4c4", "○", "#4d4020"),
    "behind_pace": Look("#c88617", "↘", "#1f1300"),
    "short": Look("#b5451b", "✕"),
    "unreported": Look("#8c929a", "?", "#0d1117"),
    "unfiled": Look("#626870", "–"),
    "forgone": Look("#cdb9dc", "◇", "#3f2c4c"),
    "upcoming": Look("#e7eaee", "·", "#515a64"),
}
RESULTS = {
    "pass": STATUSES["met"],
    "fail": STATUSES["short"],
    "unfiled": STATUSES["unfiled"],
    "upcoming": STATUSES["upcoming"],
}
VERDICTS = {
    "fulfilled": STATUSES["met"],
    "on_track": STATUSES["on_pace"],
    "at_risk": STATUSES["behind_pace"],
    "unknown": STATUSES["unreported"],
    "failed": STATUSES["short"],
}
WARNINGS = {
    "none": STATUSES["upcoming"],
    "one_more": Look("#c88617", "!", "#1f1300"),
    "exit": Look("#b5451b", "‼"),
}
STATES = {
    "filed": STATUSES["met"],
    "late": Look("#c88617", "↓", "#1f1300"),
    "unfiled": STATUSES["unfiled"],
    "upcoming": STATUSES["upcoming"],
}
CHANGES = {
    "opened": Look("#b5451b", "+"),
    "closed": Look("#9fd0bd", "−", "#0d3b2e"),
    "changed": STATUSES["upcoming"],
}
# Where a filing stands on its way to being approved.
REVIEW_STATES = {
    "filed": STATUSES["upcoming"],
    "checked": STATUSES["on_pace"],
    "returned": Look("#c88617", "↩", "#1f1300"),
    "approved": STATUSES["met"],
}
# Whether what waits at a step of review is over its last day there.
TERMS = {
    "in_time": STATUSES["upcoming"],
    "overdue": Look("#b5451b", "!"),
}
# What a figure of a filing asks for of whoever looks at it.
CELLS = {
    "named": Look("#c88617", "!", "#1f1300"),
    "changed": Look("#6fa8d6", "≠", "#0a2338"),
}
# How far a question on a figure has come.
QUESTIONS = {
    "asked": Look("#c88617", "?", "#1f1300"),
    "answered": Look("#6fa8d6", "…", "#0a2338"),
    "resolved": STATUSES["met"],
}
# Beside a status, which stays: whether it is let pass, and how far it is put right.
WAIVER_STATES = {
    "in_force": Look("#6fa8d6", "◆", "#0a2338"),
    "expired": STATUSES["upcoming"],
    "ended": Look("#e7eaee", "✕", "#515a64"),
}
PROGRESS = {
    "in_progress": Look("#6fa8d6", "…", "#0a2338"),
    "overdue": Look("#b5451b", "!"),
    "rectified": STATUSES["met"],
    "not_rectified": STATUSES["short"],
    "undecided": STATUSES["upcoming"],
    "withdrawn": Look("#e7eaee", "↩", "#515a64"),
}
RECTIFICATION_STATES = {
    "demanded": Look("#c88617", "!", "#1f1300"),
    "planned": Look("#6fa8d6", "…", "#0a2338"),
    "reported": STATUSES["on_pace"],
    "accepted": STATUSES["met"],
    "sent_back": Look("#c88617", "↩", "#1f1300"),
    "withdrawn": STATUSES["upcoming"],
}
# A column of this ending tells what another one would be under another reading.
OTHERWISE = "_otherwise"
# By the column of a frame that carries such codes.
BY_COLUMN = {
    "status": STATUSES,
    "result": RESULTS,
    "verdict": VERDICTS,
    "outcome": VERDICTS,
    "exit_warning": WARNINGS,
    "state": STATES,
    "change": CHANGES,
    "review_state": REVIEW_STATES,
    "term": TERMS,
    "cell": CELLS,
    "question_state": QUESTIONS,
    "waiver_state": WAIVER_STATES,
    "progress": PROGRESS,
    "rectification_state": RECTIFICATION_STATES,
}


def of(column: str) -> dict[str, Look] | None:
    """The looks of a column's codes; None for a column without any."""
    return BY_COLUMN.get(_base(column))


def word(column: str, code: str, lang: Lang) -> str:
    """The word for a code of a column, as `met` of `status`."""
    return language.text(f"{_base(column)}.{code}", lang)


def mark(column: str, code: str, lang: Lang) -> str:
    """The sign and the word for a code of a column."""
    return f"{BY_COLUMN[_base(column)][code].sign} {word(column, code, lang)}"


def _base(column: str) -> str:
    """status of status_before, status_after and status_otherwise."""
    return column.removesuffix("_before").removesuffix("_after").removesuffix(OTHERWISE)
