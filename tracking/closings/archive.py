"""A closing's file: a ZIP of Parquet files, which a load keeps as its document and which is given back byte for byte.

`<lang>/<table>.parquet` is the table in that language, exactly as it goes out; `all/<table>.parquet` has every column
of the view, in both languages, so that it can be read again as it was. `manifest.json` says what all of it rests on.
"""

import hashlib
import io
import json
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import pandas as pd
import pyarrow as pa
import pyarrow.parquet
import sqlalchemy as sa
from sqlalchemy import Connection

from tracking import database
from tracking.database import archives
from tracking.exports import formats, provenance
from tracking.results.tables.filters import Chosen, conditions
from tracking.words.language import LANGUAGES, Lang

TABLES = ("attainment", "shortfalls", "evaluations", "verdicts")
MANIFEST = "manifest.json"
_ALL = "all"


@dataclass(frozen=True)
class ClosedYear:
    """What is closed: a data year of an edition, as of a day."""

    edition: str
    year: int
    as_of: date

    def chosen(self, lang: Lang = "zh") -> Chosen:
        """As a table is asked for it."""
        return {"editions": (self.edition,), "years": (self.year,), "lang": lang}


def member(table: str, lang: Lang) -> str:
    """The name of a table's file, as it goes out in a language."""
    return f"{lang}/{table}.parquet"


def make(connection: Connection, scope: ClosedYear, closing: provenance.Closing, unapproved: pd.DataFrame) -> bytes:
    """The file of a closing, from a connection that is as of its day, with the filings that are not approved."""
    out = io.BytesIO()
    digests, rows = {}, {}
    with zipfile.ZipFile(out, "w") as file:
        for name, content in _members(connection, scope, closing):
            file.writestr(zipfile.ZipInfo(name, archives.MADE), content)
            digests[name] = hashlib.sha256(content).hexdigest()
            rows[name] = pa.parquet.ParquetFile(io.BytesIO(content)).metadata.num_rows
        basis = {
            lang: provenance.of(connection, "attainment", scope.chosen(lang), closing=closing).as_dict()
            for lang in LANGUAGES
        }
        manifest = {
            "closing": closing.number,
            "edition": scope.edition,
            "year": scope.year,
            "as_of": scope.as_of.isoformat(),
            "data_version": database.data_version(connection),
            "rules": closing.rules,
            "release": closing.release,
            "editions": {lang: cover["editions"] for lang, cover in basis.items()},
            "provisional": unapproved[["space_id", "year"]].to_dict("records"),
            "rows": rows,
            "sha256": digests,
        }
        text = json.dumps(manifest, ensure_ascii=False, indent=1)
        file.writestr(zipfile.ZipInfo(MANIFEST, archives.MADE), text)
    return out.getvalue()


def _members(connection: Connection, scope: ClosedYear, closing: provenance.Closing) -> Iterator[tuple[str, bytes]]:
    for table in TABLES:
        for lang in LANGUAGES:
            out = io.BytesIO()
            formats.export(connection, table, scope.chosen(lang), "parquet", out, closing=closing)
            yield member(table, lang), out.getvalue()
        every: sa.Select[tuple[object]] = sa.select(sa.literal_column("*")).select_from(sa.table(table))
        rows = database.frame(connection, every.where(*conditions(table, scope.chosen())))
        # Nothing is, of who sees every space.
        rows = rows.drop(columns="withheld", errors="ignore")
        kept = io.BytesIO()
        pa.parquet.write_table(pa.Table.from_pandas(rows, preserve_index=False), kept)
        yield f"{_ALL}/{table}.parquet", kept.getvalue()


def manifest(content: bytes) -> dict[str, object]:
    """What a closing's file says of itself."""
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        return dict(json.loads(file.read(MANIFEST)))


def given_back(content: bytes, table: str, lang: Lang) -> bytes:
    """A table's file of Parquet, byte for byte as it was frozen."""
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        return file.read(member(table, lang))


def rows(content: bytes, table: str) -> pd.DataFrame:
    """Every row of a table with every column that its view had.

    What was closed before anything was marked as provisional is as final as it was closed.
    """
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        found = pa.parquet.read_table(io.BytesIO(file.read(f"{_ALL}/{table}.parquet"))).to_pandas()
    return found if "provisional" in found else found.assign(provisional=False)
