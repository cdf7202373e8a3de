"""Whether what people filed is there, once, as their receipts say it, and as if it had been filed one by one."""

import hashlib
from collections import Counter
from datetime import date

import pandas as pd
import sqlalchemy as sa
from sqlalchemy import Engine

from benchmarks.soak import ground
from benchmarks.soak.people import Seen
from tracking import database
from tracking.filing import loading
from tracking.maintenance import verify
from tracking.results.tables import attainment

_LOADS = "SELECT load.load_id, load.sha256, document.content FROM load INNER JOIN document USING (sha256) "
_FILED = sa.text(_LOADS + "WHERE load.kind = 'filing' AND load.source = 'filing.csv' ORDER BY load.load_id")
_RAW = {
    "filing": sa.text(
        "SELECT space_id, year, revision, figures, load_id FROM filing ORDER BY space_id, year, revision"
    ),
    "observation": sa.text(
        "SELECT space_id, year, metric, load_id, CAST(value AS DOUBLE PRECISION) AS value "
        "FROM observation ORDER BY space_id, year, metric, load_id"
    ),
}
# When it came in, and by whom, differs, and nothing else may.
_BY_WHOM = ["filed_at", "first_filed_at", "provisional"]


def counts(engine: Engine, seen: Seen, spaces: int) -> dict[str, int]:
    """By what could be wrong, how often it is: 0 each where all is well."""
    with database.reading(engine) as connection:
        stored = connection.execute(_FILED).all()
    times = Counter(row.sha256 for row in stored)
    filed = {hashlib.sha256(content).hexdigest() for content in seen.filed}
    of_load = {row.load_id: row.sha256 for row in stored}
    return {
        "filings lost": len(filed - set(times)),
        "filings stored twice": sum(count - 1 for count in times.values()),
        "loads that nobody filed": len(set(times) - filed),
        "receipts that are not true": sum(of_load.get(load) != digest for digest, load in seen.receipts.items()),
        "invariants broken": sum(bool(finding.broken) for finding in verify.verify(engine)),
        "columns that differ from one by one": _differing(engine, [bytes(row.content) for row in stored], spaces),
        "pages with an exception": len(seen.wrong),
    }


def _differing(engine: Engine, contents: list[bytes], spaces: int) -> int:
    alone = database.connect("duckdb://", create=True)
    ground.lay(alone, spaces)
    for content in contents:
        loading.load(alone, content, "filing.csv", by="soak")
    ours, theirs = _tables(engine), _tables(alone)
    columns = [
        f"{table}.{name}"
        for table, one in ours.items()
        for name in one
        # One engine counts in wider integers than the other.
        if not one[name].equals(theirs[table][name].astype(one[name].dtype))
    ]
    alone.dispose()
    for each in columns:
        print(f"    {each}")
    return len(columns)


def _tables(engine: Engine) -> dict[str, pd.DataFrame]:
    with database.reading(engine, date.today()) as connection:
        raw = {name: database.frame(connection, question) for name, question in _RAW.items()}
    names = ("attainment", "evaluations", "verdicts")
    judged = {name: getattr(attainment, name)(engine, date.today()) for name in names}
    return raw | {name: each.drop(columns=_BY_WHOM, errors="ignore") for name, each in judged.items()}
