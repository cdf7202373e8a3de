"""Filings to the database: revision, stored judgement and audit line, in one transaction."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, datetime
from itertools import chain

import pandas as pd
from sqlalchemy import Connection, Engine

from tracking import database, events
from tracking.access import acts
from tracking.database import loads, refresh
from tracking.filing import choice_records, enrolled, locks, revisions, staging, stored, warned
from tracking.filing import choices as chosen
from tracking.filing.choices import Choices
from tracking.filing.filing_report import MOST_NAMED, FilingReport
from tracking.filing.interpreting import filings as filings_read
from tracking.filing.interpreting.interpretation import Interpretation
from tracking.filing.interpreting.layouts import headings
from tracking.filing.spreadsheets.grids import Grid, read
from tracking.policy import loading as policies
from tracking.policy.vocabulary import Vocabulary
from tracking.words import spelling
from tracking.words.problems import Problem, Refusal


def check(engine: Engine, content: bytes, name: str, choices: Choices = chosen.NONE) -> FilingReport:
    """Read a file of filings and tell every problem; nothing is stored. Raises DatabaseUnavailable."""

    return _with_grids(
        content,
        name,
        lambda grids: database.rehearse(engine, lambda c: compared(c, grids, content, name, choices)),
    )


def load(
    engine: Engine,
    content: bytes,
    name: str,
    *,
    by: str,
    at: datetime | None = None,
    choices: Choices = chosen.NONE,
    ending: Callable[[Connection], None] = lambda _: None,
) -> FilingReport:
    """Store a file of filings, whole or, where it has an error, not at all.

    What is stored already as the file has it stays as it is; everything else becomes the next revision of
    its filing. `at` is when it was filed (default: now). An account signs by its own name, whatever `by` says.
    `ending` does what goes with storing it in the same transaction; nothing is stored where it raises.
    Raises DatabaseUnavailable, and Forbidden where one of the spaces is none that the person files for.
    """

    def work(connection: Connection, grids: Sequence[Grid]) -> FilingReport:
        signed = acts.signature(engine, by)
        report = take_in(connection, grids, content, name, by=signed, at=at, choices=choices)
        acts.check(connection, engine, "file", report.revised)
        if report.load_id is not None:
            if acts.sign(connection, engine, report.load_id):
                # By what an account files, review is in use.
                refresh.reviewed(connection, report.revised)
            ending(connection)
        return report

    report = _with_grids(content, name, lambda grids: database.write(engine, lambda c: work(c, grids)))
    if report.refused:
        codes = sorted({problem.code for problem in report.problems if problem.severity == "error"})
        events.note("refusal", kind="filing", codes=" ".join(codes))
    if report.load_id is None:
        return report
    acts.noted(engine, "filing", str(report.load_id))
    with database.reading_beside(engine) as connection:
        return replace(report, seal=str(database.head(connection, report.load_id)))


def take_in(
    connection: Connection,
    grids: Sequence[Grid],
    content: bytes,
    name: str,
    *,
    by: str,
    at: datetime | None = None,
    choices: Choices = chosen.NONE,
) -> FilingReport:
    """What `load` does, in the connection's own transaction, which the caller keeps or rolls back."""
    report = compared(connection, grids, content, name, choices)
    if not report.refused and len(report.revisions):
        load_id = loads.record(connection, "filing", name, content, by=by, at=at)
        revisions.store(connection, load_id)
        choice_records.keep(connection, load_id, report.choices)
        warned.keep(connection, load_id, report.warnings)
        refresh.refresh(connection, report.revised)
        report = replace(report, load_id=load_id)
    staging.forget(connection)
    return replace(report, loaded=not report.refused)


def compared(
    connection: Connection, grids: Sequence[Grid], content: bytes, name: str, choices: Choices = chosen.NONE
) -> FilingReport:
    """The report on a file as `take_in` would give it, its revisions laid beside until the transaction ends."""
    return locks.held(connection, _compared(connection, grids, content, name, choices))


def carry(source: Connection, target: Connection, report: FilingReport, content: bytes) -> tuple[FilingReport, int]:
    """Store in another database what a file came to on a connection by `compared`, and judge it there; the load."""
    load_id = loads.record(target, "filing", report.file, content, by="")
    revisions.carry(source, target, load_id)
    refresh.refresh(target, report.revised)
    return replace(report, loaded=True, load_id=load_id), load_id


def to_store(
    connection: Connection, grids: Sequence[Grid], content: bytes, name: str, choices: Choices, load_id: int
) -> tuple[FilingReport, dict[str, pd.DataFrame]]:
    """The report on a file, and by table the rows that `take_in` would store of it under a number; none if refused."""
    report = _compared(connection, grids, content, name, choices)
    if report.refused:
        return report, {}
    rows = revisions.rows(connection, load_id)
    staging.forget(connection)
    return report, rows | {"choice": choice_records.numbered(load_id, report.choices)}


def _with_grids(content: bytes, name: str, work: Callable[[Sequence[Grid]], FilingReport]) -> FilingReport:
    try:
        grids = read(content, name)
    except Refusal as refusal:
        return FilingReport(name, loads.sha256(content), loaded=False, problems=refusal.problems)
    return work(grids)


def _compared(
    connection: Connection, grids: Sequence[Grid], content: bytes, name: str, choices: Choices
) -> FilingReport:
    """The report on a file held against what is stored; without an error, its figures are compared with it."""
    words = policies.vocabulary(connection)
    named = mentioned(grids, choices)
    registered = enrolled.known(connection, named)
    interpretation = _interpreted(connection, grids, choices, words, registered)
    if hidden := locks.withheld(connection, interpretation.filings):
        return FilingReport(name, loads.sha256(content), loaded=False, problems=hidden)
    report = FilingReport(
        file=name,
        sha256=loads.sha256(content),
        loaded=False,
        filings=len(interpretation.filings),
        observations=int(interpretation.observations["value"].notna().sum()),
        kept=int(interpretation.kept["value"].notna().sum()),
        problems=interpretation.problems,
        understood=interpretation.understood,
        units=interpretation.units,
        passed_over=interpretation.passed_over,
        spaces=() if named is None else tuple(registered.names),
        named=_named(interpretation.filings),
        choices=choice_records.rows(choices, grids, interpretation.replaced),
    )
    if report.refused:
        return report
    revised = revisions.compare(connection, interpretation.filings, interpretation.observations, choices.again)
    dropped: list[Problem] = []
    if (revised["revision"] > 1).any():
        dropped = _warnings(interpretation, "figures-dropped", revisions.dropped(connection), words)
    kept = _warnings(interpretation, "figures-kept", interpretation.kept, words)
    problems = [*report.problems, *kept, *dropped]
    return replace(
        report,
        unchanged=report.filings - len(revised),
        problems=problems,
        revisions=revised,
        warnings=warned.rows(problems, interpretation),
    )


def _named(filings: pd.DataFrame) -> Sequence[tuple[str, int]]:
    if len(filings) > MOST_NAMED:
        return ()
    return tuple(sorted((str(space), int(year)) for space, year in filings[["space_id", "year"]].to_numpy()))


def _interpreted(
    connection: Connection, grids: Sequence[Grid], choices: Choices, words: Vocabulary, registered: enrolled.Register
) -> Interpretation:
    return filings_read.interpret(
        grids,
        words,
        registered,
        date.today(),
        lambda filings: stored.year_before(connection, filings),
        choices,
        lambda figures: stored.peers(connection, figures),
        lambda filings: stored.filed(connection, filings),
    )


def replaced(connection: Connection, grids: Sequence[Grid], choices: Choices) -> pd.DataFrame:
    """What a file itself says of the figures that the choices type anew, as an interpretation has them."""
    registered = enrolled.known(connection, mentioned(grids, choices))
    return _interpreted(connection, grids, choices, policies.vocabulary(connection), registered).replaced


def places(connection: Connection, grids: Sequence[Grid], choices: Choices) -> pd.DataFrame:
    """Where each figure of a file stands in it, also one that was typed anew: space_id, year, metric, sheet, row,
    letter."""
    registered = enrolled.known(connection, mentioned(grids, choices))
    read_as = _interpreted(connection, grids, choices, policies.vocabulary(connection), registered)
    found = pd.concat([read_as.replaced, read_as.observations])
    in_file = found["letter"].notna() & found["sheet"].astype("object").isin([grid.sheet for grid in grids])
    if any(grid.sheet is None for grid in grids):
        in_file |= found["letter"].notna() & found["sheet"].isna()
    return found[in_file][["space_id", "year", "metric", "sheet", "row", "letter"]]


def mentioned(grids: Sequence[Grid], choices: Choices) -> set[str] | None:
    """Every text of a file of few rows, casefolded: its spaces' IDs and names are among them. None for the whole
    register."""
    if sum(len(grid.rows) for grid in grids) > stored.FEW_SPACES:
        return None
    chosen_texts = [choices.space or "", *choices.cells.values(), *(grid.sheet or "" for grid in grids)]
    texts = {*chosen_texts, *(text for grid in grids for row in grid.rows for text in row)}
    # A title or a sheet's name may name its space too: 空间编号：SL00001, SL00001_2024.
    pieces = (piece for text in texts if not text.isdigit() for piece in headings.pieces(text))
    return {spelled.casefold() for text in chain(texts, pieces) for spelled in (text.strip(), spelling.tidy(text))}


def _warnings(interpretation: Interpretation, code: str, figures: pd.DataFrame, words: Vocabulary) -> list[Problem]:
    """A warning for every filing of which there are such figures, that names them."""
    if figures.empty:
        return []
    names = {metric.code: (metric.name_zh, metric.name_en) for metric in words.metrics}
    by_filing: dict[tuple[str, int], list[str]] = {}
    for space_id, year, metric in figures[["space_id", "year", "metric"]].itertuples(index=False):
        by_filing.setdefault((space_id, year), []).append(metric)
    filings = interpretation.filings
    places = dict(
        zip(
            zip(filings["space_id"], filings["year"], strict=True),
            zip(filings["sheet"], filings["row"], strict=True),
            strict=True,
        )
    )
    return [
        Problem(
            "warning",
            code,
            sheet=places[key][0],
            row=int(places[key][1]),
            value=f"{key[0]} {key[1]}",
            details={
                "space": key[0],
                "year": key[1],
                "metrics": {
                    "zh": "、".join(names.get(metric, (metric, metric))[0] for metric in metrics),
                    "en": ", ".join(names.get(metric, (metric, metric))[1] for metric in metrics),
                },
            },
        )
        for key, metrics in by_filing.items()
    ]
