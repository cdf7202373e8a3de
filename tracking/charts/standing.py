"""One enrolment in sentences: how it stands, where it is, how a year of it went."""

from collections.abc import Sequence

import pandas as pd

from tracking.charts import sentences
from tracking.charts.base import phrase
from tracking.words import language, looks, numbers
from tracking.words.language import Lang


def heading(verdict: pd.Series, years: pd.DataFrame, demands: pd.DataFrame, lang: Lang) -> str:
    """How an enrolment stands and what comes next, from its rows of `verdicts`, `evaluations`, `one_enrolment.demands`.

    A period that is over has its verdict; there is nobody left to warn.
    """
    warned = verdict["exit_warning"] != "none" and not years["period_over"].all()
    column = "exit_warning" if warned else "verdict"
    standing = looks.word(column, verdict[column], lang)
    missed = int(demands["missed"].sum())
    values = {"space": verdict["space_name"], "standing": standing}
    if not missed:
        return phrase("heading", lang, **values)
    return phrase("heading.missed", lang, **values, year=demands["year"].iloc[0], count=numbers.figure(missed))


def meaning(verdict: pd.Series, years: pd.DataFrame, lang: Lang) -> str:
    """What the verdict and the exit warning of an enrolment mean beside each other, from its row of `verdicts`.

    The one is about the whole period, the other about its latest years: neither rules the other out.
    """
    of_period = language.text(f"methods.verdict.{verdict['verdict']}", lang)
    lines = [phrase("means.period", lang, word=looks.word("verdict", verdict["verdict"], lang), meaning=of_period)]
    warning = verdict["exit_warning"]
    if warning != "none":
        word = looks.word("exit_warning", warning, lang)
        meaning = phrase("warning.over" if years["period_over"].all() else f"warning.{warning}", lang)
        lines.append(phrase("means.years", lang, word=word, meaning=meaning))
    return " ".join(lines)


def enrolment(verdict: pd.Series, names: Sequence[str], years: pd.DataFrame, lang: Lang) -> str:
    """Who is enrolled where and for how long, from a row of `verdicts`; `names` are the track's and what else is told.

    `years` are its `evaluations` with their meanings, cut by `one_enrolment.within`: they end where it left early.
    """
    last_year = years["year"].max()
    period = phrase("period", lang, start=verdict["start_year"], end=verdict["end_year"])
    left = [phrase("left", lang, year=last_year)] if last_year < verdict["end_year"] else []
    over = [phrase("over", lang)] if years["period_over"].all() else []
    return " · ".join([verdict["space_id"], verdict["district"], *names, period, *left, *over])


def result(year: pd.Series, missed: pd.DataFrame, lang: Lang) -> str:
    """A year's result with its reasons, from a row of `evaluations` and `one_enrolment.missed` of the year."""
    sentence = phrase(
        "result",
        lang,
        year=year["year"],
        evaluation=year["evaluation_year"],
        phase=language.text(f"phase.{year['phase']}", lang),
        result=looks.mark("result", year["result"], lang),
    )
    if year["result"] == "unfiled":
        return phrase("result.why", lang, sentence=sentence, why=phrase("result.unfiled", lang, day=year["due"].date()))
    if year["result"] != "fail":
        return sentence
    why = phrase("list", lang).join(sentences.miss(row, lang) for _, row in missed.iterrows())
    return phrase("result.why", lang, sentence=sentence, why=why)
