"""Spaces side by side: a row per requirement, a column per space, and the middle of the others on the track."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from pages.shared import html_table, provisional, words
from pages.shared.data import ask
from pages.shared.html_table import Column, Html, escaped, joined, link
from tracking.charts import provisional as signs
from tracking.charts import sentences
from tracking.results import one_enrolment, one_space
from tracking.results.programme import Programme
from tracking.results.tables import attainment
from tracking.words import numbers


@dataclass(frozen=True)
class Side:
    """One enrolment: its rows of `evaluations` and of `attainment`, with their meanings.

    `approved_only`, its results too are shown only where they rest on approved filings.
    """

    evaluations: pd.DataFrame
    rows: pd.DataFrame
    approved_only: bool = False

    @property
    def years(self) -> list[int]:
        """The data years that can be looked at: those that have come."""
        to_come = {*self.evaluations[self.evaluations["to_come"]]["year"]}
        return sorted({*self.evaluations["year"]} - to_come)

    def of_year(self, year: int) -> pd.DataFrame:
        """Its rows of `attainment` of a data year, none where no enrolment of it covers the year."""
        return self.rows[self.rows["year"] == year]

    def judged(self, year: int) -> pd.DataFrame:
        """Its row of `evaluations` of a data year, where that is shown."""
        rows = self.evaluations[self.evaluations["year"] == year]
        return one_enrolment.approved(rows) if self.approved_only else rows


def of(space: str, within: Mapping[str, Any], approved_only: bool) -> Side:
    """The enrolment of a space on a track of an edition; `approved_only`, without rows that are provisional."""
    owed = ask(one_space.owed, spaces=(space,), **within, lang=words.lang(), withheld=True)
    judged = ask(attainment.meant, table="evaluations", spaces=(space,), **within, withheld=True)
    evaluations, rows = one_enrolment.within(judged, owed)
    return Side(evaluations, one_enrolment.approved(rows) if approved_only else rows, approved_only)


def resting(
    offered: Programme, known: Mapping[str, Any], actuals: pd.DataFrame, approved_only: bool
) -> Mapping[tuple[str, int], int]:
    """How many of the figures that all spaces reached rest on filings not approved, by requirement and period year."""
    if approved_only or not offered.provisional:
        return {}
    approved = ask(one_space.actuals, **known, approved_only=True)
    kept = {(code, at): len(figures) for code, at, figures in approved.itertuples(index=False)}
    counts = {(code, at): len(figures) for code, at, figures in actuals.itertuples(index=False)}
    return {key: count - kept.get(key, 0) for key, count in counts.items()}


def show(sides: Sequence[Side], year: int, spread: pd.DataFrame, rests: Mapping[tuple[str, int], int]) -> None:
    """Draw the table of a data year; `spread` is of `one_space.peers` for the first side, `rests` of `resting`."""
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
            _middle(row, spread, rests),
        ]
        for _, row in owed.iterrows()
    ]
    html_table.show(heads, lines, caption=words.text("page.compare"))
    provisional.legend(
        any(each["provisional"].any() for side in sides for each in (side.of_year(year), side.judged(year)))
    )


def _head(side: Side, year: int) -> Html:
    """Whose column it is, and how the year ended for it."""
    name = escaped(side.evaluations["space_name"].iloc[0])
    results = side.judged(year)[["result", "provisional"]].itertuples(index=False)
    marks = [html_table.mark("result", code, provisional=rests) for code, rests in results]
    return joined([name, *marks], "<br>")


def _cell(rows: pd.DataFrame, code: str) -> Html:
    if code not in rows.index:
        return Html("")
    row = rows.loc[code]
    return html_table.mark("status", row["status"], sentences.cell(row, words.lang()), provisional=row["provisional"])


def _name(row: pd.Series) -> Html:
    return link("space", row["metric_name"], row=True, space=row["space_id"], requirement=row["requirement"])


def _middle(row: pd.Series, spread: pd.DataFrame, rests: Mapping[tuple[str, int], int]) -> str:
    """The median of the other spaces in the same year of their period, of how many it is, and how many of all such
    figures are provisional."""
    same = spread[(spread["requirement"] == row["requirement"]) & (spread["period_year"] == row["period_year"])]
    if same.empty:
        return ""
    median = float(same["median"].iloc[0])
    figure = f"{numbers.sign(median, row['basis'])}{numbers.of_metric(median, row['basis'])}"
    sentence = words.text("compare.median", figure=figure, spaces=int(same["spaces"].iloc[0]))
    others = rests.get((row["requirement"], row["period_year"]), 0) - bool(row["provisional"])
    return signs.of(sentence, max(others, 0), words.lang())
