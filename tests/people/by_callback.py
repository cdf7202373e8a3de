"""What pages ask and do in their callbacks and fragments, through the database as the page itself gives it there."""

from collections.abc import Callable, Iterator
from datetime import datetime, time, timedelta

import sqlalchemy as sa

from tests.people import ground
from tests.people.ground import APPROVED, DAY, EDITION, LAST, LONG_AHEAD, NEIGHBOUR, OTHER, OWN, YEAR
from tests.people.trials import NOBODY, SEE_ALL, SEE_OPEN, SEE_OTHER, Cell, Trial
from tests.policies import SHANGHAI
from tracking import database
from tracking.access import looking_after
from tracking.access.acts import Forbidden
from tracking.closings import closing
from tracking.exports import papers as printed
from tracking.filing import choices, edition_preview, loading, originals, preview, register, templates
from tracking.maintenance import backup, copies
from tracking.policy import folder as policy_folder
from tracking.policy import loading as policies
from tracking.reminders import receivers, run
from tracking.reminders.channels import Channels
from tracking.results import contacts, history, receipts
from tracking.review import (
    acting,
    again,
    evidence,
    inbox,
    papers,
    questions,
    rectification_files,
    rectifications,
    returned,
    waivers,
    windows,
)
from tracking.review.acting import ReviewAct
from tracking.review.drafts import keeping
from tracking.review.evidence_files import UnusableEvidence
from tracking.review.measures import Subject, UnusableMeasure
from tracking.review.papers import UnusableScan
from tracking.review.questions import Entry, UnusableQuestion
from tracking.review.rectifications import RectificationAct, Written

REVIEW = {"reviewer", "manager"}
LATE = datetime.combine(LONG_AHEAD - timedelta(days=3), time.min)
DRAFT = f"space_id,year,mentors\n{OTHER},{YEAR},9\n".encode()
OF_OTHER = {"space": OTHER, "year": YEAR}
# What is refused by what stands there, once the grants have let it come to that.
STANDS = ("state", "there", "locked", "unreadable", "kind")


def asks(question: Callable[[Trial], object]) -> Callable[[Trial], bool]:
    """Whether an answer tells of another's; what may not be seen is not there."""

    def attempt(trial: Trial) -> bool:
        try:
            return trial.told_of_other(question(trial))
        except (LookupError, templates.UnknownSpaceError):
            return False

    return attempt


def does(act: Callable[[Trial], object]) -> Callable[[Trial], bool]:
    """Whether the grants let it come to an act, whatever what stands there says to it."""

    def attempt(trial: Trial) -> bool:
        try:
            done = act(trial)
        except (Forbidden, again.NotReturned, papers.NotApproved):
            return False
        except closing.NothingToClose:
            return True
        except (UnusableEvidence, UnusableMeasure, UnusableQuestion, UnusableScan) as refused:
            return refused.why in STANDS
        return done is not False

    return attempt


def files(space: str) -> Callable[[Trial], bool]:
    return does(lambda trial: loading.load(trial.seen, ground.filing(space), "own.csv", by="x").loaded)


def reviews(act: ReviewAct, space: str, year: int = YEAR) -> Callable[[Trial], bool]:
    def attempt(trial: Trial) -> bool:
        done = acting.act(trial.seen, act, [acting.Filing(space, year, 1)], acting.Given("why"))
        return bool(done.moved) or {each.why for each in done.refused} == {"state"}

    return attempt


def returns_with_exception(space: str) -> Callable[[Trial], bool]:
    with_exception = acting.Given("why", exception_until=LATE)
    return lambda trial: bool(acting.act(trial.seen, "return", [acting.Filing(space, YEAR, 1)], with_exception).moved)


def rectifies(step: RectificationAct, space: str) -> Callable[[Trial], bool]:
    written = Written("why", LONG_AHEAD, "who") if step != "report" else Written("why")
    return does(lambda trial: rectifications.write(trial.seen, step, missed(space), written))


def writes(entry: Entry, space: str) -> Callable[[Trial], bool]:
    return does(lambda trial: questions.write(trial.seen, entry, space, YEAR, "mentors", "why"))


def attaches(space: str) -> Callable[[Trial], bool]:
    return does(lambda trial: evidence.attach(trial.seen, space, YEAR, "mentors", b"name\nx\n", "list.csv"))


def attaches_rectified(space: str) -> Callable[[Trial], bool]:
    return does(lambda trial: rectification_files.attach(trial.seen, missed(space), b"name\nx\n", "list.csv"))


def missed(space: str) -> Subject:
    return Subject(space, YEAR, ground.UNREPORTED)


def beside(table: str) -> Callable[[Trial], bytes]:
    """What came in beside a filing of another's, by its hash."""

    def question(trial: Trial) -> bytes:
        with database.reading(trial.whole) as connection:
            found = sa.text(f"SELECT sha256 FROM load WHERE load_id IN (SELECT MIN(load_id) FROM {table})")
            sha256 = connection.execute(found).scalar_one()
        return receipts.document(trial.seen, sha256)

    return question


def scanned(trial: Trial) -> object:
    with database.reading(trial.whole) as connection:
        number = connection.execute(sa.text("SELECT MIN(load_id) FROM scan")).scalar_one()
    return papers.content(trial.seen, number)


def drafted(trial: Trial) -> bool:
    """Whether somebody is offered, and may go on with, what another's operator is about to file."""
    with database.reading(trial.whole) as connection:
        draft = connection.execute(sa.text("SELECT MIN(draft) FROM draft")).scalar_one()
    offered = draft in set(keeping.offered(trial.seen)["draft"])
    for act in (keeping.take_up, lambda engine, each: keeping.throw_away(engine, keeping.Handle(each, 1))):
        try:
            act(trial.seen, draft)
        except LookupError:
            continue
        return True
    return offered


def keeps_draft(trial: Trial) -> bool:
    """Whether what somebody uploads of their own is kept."""
    seen = preview.preview(trial.seen, ground.filing(OWN), "own.csv", DAY, "zh")
    return keeping.save(trial.seen, None, ground.filing(OWN), "own.csv", choices.NONE, seen) is not None


def reminds(trial: Trial) -> object:
    return run.remind(trial.seen, Channels("https://city.example", None, ()), LATE)


def few(trial: Trial) -> bool:
    """Whether the highest that three others have filed is told, beside one's own figure."""
    figures = preview.preview(trial.seen, DRAFT, "d.csv", DAY, "zh").figures
    return trial.told_of_other(figures)


ASKED: tuple[tuple[str, set[str], Callable[[Trial], object]], ...] = (
    ("another's document", SEE_OPEN, lambda t: receipts.document(t.seen, t.known.sha256)),
    *(
        (f"another's document: {each}", SEE_OPEN, beside(each))
        for each in ("evidence", "rectification_file", "scan", "question", "waiver")
    ),
    ("a closing by its hash", SEE_ALL, lambda t: receipts.document(t.seen, t.known.closed)),
    ("another's receipt", SEE_OPEN, lambda t: receipts.receipt(t.seen, DAY, load_id=t.known.load_id)),
    ("a receipt's figures", SEE_OPEN, lambda t: receipts.stored(t.seen, DAY, load_id=t.known.load_id, lang="zh")),
    (
        "another's revision",
        SEE_OPEN,
        lambda t: history.compared(t.seen, DAY, **OF_OTHER, earlier=1, later=1, lang="zh"),
    ),
    ("another's template", SEE_OTHER, lambda t: templates.template(t.seen, ground.TRACK, "csv", **OF_OTHER)),
    (
        "another's figures by a draft",
        SEE_OPEN,
        lambda t: preview.preview(t.seen, DRAFT, "d.csv", DAY, "zh", lambda _: None),
    ),
    ("another's returned file", SEE_OPEN, lambda t: returned.workbook(t.seen, DAY, **OF_OTHER, lang="zh")),
    ("another's questions", SEE_OPEN, lambda t: questions.entries(t.seen, DAY, **OF_OTHER, metric="mentors")),
    ("another's evidence", SEE_OPEN, lambda t: evidence.attached(t.seen, DAY, **OF_OTHER, lang="zh")),
    (
        "another's evidence of a rectification",
        SEE_OTHER,
        lambda t: rectification_files.attached(t.seen, DAY, space=OTHER, year=LAST),
    ),
    ("its file", SEE_OTHER, lambda t: evidence.content(t.seen, t.known.rectified)),
    ("another's scan", SEE_OTHER, scanned),
    ("another's paper", SEE_OTHER, lambda t: printed.filing(t.seen, DAY, space=OTHER, year=APPROVED)),
    ("a district's paper", SEE_OTHER, lambda t: printed.district(t.seen, DAY, district=ground.SOUTH, year=YEAR)),
    ("whom to call at another's", {"manager"}, lambda t: contacts.of(t.seen, [OTHER])),
    ("news of another's", {"manager"}, lambda t: inbox.events(t.seen, LATE)),
    ("who files outside of a window", {"administrator", *SEE_OTHER}, lambda t: windows.exceptions(t.seen, DAY)),
)
DONE: tuple[tuple[str, set[str], Callable[[Trial], object]], ...] = (
    ("a name of another's file", SEE_OPEN, lambda t: named(t)),
    ("close", {"manager"}, lambda t: closing.close(t.seen, edition=EDITION, year=1999, by="x")),
    ("register", {"manager"}, lambda t: register.load(t.seen, ground.registered(), "register.csv", by="x")),
    ("load a policy", {"administrator"}, lambda t: policies.load(t.seen, SHANGHAI, by="x")),
    (
        "try a policy",
        {"administrator"},
        lambda t: edition_preview.preview(t.seen, EDITION, policy_folder.contents(SHANGHAI), DAY, "zh"),
    ),
    ("look after people", {"administrator", "reviewer"}, lambda t: looking_after.standing(t.seen)),
    ("end an account", {"administrator", "reviewer"}, lambda t: looking_after.end(t.seen, "operator")),
    ("end a manager's", {"administrator"}, lambda t: looking_after.end(t.seen, "manager")),
    ("read the trail", {"administrator"}, lambda t: looking_after.trail(t.seen)),
    ("search the trail", {"administrator"}, lambda t: looking_after.trail(t.seen, events=["filing"], account=1)),
    ("turn another's mail", {"administrator"}, lambda t: receivers.set_for(t.seen, "manager", "a@b.example", "zh")),
    ("send what waits in the outbox", NOBODY, reminds),
    ("read everybody's news", NOBODY, lambda t: inbox.everywhere(t.seen, LATE)),
    ("back up", NOBODY, lambda t: backup.backup(t.seen, t.folder / "b.zip")),
    ("copy", NOBODY, lambda t: copies.write(t.seen, t.folder / "copy", DAY, lang="zh")),
    (
        "set a window",
        {"administrator", "manager"},
        lambda t: windows.set_window(t.seen, EDITION, 1999, None, DAY, None, by="x"),
    ),
    (
        "file outside of a window",
        {"administrator", "manager"},
        lambda t: windows.extend(t.seen, OTHER, 1999, DAY, "why", by="x"),
    ),
    ("waive", {"manager"}, lambda t: waivers.waive(t.seen, missed(OWN), LONG_AHEAD, "why")),
    ("end a waiver", {"manager"}, lambda t: waivers.unwaive(t.seen, missed(OWN), "why")),
    ("keep another's scan", {"manager"}, lambda t: papers.keep(t.seen, OTHER, APPROVED, b"%PDF-1.4", by="x")),
    ("answer and file again", NOBODY, lambda t: again.file_again(t.seen, **OF_OTHER, answer="why")),
    ("take another's evidence off", NOBODY, lambda t: evidence.remove(t.seen, t.known.attached)),
    (
        "take another's evidence of a rectification off",
        NOBODY,
        lambda t: rectification_files.remove(t.seen, t.known.rectified),
    ),
)


def named(trial: Trial) -> object:
    try:
        return originals.name(trial.seen, DAY, sha256=trial.known.sha256, source="a.csv")
    except LookupError:
        return False


def cells() -> Iterator[Cell]:
    """What is asked, then what is done."""
    for action, may, question in ASKED:
        yield Cell(action, "callback", may, asks(question))
    for action, may, act in DONE:
        yield Cell(action, "callback", may, does(act))
    yield Cell("another's draft", "callback", NOBODY, drafted)
    yield Cell("keep a draft of one's own", "callback", {"operator"}, keeps_draft)
    yield Cell("the highest of few", "callback", SEE_OPEN, few)
    for action, may, attempt in (
        ("file for one's own", {"operator"}, files(OWN)),
        ("file for another", NOBODY, files(OTHER)),
        ("check or return at the first step", {"reviewer"}, reviews("check", OWN)),
        ("return, and let file outside of the window", NOBODY, returns_with_exception(OWN)),
        ("the same at the second step", {"manager"}, returns_with_exception(NEIGHBOUR)),
        ("approve", {"manager"}, reviews("approve", OWN)),
        ("reopen another's", {"manager"}, reviews("reopen", OTHER, APPROVED)),
        ("check another's", NOBODY, reviews("check", OTHER)),
        ("ask", REVIEW, writes("ask", OWN)),
        ("ask another's", {"manager"}, writes("ask", OTHER)),
        ("answer", {"operator"}, writes("answer", OWN)),
        ("answer another's", NOBODY, writes("answer", OTHER)),
        ("attach evidence", {"operator"}, attaches(OWN)),
        ("attach evidence to another's", NOBODY, attaches(OTHER)),
        ("demand a rectification", REVIEW, rectifies("rectify", OWN)),
        ("demand another's", {"manager"}, rectifies("rectify", OTHER)),
        ("answer with a plan", {"operator"}, rectifies("plan", OWN)),
        ("report what was done", {"operator"}, rectifies("report", OWN)),
        ("attach to a rectification", {"operator"}, attaches_rectified(OWN)),
        ("attach to another's", NOBODY, attaches_rectified(OTHER)),
        ("accept a report", REVIEW, rectifies("accept", OWN)),
    ):
        yield Cell(action, "callback", may, attempt)
