"""Why an enrolment stands in a queue, in a sentence."""

from collections.abc import Callable

import pandas as pd

from tracking.charts import provisional
from tracking.charts.base import phrase
from tracking.words import numbers
from tracking.words.language import Lang

# Of what somebody missed so many are named, and the rest counted.
NAMED = 4


def shortfall(row: pd.Series, lang: Lang) -> str:
    """A requirement that was missed, in a few words: "no", nothing said, or the figure beside what is asked."""
    return provisional.signed(_shortfall(row, lang), row["provisional"])


def _shortfall(row: pd.Series, lang: Lang) -> str:
    metric = row["metric_name"]
    if row["absent"] or pd.isna(row["actual"]):
        return phrase("missing.absent", lang, metric=metric)
    if row["basis"] == "attested":
        return phrase("missing.no", lang, metric=metric)
    required = numbers.of_metric(row["required"], row["basis"], row["actual"])
    return phrase(
        "missing.figure",
        lang,
        metric=metric,
        actual=numbers.of_metric(row["actual"], row["basis"], row["required"]),
        required=required if row["comparison"] == ">=" else f"> {required}",
    )


# What becomes of a part of a sentence that is about one requirement, with the row that it is told from.
Part = Callable[[pd.Series, str], str]


def as_it_is(_row: pd.Series, part: str) -> str:
    """A part as text."""
    return part


def missed(rows: pd.DataFrame, queue: str, year: int, lang: Lang, part: Part = as_it_is) -> str:
    """Why an enrolment stands in a queue of a data year, from its rows of `misses.of_spaces`.

    All that comes from the data stands in what goes through `part`; the rest are words of ours and years.
    """
    if queue == "failing":
        return over_period(rows, lang, part)
    of_year = rows[rows["year"] == year]
    if queue in ("behind", "out_of_reach"):
        behind = of_year[of_year["within_reach" if queue == "behind" else "beyond_reach"]]
        return _listed([], behind, lambda row: part(row, _reach(row, lang)), lang)
    if of_year["not_filed"].any():
        return phrase("missing.unfiled", lang)
    return _listed([], of_year, lambda row: part(row, shortfall(row, lang)), lang)


def over_period(rows: pd.DataFrame, lang: Lang, part: Part = as_it_is) -> str:
    """What an enrolment failed over its period, by year, else what it missed, from its rows of `misses.of_spaces`."""
    shown = rows[rows["undone"]] if rows["undone"].any() else rows
    years = [
        phrase("missing.in_year", lang, year=year, sentence=phrase("missing.unfiled", lang))
        for year in sorted({*shown.loc[shown["not_filed"], "year"]})
    ]
    return _listed(
        years,
        shown[~shown["not_filed"]],
        lambda row: phrase("missing.in_year", lang, year=row["year"], sentence=part(row, shortfall(row, lang))),
        lang,
    )


def _reach(row: pd.Series, lang: Lang) -> str:
    return phrase(
        "missing.reach",
        lang,
        sentence=shortfall(row, lang),
        needed=numbers.needed(row["needed_per_year"]),
        best=numbers.figure(row["best"]),
    )


def _listed(first: list[str], rows: pd.DataFrame, sentence: Callable[[pd.Series], str], lang: Lang) -> str:
    """The first sentences and one of each row: so many are made as are named, of the others only the count."""
    named = [*first, *(sentence(row) for _, row in rows.head(max(NAMED - len(first), 0)).iterrows())][:NAMED]
    every, listed = len(first) + len(rows), phrase("missing.and", lang).join(named)
    return listed if every <= NAMED else phrase("missing.more", lang, sentence=listed, count=numbers.figure(every))
