"""An earlier state of the database: the same `schema.sql` in memory, filled with the loads up to a number."""

from sqlalchemy import Engine

from tracking import database, refresh

# Everything that comes in, in the order of schema.sql; the judgement follows from it.
INCOMING = (
    "load",
    "edition",
    "track",
    "unit",
    "conversion",
    "metric",
    "clause",
    "requirement",
    "rule",
    "reading",
    "space",
    "enrolment",
    "filing",
    "observation",
)


class UnknownVersion(Exception):
    """There is no load of that number; `newest` is the highest there is."""

    def __init__(self, version: int, newest: int) -> None:
        super().__init__(f"data version {version} of {newest}")
        self.version = version
        self.newest = newest


def state(engine: Engine, version: int) -> Engine:
    """A database in memory as this one stood after the load `version`; every table reads as it did then.

    Raises UnknownVersion.
    """
    earlier = database.connect("duckdb://", create=True)
    database.initialise(earlier)
    with database.reading(engine) as source, earlier.begin() as target:
        newest = database.data_version(source)
        if not 0 <= version <= newest:
            raise UnknownVersion(version, newest)
        for table in INCOMING:
            database.transfer(source, target, table, version)
        refresh.refresh(target)
    return earlier
