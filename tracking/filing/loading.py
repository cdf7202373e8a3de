"""Filings to the database: revision, stored judgement and audit line, in one transaction."""

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import date, datetime
from itertools import chain

import pandas as pd
import sqlalchemy as sa
from sqlalchemy import Connection, Engine

from tracking import database
from tracking.access import acts
from tracking.database import loads, refresh
from tracking.filing import choice_records, enrolled
from tracking.filing import choices as chosen
from tracking.filing.choices import Choices
from tracking.filing.interpreting import cells
from tracking.filing.interpreting import filings as filings_read
from tracking.filing.interpreting.filings import Over, UnitRead
from tracking.filing.interpreting.layouts import headings
from tracking.filing.interpreting.layouts.understood import Understood
from tracking.filing.spreadsheets.grids import Grid, read
from tracking.policy import loading as policies
from tracking.policy.vocabulary import Vocabulary
from tracking.words import spelling
from tracking.words.language import Lang
from tracking.words.problems import Problem, Refusal

# Up to so many spaces are named in a query; past it, the whole year is read. And up to so many rows a file can name.
FEW_SPACES = 500

# What came in, beside what is stored, for as long as the transaction lasts. `scaled` is the figure × 10,000.
_INCOMING = (
    """
    CREATE TEMPORARY TABLE incoming_filing (
        space_id TEXT COLLATE "C" NOT NULL,
        year INTEGER NOT NULL
    )
    """,
    """
    CREATE TEMPORARY TABLE incoming_observation (
        space_id TEXT COLLATE "C" NOT NULL,
        year INTEGER NOT NULL,
        metric TEXT COLLATE "C" NOT NULL,
        scaled BIGINT,
        evidence TEXT,
        note TEXT
    )
    """,
    """
    CREATE TEMPORARY VIEW incoming AS
    SELECT
        space_id,
        year,
        metric,
        CAST(CAST(scaled AS DECIMAL(20, 0)) * 0.0001 AS DECIMAL(18, 4)) AS value,
        evidence,
        note
    FROM incoming_observation
    """,
    """
    CREATE TEMPORARY TABLE latest AS
    SELECT space_id, year, revision
    FROM filing
    WHERE FALSE
    """,
    """
    CREATE TEMPORARY TABLE stored AS
    SELECT space_id, year, metric, value, evidence, note
    FROM current_observation
    WHERE FALSE
    """,
)
_FORGET = (
    "TABLE IF EXISTS incoming_revision",
    "TABLE IF EXISTS stored",
    "TABLE IF EXISTS latest",
    "VIEW IF EXISTS incoming",
    "TABLE IF EXISTS incoming_observation",
    "TABLE IF EXISTS incoming_filing",
)

# What is stored of the filings that came in: their newest revision, and what it says. The first and the last space
# are named once more, so that the file of one is not held against the filings of all the others.
_STORED = (
    """
    INSERT INTO latest
    SELECT
        filing.space_id,
        filing.year,
        MAX(filing.revision) AS revision
    FROM filing
    INNER JOIN incoming_filing
        ON filing.space_id = incoming_filing.space_id
        AND filing.year = incoming_filing.year
    WHERE filing.space_id BETWEEN :first AND :last
    GROUP BY
        filing.space_id,
        filing.year
    """,
    """
    INSERT INTO stored
    SELECT
        filing.space_id,
        filing.year,
        filing.metric,
        filing.value,
        filing.evidence,
        filing.note
    FROM current_observation AS filing
    INNER JOIN incoming_filing
        ON filing.space_id = incoming_filing.space_id
        AND filing.year = incoming_filing.year
    WHERE filing.space_id BETWEEN :first AND :last
    """,
)

# A filing that says anything else than the stored one becomes its next revision.
_REVISIONS = """
CREATE TEMPORARY TABLE incoming_revision AS
WITH filed_again AS (
    SELECT incoming.*
    FROM incoming
    INNER JOIN latest
        ON incoming.space_id = latest.space_id
        AND incoming.year = latest.year
),

differing AS (
    (SELECT * FROM filed_again EXCEPT SELECT * FROM stored)
    UNION
    (SELECT * FROM stored EXCEPT SELECT * FROM filed_again)
),

figures AS (
    SELECT
        space_id,
        year,
        COUNT(scaled) AS figures
    FROM incoming_observation
    GROUP BY
        space_id,
        year
)

SELECT
    incoming_filing.space_id,
    incoming_filing.year,
    COALESCE(latest.revision, 0) + 1 AS revision,
    COALESCE(figures.figures, 0) AS figures
FROM incoming_filing
LEFT JOIN latest
    ON incoming_filing.space_id = latest.space_id
    AND incoming_filing.year = latest.year
LEFT JOIN figures
    ON incoming_filing.space_id = figures.space_id
    AND incoming_filing.year = figures.year
WHERE
    latest.revision IS NULL
    OR EXISTS (
        SELECT 1
        FROM differing
        WHERE
            differing.space_id = incoming_filing.space_id
            AND differing.year = incoming_filing.year
    )
"""

_TO_STORE = {
    "filing (load_id, space_id, year, revision, figures)": """
    SELECT CAST(:load_id AS INTEGER) AS load_id, space_id, year, revision, figures
    FROM incoming_revision
    """,
    "observation (load_id, space_id, year, metric, value, evidence, note)": """
    SELECT
        CAST(:load_id AS INTEGER) AS load_id,
        incoming.space_id,
        incoming.year,
        incoming.metric,
        incoming.value,
        incoming.evidence,
        incoming.note
    FROM incoming
    INNER JOIN incoming_revision
        ON incoming.space_id = incoming_revision.space_id
        AND incoming.year = incoming_revision.year
    """,
}

# Figures that the stored revision has and the new one says nothing of.
_DROPPED = """
SELECT
    stored.space_id,
    stored.year,
    stored.metric
FROM stored
INNER JOIN incoming_revision
    ON stored.space_id = incoming_revision.space_id
    AND stored.year = incoming_revision.year
LEFT JOIN incoming
    ON stored.space_id = incoming.space_id
    AND stored.year = incoming.year
    AND stored.metric = incoming.metric
WHERE
    stored.value IS NOT NULL
    AND incoming.value IS NULL
ORDER BY
    stored.space_id,
    stored.year,
    stored.metric
"""


@dataclass(frozen=True)
class Report:
    """What became of one file.

    `filings` counts the space-years in it, of which `unchanged` were stored already as they are; `observations`
    counts its figures. `revisions` has a row per filing that is (or, of a check, would be) stored:
    space_id, year, revision, figures. `kept` counts those of the observations that the file has not and that stay as
    they were filed before. `understood` tells what the cells of each table were taken for, `units` and `passed_over` as
    an interpretation has them; `spaces` are those that a file of few rows names; `choices` what a person decided, as
    `choice_records` keeps it. `load_id` is None where nothing was stored, and so is `seal`, the head of the chain of
    loads.
    """

    file: str
    sha256: str
    loaded: bool
    filings: int = 0
    unchanged: int = 0
    observations: int = 0
    kept: int = 0
    problems: Sequence[Problem] = ()
    understood: Sequence[Understood] = ()
    units: Sequence[UnitRead] = ()
    passed_over: Sequence[Over] = ()
    spaces: Sequence[str] = ()
    load_id: int | None = None
    seal: str | None = None
    revisions: pd.DataFrame = field(
        default_factory=lambda: pd.DataFrame(columns=["space_id", "year", "revision", "figures"])
    )
    choices: pd.DataFrame = field(default_factory=pd.DataFrame)

    @property
    def refused(self) -> bool:
        """Whether the file has an error, and so nothing of it is stored."""
        return any(problem.severity == "error" for problem in self.problems)

    def as_dict(self, lang: Lang) -> dict[str, object]:
        """The object of `load --json`."""
        return {
            "file": self.file,
            "loaded": self.loaded,
            "filings": self.filings,
            "unchanged": self.unchanged,
            "observations": self.observations,
            "problems": [problem.as_dict(lang) for problem in self.problems],
            "kept": self.kept,
            "layout": [each.as_dict() for each in self.understood],
            "unit": [asdict(each) for each in self.units],
            "passed_over": [asdict(each) for each in self.passed_over],
            "seal": self.seal,
        }


def check(engine: Engine, content: bytes, name: str, choices: Choices = chosen.NONE) -> Report:
    """Read a file of filings and tell every problem; nothing is stored. Raises DatabaseUnavailable."""

    def work(connection: Connection, grids: Sequence[Grid]) -> Report:
        return _compared(connection, grids, content, name, choices)

    return _with_grids(content, name, lambda grids: database.rehearse(engine, lambda c: work(c, grids)))


def load(
    engine: Engine,
    content: bytes,
    name: str,
    *,
    by: str,
    at: datetime | None = None,
    choices: Choices = chosen.NONE,
) -> Report:
    """Store a file of filings, whole or, where it has an error, not at all.

    What is stored already as the file has it stays as it is; everything else becomes the next revision of
    its filing. `at` is when it was filed (default: now). An account signs by its own name, whatever `by` says.
    Raises DatabaseUnavailable, and Forbidden where one of the spaces is none that the person files for.
    """

    def work(connection: Connection, grids: Sequence[Grid]) -> Report:
        signed = acts.signature(engine, by)
        report = take_in(connection, grids, content, name, by=signed, at=at, choices=choices)
        acts.check(connection, engine, "file", report.revisions["space_id"])
        return report

    report = _with_grids(content, name, lambda grids: database.write(engine, lambda c: work(c, grids)))
    if report.load_id is None:
        return report
    acts.noted(engine, "filing", str(report.load_id))
    with database.reading(engine) as connection:
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
) -> Report:
    """What `load` does, in the connection's own transaction, which the caller keeps or rolls back."""
    report = _compared(connection, grids, content, name, choices)
    if not report.refused and len(report.revisions):
        load_id = loads.record(connection, "filing", name, content, by=by, at=at)
        for table, rows in _TO_STORE.items():
            connection.execute(sa.text(f"INSERT INTO {table} {rows}"), {"load_id": load_id})
        choice_records.keep(connection, load_id, report.choices)
        refresh.refresh(connection, sorted(set(report.revisions["space_id"])))
        report = replace(report, load_id=load_id)
    _forget(connection)
    return replace(report, loaded=not report.refused)


def to_store(
    connection: Connection, grids: Sequence[Grid], content: bytes, name: str, choices: Choices, load_id: int
) -> tuple[Report, dict[str, pd.DataFrame]]:
    """The report on a file, and by table the rows that `take_in` would store of it under a number; none if refused."""
    report = _compared(connection, grids, content, name, choices)
    if report.refused:
        return report, {}
    rows = {
        table.partition(" ")[0]: database.frame(connection, sa.text(select), load_id=load_id)
        for table, select in _TO_STORE.items()
    }
    _forget(connection)
    return report, rows | {"choice": choice_records.numbered(load_id, report.choices)}


def _with_grids(content: bytes, name: str, work: Callable[[Sequence[Grid]], Report]) -> Report:
    try:
        grids = read(content, name)
    except Refusal as refusal:
        return Report(name, loads.sha256(content), loaded=False, problems=refusal.problems)
    return work(grids)


def _compared(connection: Connection, grids: Sequence[Grid], content: bytes, name: str, choices: Choices) -> Report:
    """The report on a file held against what is stored; without an error, its figures wait in `incoming`."""
    words = policies.vocabulary(connection)
    mentioned = _mentioned(grids, choices)
    registered = enrolled.known(connection, mentioned)
    interpretation = _interpreted(connection, grids, choices, words, registered)
    report = Report(
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
        spaces=() if mentioned is None else tuple(registered.names),
        choices=choice_records.rows(choices, grids, interpretation.replaced),
    )
    if report.refused:
        return report
    for statement in _INCOMING:
        connection.execute(sa.text(statement))
    database.append(connection, "incoming_filing", interpretation.filings[["space_id", "year"]])
    observations = interpretation.observations.rename(columns={"value": "scaled"})
    database.append(
        connection,
        "incoming_observation",
        observations[["space_id", "year", "metric", "scaled", "evidence", "note"]],
    )
    came_in = set(interpretation.filings["space_id"])
    between = {"first": min(came_in, default=""), "last": max(came_in, default="")}
    for statement in _STORED:
        connection.execute(sa.text(statement), between)
    connection.execute(sa.text(_REVISIONS))
    revisions = database.frame(connection, sa.text("SELECT * FROM incoming_revision ORDER BY space_id, year"))
    dropped = _dropped(connection, interpretation, words) if (revisions["revision"] > 1).any() else []
    kept = _told(interpretation, "figures-kept", interpretation.kept, words)
    return replace(
        report,
        unchanged=report.filings - len(revisions),
        problems=[*report.problems, *kept, *dropped],
        revisions=revisions,
    )


def _interpreted(
    connection: Connection, grids: Sequence[Grid], choices: Choices, words: Vocabulary, registered: enrolled.Register
) -> filings_read.Interpretation:
    return filings_read.interpret(
        grids,
        words,
        registered,
        date.today(),
        lambda filings: _year_before(connection, filings),
        choices,
        lambda figures: _peers(connection, figures),
        lambda filings: _filed(connection, filings),
    )


def replaced(connection: Connection, grids: Sequence[Grid], choices: Choices) -> pd.DataFrame:
    """What a file itself says of the figures that the choices type anew, as an interpretation has them."""
    registered = enrolled.known(connection, _mentioned(grids, choices))
    return _interpreted(connection, grids, choices, policies.vocabulary(connection), registered).replaced


def _mentioned(grids: Sequence[Grid], choices: Choices) -> set[str] | None:
    """Every text of a file of few rows, casefolded: its spaces' IDs and names are among them. None for the whole
    register."""
    if sum(len(grid.rows) for grid in grids) > FEW_SPACES:
        return None
    chosen_texts = [choices.space or "", *choices.cells.values(), *(grid.sheet or "" for grid in grids)]
    texts = {*chosen_texts, *(text for grid in grids for row in grid.rows for text in row)}
    # A title or a sheet's name may name its space too: 空间编号：SL00001, SL00001_2024.
    named = (piece for text in texts if not text.isdigit() for piece in headings.pieces(text))
    return {said.casefold() for text in chain(texts, named) for said in (text.strip(), spelling.tidy(text))}


def _forget(connection: Connection) -> None:
    for name in _FORGET:
        connection.execute(sa.text(f"DROP {name}"))


def _year_before(connection: Connection, filings: pd.DataFrame) -> pd.DataFrame:
    """What is stored for the years before those of the filings, in ten-thousandths."""
    stored = sa.table("current_observation", *map(sa.column, ("space_id", "year", "metric", "value")))
    value = sa.cast(stored.c.value, sa.Double).label("value")
    years = [int(year) - 1 for year in set(filings["year"])]
    statement = sa.select(stored.c.space_id, stored.c.year, stored.c.metric, value).where(
        stored.c.value.is_not(None), stored.c.year.in_(years)
    )
    if filings["space_id"].nunique() <= FEW_SPACES:
        statement = statement.where(sa.column("space_id").in_(sorted(set(filings["space_id"]))))
    before = database.frame(connection, statement)
    return before.assign(value=(before["value"] * cells.SCALE).round().astype("Int64"))


def _peers(connection: Connection, figures: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The tracks of the spaces of some figures, and the highest that others of those tracks have stored."""
    spaces = sorted(set(figures["space_id"]))
    enrolled_in = sa.table("current_enrolment", *map(sa.column, ("space_id", "track")))
    stored = sa.table("current_observation", *map(sa.column, ("space_id", "year", "metric", "value")))
    own: sa.ColumnElement[bool] = sa.true()
    others: sa.ColumnElement[bool] = sa.true()
    if len(spaces) <= FEW_SPACES:
        own, others = enrolled_in.c.space_id.in_(spaces), stored.c.space_id.not_in(spaces)
    tracks = database.frame(connection, sa.select(enrolled_in.c.space_id, enrolled_in.c.track).where(own).distinct())
    highest = sa.func.max(sa.cast(stored.c.value, sa.Double)).label("value")
    keys = (enrolled_in.c.track, stored.c.year, stored.c.metric)
    statement = (
        sa.select(*keys, highest)
        .select_from(stored.join(enrolled_in, stored.c.space_id == enrolled_in.c.space_id))
        .where(
            others,
            stored.c.value > 0,
            enrolled_in.c.track.in_(sorted(set(tracks["track"]))),
            stored.c.year.in_([int(year) for year in set(figures["year"])]),
            stored.c.metric.in_(sorted(set(figures["metric"]))),
        )
        .group_by(*keys)
    )
    found = database.frame(connection, statement)
    return tracks, found.assign(value=(found["value"] * cells.SCALE).round())


def _filed(connection: Connection, filings: pd.DataFrame) -> pd.DataFrame:
    """What is stored of filings: space_id, year, metric, value in ten-thousandths, evidence, note."""
    names = ("space_id", "year", "metric", "value", "evidence", "note")
    stored = sa.table("current_observation", *map(sa.column, names))
    # Exactly: it is stored again.
    value = sa.cast(stored.c.value * cells.SCALE, sa.BigInteger).label("value")
    columns = [value if name == "value" else stored.c[name] for name in names]
    years = sorted({int(year) for year in filings["year"]})
    statement = sa.select(*columns).where(stored.c.year.in_(years))
    if filings["space_id"].nunique() <= FEW_SPACES:
        statement = statement.where(stored.c.space_id.in_(sorted(set(filings["space_id"]))))
    rows = database.frame(connection, statement)
    there = pd.MultiIndex.from_frame(filings[["space_id", "year"]])
    rows = rows[pd.MultiIndex.from_frame(rows[["space_id", "year"]]).isin(there)]
    return rows.assign(value=rows["value"].astype("Int64"))


def _dropped(connection: Connection, interpretation: filings_read.Interpretation, words: Vocabulary) -> list[Problem]:
    """A warning for every filing that no longer says what its stored revision says."""
    gone = pd.DataFrame(connection.execute(sa.text(_DROPPED)).all(), columns=["space_id", "year", "metric"])
    return _told(interpretation, "figures-dropped", gone, words)


def _told(
    interpretation: filings_read.Interpretation, code: str, figures: pd.DataFrame, words: Vocabulary
) -> list[Problem]:
    """A warning for every filing of which there are such figures, that names them."""
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
