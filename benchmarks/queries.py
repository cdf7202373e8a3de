"""Loading, refreshing, and what the pages ask for."""

import tempfile
import time
from collections.abc import Callable
from datetime import date
from functools import partial

import duckdb
import sqlalchemy as sa
from sqlalchemy import Engine

from benchmarks import programme
from benchmarks.timing import best, in_turn, say
from tracking import database
from tracking.database import refresh
from tracking.filing import loading
from tracking.maintenance import verify
from tracking.results import one_space, outlook
from tracking.results.overview import cells, cohorts, places, queue, rates, weakest
from tracking.results.tables import attainment, changes
from tracking.results.tables.columns import COLUMNS

# On the track with the most figures.
ONE = "S00006"
AS_OF = date(2024, 6, 1)
# Loads of one space's filing.
LATEST = 9
# So few spaces that reading about all of them costs nothing.
FEW = 100


def run(engine: Engine, spaces: int, years: int) -> None:
    """Fill the engine's database and print what loading, refreshing and reading take."""
    filled = best(lambda: programme.fill(engine, spaces, years), runs=1)
    with database.reading(engine) as connection:
        stored = connection.execute(sa.text("SELECT COUNT(*) FROM observation")).scalar_one()
        judged = connection.execute(sa.text("SELECT COUNT(*) FROM stored_attainment")).scalar_one()
    say(f"filling with {stored:,} observations, judging {judged:,} rows", filled)
    if engine.dialect.name == "duckdb":
        _storing(engine, spaces, years)
    _refreshing(engine)
    _loading_one(engine, years)
    _comparing(engine)
    _reading(engine)
    _verifying(engine)


def _verifying(engine: Engine) -> None:
    """Every invariant, each row against the seal of its load; in processor time, on two cores about half as long."""
    started = time.process_time()
    verify.verify(engine)
    say("verify, in processor time", time.process_time() - started)


def _storing(engine: Engine, spaces: int, years: int) -> None:
    """The way in for figures that are parsed, against DuckDB's bare INSERT … SELECT of the same frame."""
    figures = programme.observations(engine, spaces, years).assign(load_id=0, evidence=None, note=None)

    def store() -> None:
        with engine.connect() as connection:
            database.append(connection, "observation", figures)

    def insert() -> None:
        with duckdb.connect() as connection:
            connection.register("parsed", figures)
            connection.execute("CREATE TABLE bare AS SELECT * FROM parsed LIMIT 0")
            connection.execute("INSERT INTO bare SELECT * FROM parsed")

    bare, stored = best(insert), best(store)
    remark = f"{len(figures) / stored:,.0f} a second, {stored / bare:.2f} × bare INSERT … SELECT"
    say(f"storing {len(figures):,} parsed figures", stored, remark)


def _refreshing(engine: Engine) -> None:
    views, whole = in_turn(lambda: evaluate(engine), lambda: database.write(engine, refresh.refresh))
    say("the views evaluated once", views)
    say("refresh of everything", whole, f"{whole / views:.2f} × the views {_aim(engine, '1.5')}")
    one = best(lambda: database.write(engine, lambda connection: refresh.refresh(connection, [ONE])))
    say("refresh of one space", one)


def evaluate(engine: Engine) -> None:
    """Every column of every defining view, so that none is optimised away."""
    with database.reading(engine) as connection:
        for view in refresh.STORED.values():
            columns = [column["name"] for column in sa.inspect(connection).get_columns(view)]
            counts = ", ".join(f"COUNT({column})" for column in columns)
            connection.execute(sa.text(f"SELECT {counts} FROM {view}")).all()


def _loading_one(engine: Engine, years: int) -> None:
    """One space's next filing, again and again with another figure; on DuckDB held against the same among a FEW."""
    year = programme.FIRST_YEAR + years - 1
    figure = iter(range(1_000, 9_999))

    def load(engine: Engine) -> None:
        content = f"space_id,year,mentors,professional_mentors\n{ONE},{year},{next(figure)},10\n"
        assert loading.load(engine, content.encode(), "one.csv", by="benchmark").loaded

    if engine.dialect.name != "duckdb":
        say("loading one space's filing", best(partial(load, engine), runs=LATEST))
        return
    with tempfile.TemporaryDirectory() as folder:
        few = database.connect(f"duckdb:///{folder}/few.duckdb", create=True)
        programme.fill(few, FEW, years)
        here, among_few = in_turn(partial(load, engine), partial(load, few), runs=LATEST)
        few.dispose()
    say("loading one space's filing", here, f"{here / among_few:.2f} × that among {FEW} spaces (aim 1)")


def _comparing(engine: Engine) -> None:
    """The loads of one space against all that was there before, and every filing against none."""
    with database.reading(engine) as connection:
        newest = database.data_version(connection)
    for label, earlier in (
        (f"comparing the last {LATEST} loads", newest - LATEST),
        ("comparing all with no filing", 2),
    ):
        say(label, best(partial(_compare, engine, earlier), runs=1))


def _compare(engine: Engine, earlier: int) -> None:
    changes.replayed(engine, earlier, None, AS_OF, {}).dispose()


def _reading(engine: Engine) -> None:
    """What the overview asks for, and what a space's page does, each as the page asks it."""
    with database.reading(engine) as connection:
        enrolled = sa.text("SELECT edition, track FROM current_enrolment WHERE space_id = :one")
        edition, track = connection.execute(enrolled, {"one": ONE}).one()
    _each("the overview's", overview(engine, track), _aim(engine, "100 ms"))
    read = partial(one_space.actuals, engine, AS_OF, edition=edition, track=track)
    say("what a track reached, kept for all its spaces till a load", best(read), _aim(engine, "100 ms"))
    actuals, own = read(), attainment.attainment(engine, AS_OF, spaces=[ONE])
    of_space: dict[str, Callable[[], object]] = {
        **{table: partial(getattr(attainment, table), engine, AS_OF, spaces=[ONE]) for table in COLUMNS},
        "clauses": lambda: one_space.clauses(engine, AS_OF, edition=edition, lang="zh"),
        "figures": lambda: one_space.figures(engine, AS_OF, space=ONE),
        "peers": lambda: one_space.peers(actuals, own),
        "best_years": lambda: outlook.best_years(engine, AS_OF, edition=edition, track=track),
    }
    _each("one space's", of_space, _aim(engine, "20 ms"))


def overview(engine: Engine, track: str, as_of: date = AS_OF) -> dict[str, Callable[[], object]]:
    """What the overview asks for in the data year before a day, each as the page asks it."""
    year = as_of.year - 1
    return {
        "rates": lambda: rates.rates(engine, as_of, year=year),
        "cohorts": lambda: cohorts.cohorts(engine, as_of),
        "queue": lambda: queue.members(engine, as_of, year=year),
        "weakest": lambda: weakest.weakest(engine, as_of, year=year),
        "districts": lambda: places.districts(engine, as_of, year=year),
        "filings": lambda: places.filings(engine, as_of, year=year),
        "heatmap": lambda: cells.heatmap(engine, as_of, year=year, tracks=(track,), page=1),
    }


def _aim(engine: Engine, aim: str) -> str:
    """What is aimed at, which is said of DuckDB alone."""
    return f"(aim {aim})" if engine.dialect.name == "duckdb" else ""


def _each(whose: str, questions: dict[str, Callable[[], object]], aim: str) -> None:
    taken = {name: best(ask, runs=9) for name, ask in questions.items()}
    for name, seconds in taken.items():
        say(f"{whose} {name}", seconds, aim)
    say(f"{whose} queries together", sum(taken.values()))
