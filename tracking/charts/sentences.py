"""What the figures say, in a sentence: the finding above a table or a chart."""

from collections.abc import Mapping, Sequence
from typing import Any, TypeAlias

import pandas as pd

from tracking.policy.in_force import PassMark
from tracking.results.differences import Difference
from tracking.results.outlook import Hint
from tracking.words import language, looks, numbers
from tracking.words.language import Lang

# A row by the names of its columns. As a mapping it is read some times quicker.
Row: TypeAlias = pd.Series | Mapping[str, Any]


def heatmap(cells: pd.DataFrame, year: int, track: str, lang: Lang) -> str:
    """Who misses most, from a page of `cells.heatmap`."""
    missed = cells[cells["missed"]]
    if missed.empty:
        return _text("heatmap.none", lang, year=year, track=track)
    counts = missed.groupby(["space_id", "space_name"], sort=False).size()
    return _text("heatmap.worst", lang, year=year, track=track, space=counts.idxmax()[1], count=_n(int(counts.max())))


def where(frame: pd.DataFrame, lang: Lang) -> str:
    """Where most of the shortfalls are, from `shortfalls.where`; of several equals none is named."""
    most = int(frame["shortfalls"].max())
    places = frame[frame["shortfalls"] == most]
    if len(places) > 1:
        return _text("shortfalls.where_equal", lang, places=_n(len(places)), count=_n(most))
    return _text(
        "shortfalls.where", lang, metric=places["metric_name"].iloc[0], year=places["year"].iloc[0], count=_n(most)
    )


def decisions(frame: pd.DataFrame, year: int, phase: str, lang: Lang) -> str:
    """What is to be decided about a data year's construction or cultivation, from `decisions.due`."""
    counts = frame["result"].value_counts()
    sentence = _text(
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
            sentence = _text(
                "standing.joined", lang, sentence=sentence, more=_text(f"decisions.{part}", lang, count=_n(count))
            )
    return sentence


def pass_mark(mark: PassMark, lang: Lang) -> str:
    """What a year has to hold to pass, and whether the policy says so or nobody does."""
    key = "pass_mark.all" if mark.share == 1 else "pass_mark.share"
    sentence = _text(key, lang, share=numbers.share(mark.share))
    return _text("pass_mark.default", lang, sentence=sentence) if mark.default else sentence


def reading(row: pd.Series, lang: Lang) -> str:
    """Another reading and the one in force, from a row of `readings.offered`."""
    metric = _text("pass_mark.name", lang) if pd.isna(row["metric_name"]) else row["metric_name"]
    return _text("reading", lang, metric=metric, name=row["name"], in_force=row["in_force"])


def rereading(changes: Difference, lang: Lang) -> str:
    """How much another reading would change."""
    if changes.statuses.empty and changes.results.empty:
        return _text("rereading.nothing", lang)
    spaces = {*changes.statuses["space_id"], *changes.results["space_id"]}
    return _text(
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
        return _text("requirement.status", lang, year=row["year"], status=answer(row, lang))
    sentence = _text(
        f"requirement.{row['basis'] if row['basis'] in ('share', 'cumulative', 'growth') else 'level'}",
        lang,
        year=row["year"],
        status=looks.mark("status", row["status"], lang),
        actual=actual(row),
        required=numbers.of_metric(row["required"], row["basis"], row["actual"]),
        numerator=numbers.figure(row["numerator"]),
        denominator=numbers.figure(row["denominator"]),
        unit=row["unit"],
        sign="≥" if row["comparison"] == ">=" else ">",
    )
    more = []
    if row["status"] == "short" and not pd.isna(row["short_by"]):
        more.append(_text("requirement.short_by", lang, count=_n(row["short_by"])))
    elif row["gap"] > 0 and row["basis"] != "share":
        more.append(_text("requirement.gap", lang, gap=numbers.figure(row["gap"]), unit=row["unit"]))
    if not pd.isna(row["needed_per_year"]):
        more.append(_text("requirement.needed", lang, needed=numbers.needed(row["needed_per_year"]), unit=row["unit"]))
    if row["years_missing"] and not pd.isna(row["years_missing"]):
        more.append(_text("requirement.years_missing", lang, years=row["years_missing"]))
    return _text("standing.and", lang).join([sentence, *more])


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
    return _text("aim", lang, basis=language.text(f"basis.{row['basis']}", lang), aim=aim) if named else aim


def next_year(row: pd.Series, last: pd.Series | None, lang: Lang) -> str:
    """What a year to come asks of a requirement, in a cell, from its row of `one_space.demands` and its latest row."""
    basis, required = row["basis"], numbers.of_metric(row["required"], row["basis"])
    values = {"unit": row["unit"], "sign": "≥" if row["comparison"] == ">=" else ">", "required": required}
    if basis == "attested":
        return _text("next.attested" if last is None or row["missed"] else "next.keep", lang)
    if basis == "growth":
        known = not pd.isna(row["before"])
        return _text("next.growth" if known else "next.baseline", lang, **values, before=numbers.figure(row["before"]))
    if basis == "cumulative" and (last is None or not pd.isna(last["actual"])):
        more = row["required"] - (0.0 if last is None else last["actual"])
        return _text("next.more" if more > 0 else "next.keep", lang, **values, more=numbers.needed(max(more, 0.0)))
    if last is None:
        return threshold(row, lang)
    if not row["missed"]:
        return _text("next.keep", lang)
    before = looks.word("status", last["status"], lang) if pd.isna(last["actual"]) else actual(last)
    sentence = _text("next.share" if basis == "share" else "next.level", lang, **values, before=before)
    named = language.text(f"basis.{basis}", lang)
    return _text("aim", lang, basis=named, aim=sentence) if basis == "cumulative" else sentence


def threshold(row: Row, lang: Lang) -> str:
    """What a requirement asks in the end, with its unit, from a row of `requirements.requirements`."""
    if row["basis"] == "attested":
        return numbers.filed(1, "yes_no", lang)
    sign, value = ("≥" if row["comparison"] == ">=" else ">"), numbers.of_metric(row["threshold"], row["basis"])
    if row["basis"] == "share":
        return f"{sign} {value}"
    return _text("asked", lang, sign=sign, threshold=value, unit=row["unit"])


def target(row: pd.Series, lang: Lang) -> str:
    """What a requirement asks of a year, from a row with basis, comparison and required."""
    basis = language.text(f"basis.{row['basis']}", lang)
    if row["basis"] == "attested" or pd.isna(row["required"]):
        return basis
    sign = "≥" if row["comparison"] == ">=" else ">"
    return f"{basis} {sign} {numbers.of_metric(row['required'], row['basis'])}"


def heading(verdict: pd.Series, years: pd.DataFrame, demands: pd.DataFrame, lang: Lang) -> str:
    """How an enrolment stands and what comes next, from its rows of `verdicts`, `evaluations`, `one_space.demands`.

    A period that is over has its verdict; there is nobody left to warn.
    """
    warned = verdict["exit_warning"] != "none" and not years["period_over"].all()
    column = "exit_warning" if warned else "verdict"
    standing = looks.word(column, verdict[column], lang)
    missed = int(demands["missed"].sum())
    values = {"space": verdict["space_name"], "standing": standing}
    if not missed:
        return _text("heading", lang, **values)
    return _text("heading.missed", lang, **values, year=demands["year"].iloc[0], count=_n(missed))


def standing_of(verdict: pd.Series, years: pd.DataFrame, lang: Lang) -> str:
    """What the verdict and the exit warning of an enrolment mean beside each other, from its row of `verdicts`.

    The one is about the whole period, the other about its latest years: neither rules the other out.
    """
    of_period = language.text(f"methods.verdict.{verdict['verdict']}", lang)
    sentences = [_text("means.period", lang, word=looks.word("verdict", verdict["verdict"], lang), meaning=of_period)]
    warning = verdict["exit_warning"]
    if warning != "none":
        word = looks.word("exit_warning", warning, lang)
        meaning = _text("warning.over" if years["period_over"].all() else f"warning.{warning}", lang)
        sentences.append(_text("means.years", lang, word=word, meaning=meaning))
    return " ".join(sentences)


def enrolment(verdict: pd.Series, names: Sequence[str], years: pd.DataFrame, lang: Lang) -> str:
    """Who is enrolled where and for how long, from a row of `verdicts`; `names` are the track's and what else is told.

    `years` are its `evaluations` with their meanings, as `one_space.within` gives them: they end where it left early.
    """
    last_year = years["year"].max()
    period = _text("period", lang, start=verdict["start_year"], end=verdict["end_year"])
    left = [_text("left", lang, year=last_year)] if last_year < verdict["end_year"] else []
    over = [_text("over", lang)] if years["period_over"].all() else []
    return " · ".join([verdict["space_id"], verdict["district"], *names, period, *left, *over])


def result(year: pd.Series, missed: pd.DataFrame, lang: Lang) -> str:
    """A year's result with its reasons, from a row of `evaluations` and `one_space.missed` of the year."""
    sentence = _text(
        "result",
        lang,
        year=year["year"],
        evaluation=year["evaluation_year"],
        phase=language.text(f"phase.{year['phase']}", lang),
        result=looks.mark("result", year["result"], lang),
    )
    if year["result"] == "unfiled":
        return _text("result.why", lang, sentence=sentence, why=_text("result.unfiled", lang, day=year["due"].date()))
    if year["result"] != "fail":
        return sentence
    why = _text("list", lang).join(miss(row, lang) for _, row in missed.iterrows())
    return _text("result.why", lang, sentence=sentence, why=why)


def miss(row: pd.Series, lang: Lang) -> str:
    """A requirement missed in a year, in a few words: what there is of what is asked, from a row of `attainment`."""
    if row["basis"] == "attested" or pd.isna(row["actual"]):
        word = looks.word("status", row["status"], lang)
        answered = numbers.filed(row["actual"], "yes_no", lang) or word
        return _text("miss.status", lang, metric=row["metric_name"], status=answered)
    return _text(
        "miss",
        lang,
        metric=row["metric_name"],
        actual=numbers.of_metric(row["actual"], row["basis"], row["required"]),
        sign="≥" if row["comparison"] == ">=" else ">",
        required=numbers.of_metric(row["required"], row["basis"], row["actual"]),
    )


def attested(rows: pd.DataFrame, lang: Lang) -> str:
    """How many of a clause's attested requirements were there in a year, from its rows of `attainment`."""
    if len(rows) == 1:
        return requirement(rows.iloc[0], lang)
    met = int((rows["status"] == "met").sum())
    return _text("attested", lang, year=rows["year"].iloc[0], met=_n(met), total=_n(len(rows)))


def demand(row: pd.Series, last: pd.Series | None, lang: Lang) -> str:
    """What a year to come asks of a requirement, from its row of `one_space.demands` and its latest row before."""
    key, more = f"demand.{row['basis']}", 0.0
    if row["basis"] == "growth" and pd.isna(row["before"]):
        key = "demand.baseline"
    elif row["basis"] == "cumulative" and (last is None or not pd.isna(last["actual"])):
        more = row["required"] - (0.0 if last is None else last["actual"])
        key = f"demand.{'enough' if more <= 0 else 'pace' if row['required'] < row['threshold'] else 'rest'}"
    values = {
        "before": numbers.figure(row["before"]),
        "more": numbers.needed(more),
        "earlier": row["year"] - 1,
        "metric": row["metric_name"],
        "unit": row["unit"],
        "sign": "≥" if row["comparison"] == ">=" else ">",
        "required": numbers.of_metric(row["required"], row["basis"]),
        "threshold": numbers.of_metric(row["threshold"], row["basis"]),
    }
    sentence = _text(key, lang, **values)
    if last is None:
        return sentence
    return _text("demand.last", lang, demand=sentence, last=requirement(last, lang))


def peers(row: pd.Series, year: int, basis: str, unit: str, lang: Lang) -> str:
    """How the other spaces did in the year of their period that `year` is here, from a row of `one_space.peers`."""
    key = f"peers.{basis}" if basis in ("share", "growth") else "peers"
    return _text(
        "peers.same" if row["lower"] == row["upper"] else key,
        lang,
        year=year,
        spaces=_n(row["spaces"]),
        unit=unit,
        **{name: numbers.of_metric(row[name], basis) for name in ("lower", "median", "upper")},
    )


def hint(given: Hint, basis: str, unit: str, lang: Lang) -> str:
    """What the last years' line would give, as a hint."""
    return _text(
        "hint",
        lang,
        year=given.year,
        value=numbers.of_metric(given.value, basis),
        spread=numbers.of_metric(given.spread, basis),
        unit="" if basis == "share" else f" {unit}",
    )


def out_of_reach(needed: float, best: float, unit: str, lang: Lang) -> str:
    """That a cumulative threshold is out of reach, even at the best year that any space on the track ever had."""
    return _text("out_of_reach", lang, needed=numbers.needed(needed), best=numbers.figure(best), unit=unit)


def _text(key: str, lang: Lang, **values: object) -> str:
    return language.text(f"told.{key}", lang, **values)


def _n(count: int) -> str:
    return numbers.figure(count)
