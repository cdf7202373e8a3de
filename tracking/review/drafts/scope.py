"""Whose a draft is: of who files for every space that it names; where one is not known, of its uploader alone."""

from collections.abc import Collection

from sqlalchemy import Connection, Engine

from tracking import database
from tracking.access import acts, people
from tracking.access.people import Person
from tracking.filing import enrolled, loading
from tracking.filing.choices import Choices
from tracking.filing.preview import Preview

# What says of a file that a space in it is not known.
_UNKNOWN = frozenset({"unknown-space"})


def person(connection: Connection, engine: Engine) -> Person:
    """Who acts through an engine, with the grants of this moment."""
    found = people.person_of(engine)
    return found if found.account is None else people.as_of_now(connection, found.account) or people.NOBODY


def account(somebody: Person) -> str | None:
    """By what a draft knows its uploader."""
    return None if somebody.account is None else somebody.name


def spaces(engine: Engine, seen: Preview, choices: Choices) -> tuple[frozenset[str], bool]:
    """The spaces that a file names, in whatever cell, among all that are registered; and whether these are known to be
    all of them, which they are not where one is unknown or the file has more rows than a form."""
    texts = loading.mentioned(seen.grids, choices)
    if texts is None:
        return frozenset(seen.report.revised), False
    texts |= {space_id.casefold() for space_id, _, _ in choices.figures}
    # Also those that the person does not see: a draft that names one is nobody else's.
    with database.reading(database.opened(engine)) as connection:
        found = frozenset(enrolled.known(connection, texts).names)
    return found, bool(found) and not any(problem.code in _UNKNOWN for problem in seen.report.problems)


def may_see(
    connection: Connection, somebody: Person, uploader: str | None, named: Collection[str], *, own: bool
) -> bool:
    """Whether somebody may go on with a draft that names these spaces, and is its uploader's own or not."""
    if not acts.may(somebody, "file") or (own and uploader != account(somebody)):
        return False
    return files_for(connection, somebody, named)


def files_for(connection: Connection, somebody: Person, named: Collection[str]) -> bool:
    """Whether somebody files for every one of some spaces."""
    held = [each.scope for each in somebody.grants if each.role in acts.MAY["file"]]
    return people.covers(connection, held, named)
