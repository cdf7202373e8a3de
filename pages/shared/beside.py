"""Spaces side by side: a row per requirement, a column per space, and the middle of the others on the track."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from pages.shared import html_table, words
from pages.shared.data import ask
from pages.shared.html_table import Column, Html, escaped, joined, link
from tracking.charts import sentences
from tracking.results import one_space
from tracking.results.tables import attainment
from tracking.words import numbers


@dataclass(frozen=True)
class Side:
    """One enrolment: its rows of `evaluations` and of `attainment`, with their meanings."""

    evaluations: pd.DataFrame
    rows: pd.DataFrame

    @property
    def years(self) -> list[int]:
        """The data years that can be looked at: those that have come."""
        to_come = {*self.evaluations[self.evaluations["to_come"]]["year"]}
        return sorted({*self.evaluations["year"]} - to_come)

    def of_year(self, year: int) -> pd.DataFrame:
        """Its rows of `attainment` of a data year, none where no enrolment of it covers the year."""
        return self.rows[self.rows["year"] == year]


def of(space: str, within: Mapping[str, Any]) -> Side:
    """The enrolment of a space on a track of an edition."""
    owed = one_space.with_objects(
        ask(attainment.meant, table="attainment", spaces=(space,), **within, lang=words.lang())
    )
    judged = ask(attainment.meant, table="evaluations", spaces=(space,), **within)
    return Side(*one_space.within(judged, owed))


def show(sides: Sequence[Side], year: int, spread: pd.DataFrame) -> None:
    """Draw the table of a data year; `spread` is of `one_space.peers` for the first side."""
    heads = [Column(words.text("pick.only")), Column(words.text("column.target"), minor=True)]
    heads += [Column(_head(side, year)) for side in sides]
    heads.append(Column(words.text("compare.middle")))
    by_code = [side.of_year(year).set_index("requirement", drop=False) for side in sides]
    # The first space's own requirements, then those that only the other one has this year.
    owed = pd.concat([side.of_year(year) for side in sides]).drop_duplicates("requirement")
    lines = [
        [
            _name(row),
            sentences.aim(row, words.lang()),
            *(_cell(rows, row["requirement"]) for rows in by_code),
            _middle(row, spread),
        ]
        for _, row in owed.iterrows()
    ]
    html_table.show(heads, lines, caption=words.text("page.compare"))


def _head(side: Side, year: int) -> Html:
    """Whose column it is, and how the year ended for it."""
    judged = side.evaluations[side.evaluations["year"] == year]
    name = escaped(side.evaluations["space_name"].iloc[0])
    marks = [html_table.mark("result", code) for code in judged["result"]]
    return joined([name, *marks], "<br>")


def _cell(rows: pd.DataFrame, code: str) -> Html:
    if code not in rows.index:
        return Html("")
    row = rows.loc[code]
    return html_table.mark("status", row["status"], sentences.cell(row, words.lang()))


def _name(row: pd.Series) -> Html:
    return link("space", row["metric_name"], space=row["space_id"], requirement=row["requirement"])


def _middle(row: pd.Series, spread: pd.DataFrame) -> str:
    """The median of the other spaces in the same year of their period, and of how many it is."""
    same = spread[(spread["requirement"] == row["requirement"]) & (spread["period_year"] == row["period_year"])]
    if same.empty:
        return ""
    figure = numbers.of_metric(float(same["median"].iloc[0]), row["basis"])
    return words.text("compare.median", figure=figure, spaces=int(same["spaces"].iloc[0]))
