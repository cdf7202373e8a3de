"""The command line's cells: every command as somebody calls it, by its own entry, on another's space and on one's own.

Who may is said by hand. What a command would store is rolled back, so that it can be tried by everybody.
"""

from collections.abc import Callable, Iterator

from tests.people import ground
from tests.people.ground import APPROVED, EDITION, FAR, LAST, NEIGHBOUR, OTHER, OWN, PEOPLE, UNREPORTED, YEAR
from tests.people.trials import NOBODY, SEE_OPEN, SEE_OTHER, Cell, Trial
from tracking.words.language import text

EVERYBODY = set(PEOPLE)
MANAGER, OPERATOR, ADMINISTRATOR = {"manager"}, {"operator"}, {"administrator"}
LOOK_AFTER = {"administrator", "reviewer"}
REVIEW = {"reviewer", "manager"}
# What a command says to whom it is not for; anything else came to the thing itself, whatever became of it.
REFUSED = [
    text(key, "en", space="{").partition("{")[0]
    for key in (
        "command.forbidden",
        "review.why.unknown",
        "review.why.forbidden",
        "review.why.exception",
        "measure.why_unknown",
        "evidence.why_unknown",
        "question.why_unknown",
        "command.unknown-space-code",
        "paper.not_approved",
    )
]
OF_OWN, OF_NEIGHBOUR, OF_OTHER = (("--space", each, "--year", str(YEAR)) for each in (OWN, NEIGHBOUR, OTHER))
OF_APPROVED = ("--space", OTHER, "--year", str(APPROVED))
REASON, UNTIL, TEXT = ("--reason", "why"), ("--until", "2099-01-01"), ("--text", "why")
REQUIREMENT = ("--requirement", UNREPORTED)
BEFORE = ("--data-version", "{before}")
# What shows another's where it may be seen.
SHOWN = (
    *((name,) for name in ("attainment", "shortfalls", "evaluations", "filings", "observations")),
    ("observations", "--wide"),
    ("observations", *BEFORE),
    ("shortfalls", "--space", OTHER, "--format", "json"),
    ("evaluations", "--approved-only"),
    ("attainment", "--closing", "1"),
    ("changes", "--from", "{first}", "--to", "{newest}"),
    ("template", "--track", ground.TRACK, *OF_OTHER, "--out", "{folder}/told.csv"),
    ("review", "paper", *OF_APPROVED, "--out", "{folder}/told.pdf"),
    ("review", "rectification-files", "--space", OTHER, "--year", str(LAST)),
    ("review", "summary", "--district", ground.SOUTH, "--year", str(YEAR), "--out", "{folder}/told.pdf"),
)
# What rests on another's filing that is not approved.
SHOWN_OPEN = (
    *((name,) for name in ("verdicts", "waivers", "rectifications")),
    ("briefing", "--out", "{folder}/told.pdf"),
    ("check", "{folder}/other.csv"),
    ("review", "questions"),
    ("review", "evidence", *OF_OTHER),
)
# What is let come to the thing itself: the words, and for whom.
DONE: tuple[tuple[tuple[str, ...], set[str]], ...] = (
    (("dictionary",), EVERYBODY),
    (("closings",), EVERYBODY),
    *((("review", name), EVERYBODY) for name in ("windows", "terms", "overdue")),
    (("audit",), ADMINISTRATOR),
    (("access", "list"), LOOK_AFTER),
    (("access", "add", "somebody"), LOOK_AFTER),
    (("access", "grant", "nobody", "operator", "--space", OWN), LOOK_AFTER),
    (("access", "grant", "nobody", "operator", "--space", OTHER), ADMINISTRATOR),
    (("access", "grant", "nobody", "manager"), ADMINISTRATOR),
    (("access", "end", "operator"), LOOK_AFTER),
    (("access", "end", "manager"), ADMINISTRATOR),
    (("access", "end", "manager", "--role", "manager"), ADMINISTRATOR),
    (("access", "reset", "operator"), LOOK_AFTER),
    (("access", "reset", "manager"), ADMINISTRATOR),
    (("access", "reset", "manager", "--second-factor"), ADMINISTRATOR),
    (("access", "mail", "operator", "li@city.example"), ADMINISTRATOR),
    (("access", "import", "{folder}/people.csv"), LOOK_AFTER),
    *(((name,), NOBODY) for name in ("init", "verify", "remind", "serve")),
    (("backup", "{folder}/backup.zip"), NOBODY),
    (("restore", "{folder}/own.csv"), NOBODY),
    (("copy", "{folder}/copy"), NOBODY),
    (("load", "{folder}/own.csv"), OPERATOR),
    (("load", "{folder}/other.csv"), NOBODY),
    (("register", "{folder}/register.csv"), MANAGER),
    (("close", "--year", "1999"), MANAGER),
    (("review", "check", *OF_OWN), {"reviewer"}),
    (("review", "check", *OF_OTHER), NOBODY),
    (("review", "return", *OF_OWN, *REASON), {"reviewer"}),
    (("review", "return", *OF_OWN, *REASON, *UNTIL), NOBODY),
    (("review", "return", *OF_NEIGHBOUR, *REASON, *UNTIL), MANAGER),
    (("review", "approve", *OF_OWN), MANAGER),
    (("review", "reopen", *OF_APPROVED, *UNTIL, *REASON), MANAGER),
    (
        ("review", "window", "--edition", EDITION, "--year", "1999", "--closes", "2099-01-01"),
        {"administrator", *MANAGER},
    ),
    (("review", "term", "--edition", EDITION, "--check-days", "9"), {"administrator", *MANAGER}),
    (("review", "extend", *OF_OTHER, *UNTIL, *REASON), {"administrator", *MANAGER}),
    (("review", "ask", *OF_OWN, "--cell", "mentors", *TEXT), REVIEW),
    (("review", "ask", *OF_OTHER, "--cell", "mentor_services", *TEXT), MANAGER),
    (("review", "answer", *OF_OWN, "--cell", "mentors", *TEXT), OPERATOR),
    (("review", "answer", *OF_OTHER, "--cell", "mentors", *TEXT), NOBODY),
    (("review", "resolve", *OF_OWN, "--cell", "mentors"), REVIEW),
    (("review", "waive", *OF_OWN, *REQUIREMENT, *UNTIL, *REASON), MANAGER),
    (("review", "unwaive", *OF_OTHER, *REQUIREMENT, *REASON), MANAGER),
    (("review", "rectify", *OF_OWN, *REQUIREMENT, *TEXT, "--by-day", "2099-01-01"), REVIEW),
    (("review", "rectify", *OF_OTHER, *TEXT, "--by-day", "2099-01-01"), MANAGER),
    (("review", "plan", *OF_OWN, *REQUIREMENT, *TEXT, "--who", "who"), OPERATOR),
    (("review", "report", *OF_OWN, *REQUIREMENT, *TEXT), OPERATOR),
    (("review", "report", *OF_OTHER, *REQUIREMENT, *TEXT), NOBODY),
    (("review", "accept", *OF_OWN, *REQUIREMENT, *TEXT), REVIEW),
    (("review", "send-back", *OF_OWN, *REQUIREMENT, *TEXT, "--by-day", "2099-01-01"), REVIEW),
    (("review", "withdraw", *OF_OTHER, *REQUIREMENT, *TEXT), MANAGER),
    (("review", "scan", *OF_APPROVED, "{folder}/own.csv"), MANAGER),
    (("review", "fingerprint", *OF_APPROVED, "0" * 16), SEE_OTHER),
    (("review", "attach", *OF_OWN, "--cell", "mentors", "{folder}/list.csv"), OPERATOR),
    (("review", "attach", *OF_OTHER, "--cell", "mentors", "{folder}/list.csv"), NOBODY),
    (("review", "detach", "{attached}"), NOBODY),
    (("review", "detach", "{rectified}"), NOBODY),
    (("review", "rectification-attach", *OF_OWN, *REQUIREMENT, "{folder}/list.csv"), OPERATOR),
    (("review", "rectification-attach", *OF_OTHER, *REQUIREMENT, "{folder}/list.csv"), NOBODY),
)
# What writes a made-up programme reads no database.
OF_NOBODY = {("sample",)}


def told(trial: Trial, words: tuple[str, ...]) -> bytes:
    """What a command prints and writes, for somebody."""
    _, output = trial.ran(*words)
    files = [path for path in trial.folder.glob("told.*") if path.is_file()]
    written = b"".join(path.read_bytes() for path in files)
    for path in files:
        path.unlink()
    return output.encode() + written


def shows(words: tuple[str, ...]) -> Callable[[Trial], bool]:
    return lambda trial: trial.told_of_other(told(trial, words), closed="--closing" in words)


def lets(words: tuple[str, ...]) -> Callable[[Trial], bool]:
    def attempt(trial: Trial) -> bool:
        code, output = trial.ran(*words)
        assert code in (0, 1), (words, output)
        return not any(each in output for each in REFUSED) and not (code and "SPOTHER" in output)

    return attempt


def lists_waiting(trial: Trial) -> bool:
    """What waits to be approved, which the neighbour's does."""
    return NEIGHBOUR in ground.told_of(told(trial, ("review", "list")))


def lists_since(trial: Trial) -> bool:
    """What was filed after a closing, which is the far one's."""
    return FAR in ground.told_of(told(trial, ("closings", "--since", "1")))


def cells() -> Iterator[Cell]:
    """Each command, those that show something first."""
    for words in SHOWN:
        yield Cell(" ".join(words), "command line", SEE_OTHER, shows(words))
    for words in SHOWN_OPEN:
        yield Cell(" ".join(words), "command line", SEE_OPEN, shows(words))
    yield Cell("closings --since", "command line", SEE_OPEN, lists_since)
    yield Cell("review list", "command line", MANAGER, lists_waiting)
    for words, may in DONE:
        yield Cell(" ".join(words), "command line", may, lets(words))
