"""One visual language: every status is a colour, a sign and a word, the same on screen, in files and in print.

The colours are Okabe and Ito's, which colour-blind people can tell apart, darkened until white text on
them can be read; absence is grey, so that it is never taken for a low figure.
"""

from dataclasses import dataclass

from tracking import language
from tracking.language import Lang


@dataclass(frozen=True)
class Look:
    """A colour (#rrggbb) and a sign of one character."""

    colour: str
    sign: str


GOOD = "#00755a"
FAIR = "#2f7fb5"
WATCH = "#b06f00"
BAD = "#b5451b"
ABSENT = "#6b6f76"
OPEN = "#b9bec6"
INK = "#22303c"

STATUSES = {
    "met": Look(GOOD, "✓"),
    "on_pace": Look(FAIR, "↗"),
    "baseline": Look("#7aa6c9", "○"),
    "behind_pace": Look(WATCH, "↘"),
    "short": Look(BAD, "✕"),
    "unreported": Look(ABSENT, "?"),
    "unfiled": Look("#3f444b", "–"),
    "forgone": Look("#a58fae", "◇"),
    "upcoming": Look(OPEN, "·"),
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
    "none": Look(OPEN, "·"),
    "one_more": Look(WATCH, "!"),
    "exit": Look(BAD, "‼"),
}
STATES = {
    "filed": Look(GOOD, "✓"),
    "late": Look(WATCH, "↓"),
    "unfiled": STATUSES["unfiled"],
    "upcoming": STATUSES["upcoming"],
}
# By the column of a frame that carries such codes.
BY_COLUMN = {
    "status": STATUSES,
    "result": RESULTS,
    "verdict": VERDICTS,
    "outcome": VERDICTS,
    "exit_warning": WARNINGS,
    "state": STATES,
}


def word(column: str, code: str, lang: Lang) -> str:
    """The word for a code of a column, as `status` and `met`."""
    return language.text(f"{column}.{code}", lang)


def told(column: str, code: str, lang: Lang) -> str:
    """The sign and the word for a code of a column."""
    return f"{BY_COLUMN[column][code].sign} {word(column, code, lang)}"
