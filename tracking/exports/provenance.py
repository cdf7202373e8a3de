"""What an export rests on: data version, day, editions with their readings, rules and release; one for every format."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import quote

import pandas as pd
import sqlalchemy as sa
from sqlalchemy import Connection

import tracking
from tracking import database
from tracking.policy import in_force
from tracking.results.tables.filters import Chosen, applied
from tracking.results.tables.left_out import LeftOut, left_out
from tracking.words.language import Lang, text

# What was filed, and what a word means, does not depend on a day.
_OF_NO_DAY = frozenset({"observations", "observations_wide", "dictionary", "codes", "versions", "closings"})
_DAY = sa.text("SELECT as_of FROM reporting_day")
_EDITIONS = """
SELECT
    current_edition.edition,
    current_edition.name_{lang} AS name,
    current_edition.source_{lang} AS source,
    imprint.publisher_{lang} AS publisher,
    imprint.licence,
    imprint.contact
FROM current_edition
LEFT JOIN imprint
    ON current_edition.edition = imprint.edition
    AND current_edition.load_id = imprint.load_id
ORDER BY current_edition.edition
"""


@dataclass(frozen=True)
class Reading:
    """One thing that the words of an edition leave open: what, its code, and how it is read."""

    code: str
    name: str
    in_force: str


@dataclass(frozen=True)
class Edition:
    """An edition in force, how it is read, and who publishes its data; texts are empty where nobody said."""

    code: str
    name: str
    source: str
    publisher: str
    licence: str
    contact: str
    readings: tuple[Reading, ...]


@dataclass(frozen=True)
class Closing:
    """What a closed year was decided by: its number, and the rules and the release of that day."""

    number: int
    rules: str
    release: str


@dataclass(frozen=True)
class Provenance:
    """What a table's rows rest on, in a language. `as_of` is None of what depends on no day."""

    table: str
    lang: Lang
    data_version: int
    as_of: date | None
    editions: tuple[Edition, ...]
    rules: str
    release: str
    filters: dict[str, object]
    compared: tuple[int, int] | None = None
    closing: int | None = None
    left_out: LeftOut | None = None

    def as_dict(self) -> dict[str, object]:
        """As JSON has it: beside a file of CSV, in the metadata of Parquet."""
        return {
            "table": self.table,
            "lang": self.lang,
            "data_version": self.data_version,
            **({"compared": list(self.compared)} if self.compared else {}),
            **({"closing": self.closing} if self.closing else {}),
            "as_of": self.as_of.isoformat() if self.as_of else None,
            "filters": self.filters,
            **({"left_out": self.left_out.counts} if self.left_out else {}),
            "editions": [
                {
                    "edition": each.code,
                    "name": each.name,
                    "source": each.source,
                    "publisher": each.publisher,
                    "licence": each.licence,
                    "contact": each.contact,
                    "readings": [vars(reading) for reading in each.readings],
                }
                for each in self.editions
            ],
            "rules": self.rules,
            "release": self.release,
        }

    def as_json(self) -> str:
        """`as_dict` as a text, the same every time."""
        return json.dumps(self.as_dict(), ensure_ascii=False)

    def headers(self) -> dict[str, str]:
        """As HTTP says it: in ASCII, so that what is no code stands percent-encoded."""
        readings = [
            f"{edition.code}/{each.code}={quote(each.in_force)}"
            for edition in self.editions
            for each in edition.readings
        ]
        return {
            "Data-Version": str(self.data_version),
            **({"As-Of": self.as_of.isoformat()} if self.as_of else {}),
            **({"Closing": str(self.closing)} if self.closing else {}),
            **self._left_out(),
            "Edition": ", ".join(each.code for each in self.editions),
            "Readings": ", ".join(readings),
            "Rules": self.rules,
            "Release": self.release,
        }

    def _left_out(self) -> dict[str, str]:
        out = self.left_out
        if out is None:
            return {}
        return {"Withheld-Filings": str(out.filings)} if out.rows is None else {"Left-Out": str(out.rows)}

    @property
    def stamp(self) -> str:
        """What the name of a file has of it."""
        day = f"-{self.as_of:%Y%m%d}" if self.as_of else ""
        return f"v{self.data_version}{day}-{self.rules[:8]}"


def of(
    connection: Connection,
    table: str,
    chosen: Chosen,
    *,
    compared: tuple[int, int] | None = None,
    closing: Closing | None = None,
) -> Provenance:
    """What a table's rows as chosen rest on, as of the connection's day and data.

    `compared` are the two data versions of a comparison, `closing` is what a closed year was decided by.
    """
    lang = chosen.get("lang", "zh")
    return Provenance(
        table=table,
        lang=lang,
        data_version=database.data_version(connection),
        as_of=None if table in _OF_NO_DAY else connection.execute(_DAY).scalar_one(),
        editions=editions(connection, lang, chosen.get("editions", ()), chosen.get("tracks", ())),
        rules=closing.rules if closing else database.rules(),
        release=closing.release if closing else tracking.RELEASE,
        filters={each.name_in(table): list(value) if each.several else value for each, value in applied(table, chosen)},
        compared=compared,
        closing=closing.number if closing else None,
        left_out=left_out(connection, table, chosen),
    )


def editions(
    connection: Connection, lang: Lang, chosen: Sequence[str] = (), tracks: Sequence[str] = ()
) -> tuple[Edition, ...]:
    """The editions in force that are chosen, all where none are, each with what is in force where its words allow
    another reading, of these tracks."""
    others = in_force.stored(connection, lang).to_dict("records")
    pass_mark = text("policy.pass_mark_name", lang)
    found = []
    for row in connection.execute(sa.text(_EDITIONS.format(lang=lang))).mappings().all():
        if chosen and row["edition"] not in chosen:
            continue
        readings = []
        for other in others:
            whole = pd.isna(other["requirement"])
            if other["edition"] == row["edition"] and (whole or not tracks or other["track"] in tracks):
                code, name = ("pass_mark", pass_mark) if whole else (other["requirement"], other["metric_name"])
                readings.append(Reading(code, name, other["in_force"]))
        published = {name: row[name] or "" for name in ("name", "source", "publisher", "licence", "contact")}
        found.append(Edition(code=row["edition"], readings=tuple(readings), **published))
    return tuple(found)
