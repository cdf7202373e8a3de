"""What a file would change: stored beside in memory, looked at, and thrown away, so that nobody who files waits."""

from collections.abc import Callable, Collection, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, field, replace
from datetime import date

import pandas as pd
import sqlalchemy as sa
from sqlalchemy import Connection, Engine

from tracking import database
from tracking.access import people
from tracking.database import loads, states
from tracking.database.turns import Turns
from tracking.filing import choices as chosen
from tracking.filing import loading, served_figures, status_changes, stored
from tracking.filing.choices import Choices
from tracking.filing.filing_report import FilingReport
from tracking.filing.interpreting import fitting
from tracking.filing.spreadsheets.grids import Grid, read
from tracking.results import backed
from tracking.words.language import Lang
from tracking.words.problems import Refusal

# Large files are looked at one at a time: five at once left who files a sixth of the processor.
_one_large = Turns()
_APPROVED_ONLY = sa.text("SELECT space_id FROM visible_space WHERE approved_only")


@dataclass(frozen=True)
class Preview:
    """The report on a file, as a check gives it, and what would be different after loading it.

    closed, opened: how many shortfalls there would be less, and more.
    changes: a row per requirement and year whose status or figure would change: columns of `status_changes`; empty
    with errors. `change` is opened, closed or changed, in this order.
    figures: columns of `served_figures`, a row per figure of the new revisions and requirement that it serves, also
    where the figure is missing. `typed` is the figure as a cell may say it, `stored` what the revision before says,
    `year_before` what the year before says; from `requirement` on, empty for a figure that serves none. Those of the
    first MOST_FILINGS filings.
    evidence: what is attached already to figures of the new revisions, beside the figure as it would be: columns of
    `backed`.
    grids: the file as it was read, with the corrections typed since; empty where it could not be read.
    """

    report: FilingReport
    grids: Sequence[Grid] = ()
    changes: pd.DataFrame = field(default_factory=lambda: database.typed(pd.DataFrame(), status_changes.COLUMNS))
    figures: pd.DataFrame = field(default_factory=lambda: database.typed(pd.DataFrame(), served_figures.COLUMNS))
    closed: int = 0
    opened: int = 0
    evidence: pd.DataFrame = field(default_factory=lambda: database.typed(pd.DataFrame(), backed.COLUMNS))


def preview(
    engine: Engine,
    content: bytes,
    name: str,
    as_of: date,
    lang: Lang,
    step: Callable[[str], None] = lambda _: None,
    choices: Choices = chosen.NONE,
) -> Preview:
    """See what loading a file would do with a person's choices; nothing is stored. Raises DatabaseUnavailable.

    `step` is told what is being done: reading, checking, judging.
    """
    step("reading")
    try:
        grids = read(content, name)
    except Refusal as refusal:
        return Preview(FilingReport(name, loads.sha256(content), loaded=False, problems=refusal.problems))

    meant = fitting.as_meant(grids, choices)

    def work(connection: Connection) -> Preview:
        step("checking")
        report = loading.compared(connection, grids, content, name, choices)
        if report.refused or report.revisions.empty or not _judged_for(connection, engine, report.revised):
            return Preview(replace(report, loaded=not report.refused), meant)
        step("judging")
        with states.trial(engine, connection, as_of, report.revised) as (standing, target):
            before = status_changes.owed(standing, report.revised, lang)
            taken, load_id = loading.carry(connection, target, report, content)
            changes = status_changes.between(before, status_changes.owed(target, report.revised, lang))
            closed, opened = (int((changes["change"] == change).sum()) for change in ("closed", "opened"))
            figures = served_figures.served(target, load_id, lang)
            backing = backed.of_load(target, load_id, lang)
        return Preview(taken, meant, changes, figures, closed, opened, backing)

    large = sum(len(grid.rows) for grid in grids) > stored.FEW_SPACES
    with _one_large if large else nullcontext():
        return database.rehearse(engine, work, as_of)


def _judged_for(connection: Connection, engine: Engine, spaces: Collection[str]) -> bool:
    """Whether whoever looks may see what a file makes of these spaces: nobody has approved it yet."""
    if not people.approved_only(engine):
        return True
    return not {*connection.execute(_APPROVED_ONLY).scalars().all()} & {*spaces}
