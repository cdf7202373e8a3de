"""Beside the statuses of a list: whether a requirement is waived, and how far it is put right."""

from collections.abc import Iterator

import pandas as pd

from pages.shared import html_table, words
from pages.shared.data import ask
from pages.shared.html_table import Html
from tracking.results.tables import attainment
from tracking.words import looks

_KEYS = ["space_id", "edition", "track", "year"]
# What was taken back stands beside nothing.
_WITHDRAWN = "withdrawn"


def beside(rows: pd.DataFrame) -> pd.DataFrame:
    """Rows of requirements with a column `agreed`: the marks of what stands beside each, of its year as a whole too."""
    if rows.empty:
        return rows.assign(agreed=[])
    within = {
        "spaces": tuple(dict.fromkeys(rows["space_id"])),
        "years": tuple(int(each) for each in dict.fromkeys(rows["year"])),
        "lang": words.lang(),
    }
    given, demands = (ask(attainment.meant, table=table, **within) for table in ("waivers", "rectifications"))
    found: dict[tuple[object, ...], list[Html]] = {}
    for key, mark in [
        *_waivers(given[given["in_force"]]),
        *_rectifications(demands[demands["progress"] != _WITHDRAWN]),
    ]:
        found.setdefault(key, []).append(mark)
    keys = rows[[*_KEYS, "requirement"]].itertuples(index=False, name=None)
    marks = [[*found.get(key, []), *found.get((*key[:-1], ""), [])] for key in keys]
    # As objects: pandas would make mere text of markup.
    return rows.assign(agreed=pd.Series([html_table.joined(each, " ") for each in marks], rows.index, dtype="object"))


def _waivers(rows: pd.DataFrame) -> Iterator[tuple[tuple[object, ...], Html]]:
    for _, row in rows.iterrows():
        yield _key(row), _mark("waiver_state", row, words.text("agreed.beside.waiver", day=_day(row["until_day"])))


def _rectifications(rows: pd.DataFrame) -> Iterator[tuple[tuple[object, ...], Html]]:
    for _, row in rows.iterrows():
        whole = pd.isna(row["requirement"])
        progress = looks.word("progress", str(row["progress"]), words.lang())
        key = f"agreed.beside.{'year' if whole else 'rectification'}"
        yield _key(row), _mark("progress", row, words.text(key, progress=progress, day=_day(row["by_day"])))


def _key(row: "pd.Series[object]") -> tuple[object, ...]:
    requirement = row["requirement"]
    return (*row[_KEYS], "" if pd.isna(requirement) else requirement)


def _mark(column: str, row: "pd.Series[object]", shown: str) -> Html:
    code = str(row[column])
    return html_table.mark(column, code, f"{(looks.of(column) or {})[code].sign} {shown}")


def _day(day: object) -> str:
    return f"{day:%Y-%m-%d}"
