"""The cells of addresses, by a session and by a token of one's own; and what is kept of answers for somebody else."""

from collections.abc import Callable, Iterator

from tests.people import ground
from tests.people.ground import FAR, NOBODYS, OTHER
from tests.people.trials import FREE, SEE_ALL, SEE_OPEN, SEE_OTHER, Cell, Trial
from tracking.api import prepared

# What shows another's where it may be seen.
SHOWN = (
    "observations.csv?space=SPOTHER",
    "observations_wide.csv",
    "attainment.json?paged=no&space=SPOTHER",
    "filings.csv?district=南区",
    "filings.csv?brand=brandother",
    "shortfalls.csv?search=SPOTHER",
    "shortfalls.xlsx",
    "evaluations.csv?edition=shanghai-sanhua",
    "evaluations.csv?approved_only=yes&space=SPOTHER",
    "observations.csv?data_version={before}",
    "attainment.csv?closing=1",
    "changes.csv?from={first}&to={newest}",
    "evidence/{rectified}",
)
# What rests on another's filing that is not approved.
SHOWN_OPEN = (
    "verdicts.parquet",
    "waivers.csv",
    "rectifications.csv?space=SPOTHER",
    "briefing.pdf?year=2023",
    "evidence/{attached}",
)
# What the addresses name, and something like it that is nowhere.
GIVEN = {OTHER: NOBODYS, ground.SECRETS[OTHER][1]: "brandnobody"}
# By a token, of each kind one.
BY_TOKEN = (
    (SHOWN[0], SEE_OTHER),
    *((each, SEE_OTHER) for each in SHOWN[-4:]),
    *((each, SEE_OPEN) for each in SHOWN_OPEN[-1:]),
)


def fetches(path: str, *, token: bool = False) -> Callable[[Trial], bool]:
    def attempt(trial: Trial) -> bool:
        asked = f"{FREE}/{trial.known.fill(path, trial.folder)}"
        status, content = trial.fetched(asked, token=token)
        for given, nothing in GIVEN.items():
            if status >= 400 and given in asked:
                # What may not be seen and what is not there are answered alike.
                nobodys = trial.fetched(asked.replace(given, nothing), token=token)
                content = content.replace(given.encode(), nothing.encode())
                assert (status, content) == nobodys
        return trial.told_of_other(content, closed="closing" in path)

    return attempt


def fetches_since(trial: Trial, *, token: bool = False) -> bool:
    """What was filed after a closing, which is the far one's."""
    return FAR in ground.told_of(trial.fetched(f"{FREE}/since_closing.csv?closing=1", token=token)[1])


def fetches_what_is_not_there(trial: Trial) -> bool:
    """Whether evidence that may not be seen is refused otherwise than what is not there."""
    number = trial.known.attached
    there, gone = trial.fetched(f"{FREE}/evidence/{number}"), trial.fetched(f"{FREE}/evidence/{number + 900}")
    return (there[0], there[1].replace(str(number).encode(), str(number + 900).encode())) != gone


def lists_version(trial: Trial) -> bool:
    return trial.known.sha256.encode() in trial.fetched(f"{FREE}/versions.csv")[1]


def held_copy(trial: Trial) -> bool:
    """Whether a copy that the manager's browser keeps is good for somebody else."""
    return trial.fetched(f"{FREE}/observations.csv", tag=trial.tags["observations"])[0] == 304


def in_ranges(trial: Trial) -> bool:
    """Whether the part of a file that was made for the manager's range is good for somebody else's."""
    headers = {"Cookie": trial.cookie, "Range": "bytes=0-99999"}
    return trial.told_of_other(trial.client.get(f"{FREE}/observations.csv", headers=headers).content)


def fetches_prepared(trial: Trial) -> bool:
    """What the manager had made, by its address."""
    made = prepared.prepare(lambda out: out.write(b"x") and None, "a.csv", ground.person(trial.whole, "manager"))
    return trial.fetched(FREE + made.address)[0] == 200


def fetches_closing(trial: Trial) -> bool:
    return trial.fetched(f"{FREE}/closings/1.zip")[0] == 200


def cells() -> Iterator[Cell]:
    """Each address of a kind, by a session and by a token."""
    for path in SHOWN:
        yield Cell(path, "address", SEE_OTHER, fetches(path))
    for path in SHOWN_OPEN:
        yield Cell(path, "address", SEE_OPEN, fetches(path))
    for path, may in BY_TOKEN:
        yield Cell(path, "token", may, fetches(path, token=True))
    yield Cell("since_closing.csv?closing=1", "address", SEE_OPEN, fetches_since)
    yield Cell("a version is another's filing", "address", SEE_OPEN, lists_version)
    yield Cell("evidence is told from none", "address", SEE_OPEN, fetches_what_is_not_there)
    yield Cell("the manager's copy", "address", SEE_ALL, held_copy)
    yield Cell("the manager's range", "address", SEE_OTHER, in_ranges)
    yield Cell("the file of closing=1", "address", SEE_ALL, fetches_closing)
    yield Cell("what the manager prepared", "address", SEE_ALL, fetches_prepared)
