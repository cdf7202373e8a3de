"""What every table and column that goes out or is open means: one place for the page, the file, XLSX, the database."""

from collections.abc import Iterable
from datetime import date

import pandas as pd
import sqlalchemy as sa
from sqlalchemy import Connection, Engine

from tracking import database
from tracking.access import acts
from tracking.policy.vocabulary import Metric, vocabulary
from tracking.results.tables import changes, columns, observations, views
from tracking.words.language import LANGUAGES, Lang, text, translations

COLUMNS = {
    "table": "str",
    "column": "str",
    "label": "str",
    "type": "str",
    "unit": "str",
    "values": "str",
    "description": "str",
}
TABLES: dict[str, dict[str, str]] = {
    **columns.COLUMNS,
    "observations_wide": observations.WIDE | observations.LAST,
    "changes": changes.COLUMNS,
    "decisions": columns.DECISIONS,
    "closings": columns.CLOSINGS,
    "since_closing": columns.SINCE_CLOSING,
    "versions": columns.VERSIONS,
    "dictionary": COLUMNS,
    "codes": columns.CODES,
    **views.COLUMNS,
}
# The word for a column's type, by the type of the frame's column.
_TYPES = {
    "str": "text",
    "int64": "integer",
    "Int64": "integer",
    "float64": "number",
    "bool": "boolean",
    "datetime64[s]": "date",
    "datetime64[us]": "moment",
    "bytes": "bytes",
}
# Columns that hold codes, and the family of keys that has the words for them.
CODED = {
    "phase": "phase",
    "stage": "stage",
    "basis": "basis",
    "status": "status",
    "status_before": "status",
    "status_after": "status",
    "result": "result",
    "verdict": "verdict",
    "exit_warning": "exit_warning",
    "state": "state",
    "kind": "kind",
    "change": "change",
    "load_kind": "load_kind",
    "load.kind": "load_kind",
    "choice.kind": "choice_kind",
    "part": "part",
    "act": "review_act",
    "filing_state.state": "review_state",
    "question.act": "question_act",
    "evidence.act": "evidence_act",
    "evidence.kind": "evidence_kind",
    "rectification_file.act": "evidence_act",
    "rectification_file.kind": "evidence_kind",
    "waiver.act": "waiver_act",
    "waiver_state": "waiver_state",
    "rectification.act": "rectification_act",
    "rectification_state": "rectification_state",
    "progress": "progress",
    "result_after": "result",
}
# Tables whose columns mean what another one's do, where that has words of its own.
_LIKE = {"edition": "current_edition", "requirement": "current_requirement"}


def dictionary(lang: Lang, metrics: Iterable[Metric] = ()) -> pd.DataFrame:
    """A row per table and column that goes out or is open, in a language: COLUMNS.

    `type` is the word for the kind of value; `unit` and `values` (each code with its word) are empty where a column
    has none. With `metrics` also the columns that observations_wide has for them.
    """
    rows = [_row(table, column, kind, lang) for table, columns in TABLES.items() for column, kind in columns.items()]
    rows += [
        ("observations_wide", metric.code, metric.name_in(lang), _type("float64", lang), metric.unit_in(lang), "")
        + (_meaning_of(metric, lang),)
        for metric in metrics
    ]
    # Behind the metrics, as it stands in the table.
    rows.sort(key=lambda row: row[0] == "observations_wide" and row[1] in observations.LAST)
    # A metric that two editions name differently is told as the first does, as in the table itself.
    return pd.DataFrame(rows, columns=list(COLUMNS)).drop_duplicates(["table", "column"]).astype(COLUMNS)


def _row(table: str, column: str, kind: str, lang: Lang) -> tuple[str, ...]:
    words = (label(column, lang, table), _type(kind, lang), _unit_of(column, kind, lang), _values(table, column, lang))
    return (table, column, *words, meaning(column, lang, table))


def in_force(engine: Engine, _: date, *, lang: Lang) -> pd.DataFrame:
    """`dictionary` with the metrics of the policies in force; the day is none of it."""
    with database.reading(engine) as connection:
        return dictionary(lang, vocabulary(connection).metrics)


def table_meaning(table: str, lang: Lang) -> str:
    """What a row of a table is."""
    return text(f"table.{table}.means", lang)


def label(column: str, lang: Lang, table: str = "") -> str:
    """A column's name as a person reads it."""
    bare, own = _without_language(column)
    name = text(_key(table, bare), lang)
    return f"{name} ({text(f'dictionary.in_{own}', lang)})" if own else name


def meaning(column: str, lang: Lang, table: str = "") -> str:
    """What a column means, in one sentence."""
    return text(_key(table, _without_language(column)[0], ".means"), lang)


def _without_language(column: str) -> tuple[str, Lang | None]:
    """A column that stands there once per language, without it and which one; the others as they are."""
    lang = next((lang for lang in LANGUAGES if column.endswith(f"_{lang}")), None)
    return (column.removesuffix(f"_{lang}"), lang) if lang else (column, None)


def _key(table: str, column: str, what: str = "") -> str:
    """The key of what is said of a column: its table's own words, where they differ from all others'."""
    owners = (table, _LIKE.get(table, table))
    own = (key for owner in owners if (key := f"column.{owner}.{column}{what}") in translations())
    return next(own, f"column.{column}{what}")


def unit(column: str, lang: Lang) -> str:
    """What a column's numbers count, empty where that is nothing or is said by the column itself."""
    key = f"column.{column}.unit"
    return text(key, lang) if key in translations() else ""


def codes(column: str) -> list[str]:
    """The codes that can stand in a column, empty where it holds no codes."""
    if column not in CODED:
        return []
    # What stands deeper is another word for a code in one place, and no code.
    of_family = (key.partition(".") for key in translations() if key.count(".") == 1)
    return [code for family, _, code in of_family if family == CODED[column]]


def describe(engine: Engine) -> None:
    """Write the meaning of every column that goes out or is open into the database, where any tool shows it.

    Raises Forbidden but for the keeper.
    """
    acts.keepers(engine)
    database.write(engine, comment)


def comment(connection: Connection) -> None:
    """As `describe`, in the connection's transaction."""
    inspector = sa.inspect(connection)
    for table in (*columns.COLUMNS, *views.COLUMNS):
        for found in inspector.get_columns(table):
            column = str(found["name"])
            meanings = " ".join(meaning(column, lang, table) for lang in LANGUAGES)
            quoted = meanings.replace("'", "''")
            connection.exec_driver_sql(f"COMMENT ON COLUMN {table}.{column} IS '{quoted}'")


def _type(kind: str, lang: Lang) -> str:
    return text(f"type.{_TYPES[kind]}", lang)


def _unit_of(column: str, kind: str, lang: Lang) -> str:
    """A text has no unit, whatever a number of the same name counts."""
    return "" if kind == "str" else unit(column, lang)


def _values(table: str, column: str, lang: Lang) -> str:
    coded = own if (own := f"{table}.{column}") in CODED else column
    return "; ".join(f"{code} {text(f'{CODED[coded]}.{code}', lang)}" for code in codes(coded))


def _meaning_of(metric: Metric, lang: Lang) -> str:
    if metric.kind == "share":
        return f"{metric.numerator} ÷ {metric.denominator}"
    return text("dictionary.metric", lang)
