"""A returned filing whose figures are right: answered, and filed again as it stands."""

import sqlalchemy as sa
from sqlalchemy import Connection, Engine

from tracking import database
from tracking.access import acts
from tracking.filing import loading
from tracking.filing.choices import Choices
from tracking.filing.filing_report import FilingReport
from tracking.review import returned
from tracking.words import spelling
from tracking.words.language import Lang, text

LONGEST = 2_000

# What waits for its operator was moved by somebody, and no act of review is possible on it.
_WAITING = sa.text("""
SELECT
    filing_state.revision,
    filing_state.moved_by_load
FROM filing_state
INNER JOIN visible_space
    ON filing_state.space_id = visible_space.space_id
WHERE
    filing_state.space_id = :space
    AND filing_state.year = :year
    AND filing_state.moved_by_load IS NOT NULL
    AND filing_state.state NOT IN (SELECT state FROM review_step)
""")
_SINCE = sa.text("""
SELECT
    filing.revision,
    MAX(review.load_id) AS moved_by_load
FROM filing
LEFT JOIN review
    ON filing.space_id = review.space_id
    AND filing.year = review.year
    AND filing.revision = review.revision + 1
WHERE
    filing.space_id = :space
    AND filing.year = :year
GROUP BY filing.revision
ORDER BY filing.revision DESC
LIMIT 1
""")


class UnusableAnswer(Exception):
    """What is filed again as it stands needs an answer that others can read."""


class NotReturned(LookupError):
    """There is no such filing that waits for its operator, or somebody was quicker: nothing was stored."""


def file_again(engine: Engine, *, space: str, year: int, answer: str, lang: Lang = "zh", by: str = "") -> FilingReport:
    """File what a return gave back as it stands, as the next revision, with the answer in its record and in the trail.

    An account signs by its own name, whatever `by` says. What the report refuses was not stored, as of any file: what
    is filed may not be taken in any more by the policy or the window of now.
    Raises UnusableAnswer, NotReturned, Forbidden, DatabaseUnavailable.
    """
    answer = answer.strip()
    if not spelling.tidy(answer) or len(answer) > LONGEST or spelling.misleading(answer):
        raise UnusableAnswer
    filing = {"space": space, "year": year}
    with database.reading(engine) as connection:
        acts.check(connection, engine, "file", [space])
        waiting = connection.execute(_WAITING, filing).one_or_none()
        if waiting is None:
            raise NotReturned(f"{space} {year}")
        content = returned.as_filed(connection, space=space, year=year).encode()

    def unmoved(connection: Connection) -> None:
        now = connection.execute(_SINCE, filing).one()
        if (now.revision, now.moved_by_load) != (waiting.revision + 1, waiting.moved_by_load):
            raise NotReturned(f"{space} {year}")

    source = text("again.source", lang, **filing)
    choices = Choices(again={(space, year): answer})
    report = loading.load(engine, content, source, by=by, choices=choices, ending=unmoved)
    if report.load_id is not None:
        acts.noted(engine, "filing", f"again {report.load_id}")
    return report
