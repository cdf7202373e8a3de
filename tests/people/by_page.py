"""The cells of pages: each as it is drawn for somebody's session, with another's space in its URL."""

from collections.abc import Callable, Iterator

from tests.people import ground
from tests.people.ground import APPROVED, OTHER, PEOPLE, YEAR
from tests.people.trials import NOBODY, SEE_OTHER, Cell, Trial

# Each page with what its URL says, and who is shown another's there.
PAGES: tuple[tuple[str, dict[str, str], set[str]], ...] = (
    ("overview", {"year": str(YEAR), "district": ground.SOUTH}, NOBODY),
    ("space", {"space": OTHER}, SEE_OTHER),
    ("compare", {"space": OTHER, "beside": ground.FAR}, SEE_OTHER),
    ("shortfalls", {"search": OTHER}, SEE_OTHER),
    ("decisions", {"district": ground.SOUTH}, SEE_OTHER),
    ("brand", {"brand": ground.SECRETS[OTHER][1]}, SEE_OTHER),
    ("filing", {"space": OTHER, "year": str(YEAR)}, SEE_OTHER),
    ("review", {"space": OTHER, "year": str(YEAR)}, SEE_OTHER),
    ("review", {"space": OTHER, "year": str(APPROVED)}, SEE_OTHER),
    ("closings", {"closing": "1"}, NOBODY),
    ("policy", {}, NOBODY),
    ("methods", {}, NOBODY),
    ("inbox", {}, NOBODY),
    ("people", {}, NOBODY),
)


def shows(name: str, query: dict[str, str]) -> Callable[[Trial], bool]:
    def attempt(trial: Trial) -> bool:
        sent = trial.browser.opens(name, query)
        for value in query.values():
            # What the URL says is given back, and tells nothing.
            sent = sent.replace(value.encode(), b"")
        # Who looks after accounts gives roles over spaces, by their IDs.
        seen = ground.told_of(sent, ground.SPACES if name == "people" else ())
        assert seen <= PEOPLE[trial.name].sees, (name, trial.name, seen)
        return OTHER in seen

    return attempt


def cells() -> Iterator[Cell]:
    """Each page, and a year of a space's wherever it can be named."""
    for name, query, may in PAGES:
        yield Cell(f"{name} {query}", "page", may, shows(name, query))
