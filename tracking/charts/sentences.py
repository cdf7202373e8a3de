"""What the figures say, in a sentence: the finding above a table or a chart."""

from collections.abc import Mapping
from typing import Any, TypeAlias

import pandas as pd

from tracking.charts.base import phrase
from tracking.policy.in_force import PassMark
from tracking.results.differences import Difference
from tracking.words import language, looks, numbers
from tracking.words.language import Lang

# A row by the names of its columns. As a mapping it is read some times quicker.
Row: TypeAlias = pd.Series | Mapping[str, Any]


def heatmap(cells: pd.DataFrame, year: int, track: str, lang: Lang) -> str:
    """Who misses most, from a page of `cells.heatmap`."""
    missed = cells[cells["missed"]]
    if missed.empty:
        return phrase("heatmap.none", lang, year=year, track=track)
    counts = missed.groupby(["space_id", "space_name"], sort=False).size()
    return phrase("heatmap.worst", lang, year=year, track=track, space=counts.idxmax()[1], count=_n(int(counts.max())))


def where(frame: pd.DataFrame, lang: Lang) -> str:
    """Where most of the shortfalls are, from `shortfalls.where`; of several equals none is named."""
    most = int(frame["shortfalls"].max())
    places = frame[frame["shortfalls"] == most]
    if len(places) > 1:
        return phrase("shortfalls.where_equal", lang, places=_n(len(places)), count=_n(most))
    return phrase(
        "shortfalls.where", lang, metric=places["metric_name"].iloc[0], year=places["year"].iloc[0], count=_n(most)
    )


def decisions(frame: pd.DataFrame, year: int, phase: str, lang: Lang) -> str:
    """What is to be decided about a data year's construction or cultivation, from `decisions.due`."""
    counts = frame["result"].value_counts()
    sentence = phrase(
        f"decisions.{phase}",
        lang,
        year=year,
        evaluation=year + 1,
        total=_n(len(frame)),
        passed=_n(counts.get("pass", 0)),
        failed=_n(counts.get("fail", 0)),
        unfiled=_n(counts.get("unfiled", 0)),
    )
    more = {
        "upcoming": int(counts.get("upcoming", 0)),
        "leaving": int(frame["must_leave"].sum()),
        "ended": int(frame["ended_failing"].sum()),
    }
    for part, count in more.items():
        if count:
            sentence = phrase(
                "standing.joined", lang, sentence=sentence, more=phrase(f"decisions.{part}", lang, count=_n(count))
            )
    return sentence


def pass_mark(mark: PassMark, lang: Lang) -> str:
    """What a year has to hold to pass, and whether the policy says so or nobody does."""
    key = "pass_mark.all" if mark.share == 1 else "pass_mark.share"
    sentence = phrase(key, lang, share=numbers.share(mark.share))
    return phrase("pass_mark.default", lang, sentence=sentence) if mark.default else sentence


def reading(row: pd.Series, lang: Lang) -> str:
    """Another reading and the one in force, from a row of `in_force.offered`."""
    metric = phrase("pass_mark.name", lang) if pd.isna(row["metric_name"]) else row["metric_name"]
    return phrase("reading", lang, metric=metric, name=row["name"], in_force=row["in_force"])


def difference(changes: Difference, lang: Lang) -> str:
    """How much another reading, or other rules, would change."""
    if changes.statuses.empty and changes.results.empty:
        return phrase("rereading.nothing", lang)
    spaces = {*changes.statuses["space_id"], *changes.results["space_id"]}
    return phrase(
        "rereading.some",
        lang,
        spaces=_n(len(spaces)),
        statuses=_n(len(changes.statuses)),
        results=_n(int((changes.results["result"] != changes.results["result_otherwise"]).sum())),
        warnings=_n(int((changes.results["exit_warning"] != changes.results["exit_warning_otherwise"]).sum())),
        better=_n(changes.better),
        worse=_n(changes.worse),
        fewer=_n(changes.exits_fewer),
    )


def requirement(row: Row, lang: Lang) -> str:
    """Where a requirement stands in a year, from a row of `attainment`: what is, what is asked, what is missing."""
    if row["basis"] == "attested" or pd.isna(row["actual"]):
        return phrase("requirement.status", lang, year=row["year"], status=answer(row, lang))
    sentence = phrase(
        f"requirement.{row['basis'] if row['basis'] in ('share', 'cumulative', 'growth') else 'level'}",
        lang,
        year=row["year"],
        status=looks.mark("status", row["status"], lang),
        actual=actual(row),
        required=numbers.of_metric(row["required"], row["basis"], row["actual"]),
        numerator=numbers.figure(row["numerator"]),
        denominator=numbers.figure(row["denominator"]),
        unit=row["unit"],
        sign=numbers.comparison(row["comparison"]),
    )
    more = []
    if row["status"] == "short" and not pd.isna(row["short_by"]):
        more.append(phrase("requirement.short_by", lang, count=_n(row["short_by"])))
    elif row["gap"] > 0 and row["basis"] != "share":
        more.append(phrase("requirement.gap", lang, gap=numbers.figure(row["gap"]), unit=row["unit"]))
    if not pd.isna(row["needed_per_year"]):
        more.append(phrase("requirement.needed", lang, needed=numbers.needed(row["needed_per_year"]), unit=row["unit"]))
    if row["years_missing"] and not pd.isna(row["years_missing"]):
        more.append(phrase("requirement.years_missing", lang, years=row["years_missing"]))
    return phrase("standing.and", lang).join([sentence, *more])


def answer(row: Row, lang: Lang) -> str:
    """A status in sign and word; of a yes or no that was filed, which of them it was. From a row of `attainment`."""
    if row["basis"] == "attested" and not pd.isna(row["actual"]):
        return f"{looks.STATUSES[row['status']].sign} {numbers.filed(row['actual'], 'yes_no', lang)}"
    return looks.mark("status", row["status"], lang)


def actual(row: Row) -> str:
    """What a requirement is judged on, with its unit unless it is a share, from a row of `attainment`."""
    shown = numbers.of_metric(row["actual"], row["basis"], row["required"])
    return shown if row["basis"] == "share" else numbers.counted(shown, row["unit"])


def cell(row: Row, lang: Lang) -> str:
    """A requirement's year in a cell, from its row of `attainment`: the sign of its status, and its figure.

    Without a figure its status stands for it, but for what is still to come, which its sign says.
    """
    look = looks.STATUSES[row["status"]]
    if pd.isna(row["actual"]):
        return look.sign if look is looks.STATUSES["upcoming"] else looks.mark("status", row["status"], lang)
    sign = numbers.sign(row["actual"], row["basis"])
    return f"{look.sign} {sign}{numbers.judged(row['actual'], row['basis'], row['required'], lang)}"


def aim(row: Row, lang: Lang) -> str:
    """What a requirement asks in the end, in a cell: its basis where the figure alone would not say it."""
    if row["basis"] == "attested":
        return language.text("basis.attested", lang)
    aim = threshold(row, lang)
    named = row["basis"] in ("cumulative", "growth")
    return phrase("aim", lang, basis=language.text(f"basis.{row['basis']}", lang), aim=aim) if named else aim


def threshold(row: Row, lang: Lang) -> str:
    """What a requirement asks in the end, with its unit, from a row of `requirements.requirements`."""
    if row["basis"] == "attested":
        return numbers.filed(1, "yes_no", lang)
    sign, value = numbers.comparison(row["comparison"]), numbers.of_metric(row["threshold"], row["basis"])
    if row["basis"] == "share":
        return f"{sign} {value}"
    return phrase("asked", lang, sign=sign, threshold=value, unit=row["unit"])


def target(row: pd.Series, lang: Lang) -> str:
    """What a requirement asks of a year, from a row with basis, comparison and required."""
    basis = language.text(f"basis.{row['basis']}", lang)
    if row["basis"] == "attested" or pd.isna(row["required"]):
        return basis
    sign = numbers.comparison(row["comparison"])
    return f"{basis} {sign} {numbers.of_metric(row['required'], row['basis'])}"


def miss(row: pd.Series, lang: Lang) -> str:
    """A requirement missed in a year, in a few words: what there is of what is asked, from a row of `attainment`."""
    if row["basis"] == "attested" or pd.isna(row["actual"]):
        word = looks.word("status", row["status"], lang)
        answered = numbers.filed(row["actual"], "yes_no", lang) or word
        return phrase("miss.status", lang, metric=row["metric_name"], status=answered)
    return phrase(
        "miss",
        lang,
        metric=row["metric_name"],
        actual=numbers.of_metric(row["actual"], row["basis"], row["required"]),
        sign=numbers.comparison(row["comparison"]),
        required=numbers.of_metric(row["required"], row["basis"], row["actual"]),
    )


def attested(rows: pd.DataFrame, lang: Lang) -> str:
    """How many of a clause's attested requirements were there in a year, from its rows of `attainment`."""
    if len(rows) == 1:
        return requirement(rows.iloc[0], lang)
    met = int((rows["status"] == "met").sum())
    return phrase("attested", lang, year=rows["year"].iloc[0], met=_n(met), total=_n(len(rows)))


def peers(row: pd.Series, year: int, basis: str, unit: str, lang: Lang) -> str:
    """How the other spaces did in the year of their period that `year` is here, from a row of `one_space.peers`."""
    key = f"peers.{basis}" if basis in ("share", "growth") else "peers"
    return phrase(
        "peers.same" if row["lower"] == row["upper"] else key,
        lang,
        year=year,
        spaces=_n(row["spaces"]),
        unit=unit,
        **{name: numbers.of_metric(row[name], basis) for name in ("lower", "median", "upper")},
    )


def _n(count: int) -> str:
    return numbers.figure(count)
