"""What a return names, in the operator's own sight: by figure, and in the file that they filed."""

import csv
import io
from collections.abc import Hashable, Mapping, Sequence
from datetime import date

import pandas as pd
import sqlalchemy as sa
from sqlalchemy import Connection, Engine

from tracking import database
from tracking.filing import corrections, originals, rereading
from tracking.filing.corrections import CellRemark
from tracking.filing.interpreting.headers import KEYS
from tracking.filing.spreadsheets.grids import Grid
from tracking.results import receipts
from tracking.review import questions
from tracking.words import numbers
from tracking.words.language import Lang, text
from tracking.words.problems import Refusal

CELLS = {
    "space_id": "str",
    "year": "int64",
    "revision": "int64",
    "metric": "str",
    "reason": "str",
    "by": "str",
    "at": "datetime64[us]",
}
# The head of a table of figures that is read again as it stands.
_LONG = ("space_id", "year", "metric", "value", "evidence", "note")

# What waits for its operator has its return as the last act on it.
_CELLS = """
SELECT
    filing_state.space_id,
    filing_state.year,
    filing_state.revision,
    returned_cell.metric,
    filing_state.reason,
    filing_state.moved_by AS by,
    filing_state.since AS at
FROM filing_state
INNER JOIN visible_space
    ON filing_state.space_id = visible_space.space_id
INNER JOIN returned_cell
    ON filing_state.moved_by_load = returned_cell.load_id
    AND filing_state.space_id = returned_cell.space_id
    AND filing_state.year = returned_cell.year
WHERE
    filing_state.space_id IN :spaces
    AND (filing_state.space_id, filing_state.year) NOT IN (SELECT space_id, year FROM withheld_year)
ORDER BY
    filing_state.space_id,
    filing_state.year,
    returned_cell.metric
"""
_FILED = sa.text("""
SELECT
    filing_state.load_id,
    load.source,
    load.sha256
FROM filing_state
INNER JOIN visible_space
    ON filing_state.space_id = visible_space.space_id
INNER JOIN load
    ON filing_state.load_id = load.load_id
WHERE
    filing_state.space_id = :space
    AND filing_state.year = :year
    AND (filing_state.space_id, filing_state.year) NOT IN (SELECT space_id, year FROM withheld_year)
""")
_FIGURES = """
SELECT
    current_observation.metric,
    COALESCE(named_metric.name_{lang}, current_observation.metric) AS metric_name,
    named_metric.unit_{lang} AS unit,
    COALESCE(named_metric.kind, 'decimal') AS kind,
    current_observation.value,
    current_observation.evidence,
    current_observation.note
FROM current_observation
INNER JOIN visible_space
    ON current_observation.space_id = visible_space.space_id
LEFT JOIN named_metric
    ON current_observation.metric = named_metric.metric
WHERE
    current_observation.space_id = :space
    AND current_observation.year = :year
    AND (current_observation.space_id, current_observation.year) NOT IN (SELECT space_id, year FROM withheld_year)
ORDER BY current_observation.metric
"""


def cells(engine: Engine, _: date, *, spaces: Sequence[str]) -> pd.DataFrame:
    """The figures that are named by the returns which wait for the operators of some spaces: columns CELLS. No day is
    in it."""
    if not spaces:
        return database.typed(pd.DataFrame(columns=list(CELLS)), CELLS)
    statement = sa.text(_CELLS).bindparams(sa.bindparam("spaces", list(spaces), expanding=True))
    with database.reading(engine) as connection:
        return database.typed(database.frame(connection, statement), CELLS)


def workbook(engine: Engine, as_of: date, *, space: str, year: int, lang: Lang) -> tuple[str, bytes]:
    """The file that a returned filing came from, as XLSX, and its name: what the return names is coloured, and a
    comment says why, with what was asked about it and answered.

    An .xlsx stays what it was otherwise. Where the file cannot be had whole, or not read any more, it is a table of
    what was filed. Raises LookupError where nothing was returned.
    """
    named = cells(engine, as_of, spaces=(space,))
    named = named[named["year"] == year]
    with database.reading(engine) as connection:
        filed = connection.execute(_FILED, {"space": space, "year": year}).one_or_none()
        figures = database.frame(connection, sa.text(_FIGURES.format(lang=lang)), space=space, year=year)
    if filed is None or named.empty:
        raise LookupError(f"{space} {year}")
    reasons = {str(row["metric"]): _remark(engine, as_of, row, figures, lang) for _, row in named.iterrows()}
    try:
        content = receipts.document(engine, filed.sha256)
        with database.reading(engine, as_of) as connection:
            grids, places = rereading.places(connection, content, filed.source, filed.load_id)
    except (LookupError, Refusal):
        places = pd.DataFrame()
    if places.empty:
        return f"{space}-{year}-returned.xlsx", _anew(space, year, figures, reasons, lang)
    remarks = _placed(places[(places["space_id"] == space) & (places["year"] == year)], reasons)
    stem = originals.safe_name(filed.source, content).rpartition(".")[0]
    return f"{stem}-returned.xlsx", corrections.remarked(content, grids, remarks)


def as_filed(connection: Connection, *, space: str, year: int) -> str:
    """What is filed of a space and year, a row per figure, as text that is read again as it stands."""
    figures = database.frame(connection, sa.text(_FIGURES.format(lang="zh")), space=space, year=year)
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(_LONG)
    for row in figures.to_dict("records"):
        writer.writerow([space, year, row["metric"], exact(row["value"]), *_backing(row)])
    return out.getvalue()


def _placed(places: pd.DataFrame, reasons: dict[str, str]) -> list[CellRemark]:
    """What is said at the cell of each figure; of what stands in none, at the first cell of all."""
    first = places.drop_duplicates("metric").set_index("metric")
    remarks = []
    for metric, why in reasons.items():
        if metric in first.index:
            sheet, row, letter = first.loc[metric, ["sheet", "row", "letter"]]
            remarks.append(CellRemark(sheet if isinstance(sheet, str) else None, int(row), str(letter), "error", why))
        else:
            remarks.append(CellRemark(None, None, None, "error", why))
    return remarks


def _anew(space: str, year: int, figures: pd.DataFrame, reasons: dict[str, str], lang: Lang) -> bytes:
    """A table of what was filed, to be mended and filed again; what is named and was not filed is in it too."""
    by_metric = {row["metric"]: row for row in figures.to_dict("records")}
    codes = list(dict.fromkeys([*by_metric, *reasons]))
    keys = dict(KEYS)
    rows = [[keys[code][1] if lang == "zh" else code for code in _LONG]]
    for code in codes:
        row = by_metric.get(code, {})
        rows.append([space, str(year), str(row.get("metric_name", code)), exact(row.get("value")), *_backing(row)])
    remarks = [CellRemark(None, codes.index(code) + 2, "D", "error", why) for code, why in reasons.items()]
    return corrections.remarked(b"", [Grid(None, rows)], remarks)


def _backing(row: Mapping[Hashable, object]) -> list[str]:
    return [str(row[name]) if isinstance(row.get(name), str) else "" for name in ("evidence", "note")]


def exact(value: object) -> str:
    """A figure with all its digits, as it is read again; "" where there is none."""
    if value is None or pd.isna(value):
        return ""
    return f"{value:f}".rstrip("0").rstrip(".")


def _remark(engine: Engine, as_of: date, cell: "pd.Series[object]", figures: pd.DataFrame, lang: Lang) -> str:
    metric, space, year = str(cell["metric"]), str(cell["space_id"]), int(str(cell["year"]))
    of = figures[figures["metric"] == metric]
    filed = "—" if of.empty else numbers.filed(of["value"].iloc[0], of["kind"].iloc[0], lang)
    unit = "" if of.empty or not isinstance(of["unit"].iloc[0], str) else f" {of['unit'].iloc[0]}"
    name = metric if of.empty else str(of["metric_name"].iloc[0])
    why = {"by": cell["by"], "at": f"{cell['at']:%Y-%m-%d %H:%M}", "reason": cell["reason"]}
    lines = [text("returned.cell", lang, metric=name, filed=f"{filed}{unit}", **why)]
    for _, entry in questions.entries(engine, as_of, space=space, year=year, metric=metric).iterrows():
        body = f": {entry['body']}" if isinstance(entry["body"], str) else ""
        act = text(f"question_act.{entry['act']}", lang)
        lines.append(f"{act} · {entry['by']} {entry['at']:%Y-%m-%d}{body}")
    return "\n".join(lines)
