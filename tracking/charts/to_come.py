"""What years to come ask and may bring, in sentences."""

import pandas as pd

from tracking.charts import sentences
from tracking.charts.base import phrase
from tracking.results.outlook import Hint
from tracking.words import language, looks, numbers
from tracking.words.language import Lang


def next_year(row: pd.Series, last: pd.Series | None, lang: Lang) -> str:
    """What a year to come asks of a requirement, in a cell, from its row of `one_enrolment.demands` and its latest."""
    basis, required = row["basis"], numbers.of_metric(row["required"], row["basis"])
    values = {"unit": row["unit"], "sign": numbers.comparison(row["comparison"]), "required": required}
    if basis == "attested":
        return phrase("next.attested" if last is None or row["missed"] else "next.keep", lang)
    if basis == "growth":
        known = not pd.isna(row["before"])
        return phrase("next.growth" if known else "next.baseline", lang, **values, before=numbers.figure(row["before"]))
    if basis == "cumulative" and (last is None or not pd.isna(last["actual"])):
        more = row["required"] - (0.0 if last is None else last["actual"])
        return phrase("next.more" if more > 0 else "next.keep", lang, **values, more=numbers.needed(max(more, 0.0)))
    if last is None:
        return sentences.threshold(row, lang)
    if not row["missed"]:
        return phrase("next.keep", lang)
    before = looks.word("status", last["status"], lang) if pd.isna(last["actual"]) else sentences.actual(last)
    sentence = phrase("next.share" if basis == "share" else "next.level", lang, **values, before=before)
    named = language.text(f"basis.{basis}", lang)
    return phrase("aim", lang, basis=named, aim=sentence) if basis == "cumulative" else sentence


def demand(row: pd.Series, last: pd.Series | None, lang: Lang) -> str:
    """What a year to come asks of a requirement, from its row of `one_enrolment.demands` and its latest row before."""
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
        "sign": numbers.comparison(row["comparison"]),
        "required": numbers.of_metric(row["required"], row["basis"]),
        "threshold": numbers.of_metric(row["threshold"], row["basis"]),
    }
    sentence = phrase(key, lang, **values)
    if last is None:
        return sentence
    return phrase("demand.last", lang, demand=sentence, last=sentences.requirement(last, lang))


def hint(given: Hint, basis: str, unit: str, lang: Lang) -> str:
    """What the last years' line would give, as a hint."""
    return phrase(
        "hint",
        lang,
        year=given.year,
        value=numbers.of_metric(given.value, basis),
        spread=numbers.of_metric(given.spread, basis),
        unit="" if basis == "share" else f" {unit}",
    )


def out_of_reach(needed: float, best: float, unit: str, lang: Lang) -> str:
    """That a cumulative threshold is out of reach, even at the best year that any space on the track ever had."""
    return phrase("out_of_reach", lang, needed=numbers.needed(needed), best=numbers.figure(best), unit=unit)
