"""Figures held against each other: twice the same, a part above its whole, ten times the year before."""

from collections.abc import Mapping, Sequence

import pandas as pd

from tracking.cells import SCALE
from tracking.problems import Problem, Severity
from tracking.vocabulary import Metric, Rule

KEYS = ["space_id", "year"]


def twice(filings: pd.DataFrame, observations: pd.DataFrame) -> list[Problem]:
    """Errors for a space and year in two rows, and for a metric of a space and year in two."""
    problems = []
    whole = filings[filings["once"]]
    whole = whole.assign(first=whole.groupby(KEYS)["row"].transform("first"))
    for row in whole[whole.duplicated(KEYS)].itertuples():
        problems.append(_problem("error", "filing-twice", row, first=row.first, value=f"{row.space_id} {row.year}"))
    keys = [*KEYS, "metric"]
    if filings["once"].all():
        return problems
    figures = observations.assign(first=observations.groupby(keys)["row"].transform("first"))
    for row in figures[figures.duplicated(keys)].itertuples():
        problems.append(_problem("error", "figure-twice", row, first=row.first, value=_told(row.value)))
    return problems


def parts(observations: pd.DataFrame, metrics: Mapping[str, Metric], rules: Sequence[Rule]) -> list[Problem]:
    """Errors for every part that is larger than its whole in the same filing."""
    problems = []
    figures = observations[observations["value"].notna()]
    by_metric = dict(tuple(figures.groupby("metric", sort=False)))
    for rule in rules:
        if rule.part not in by_metric or rule.whole not in by_metric:
            continue
        wholes = by_metric[rule.whole][[*KEYS, "value"]].rename(columns={"value": "whole"})
        both = by_metric[rule.part].merge(wholes, on=KEYS)
        for row in both[both["value"] > both["whole"]].itertuples():
            problems.append(
                _problem(
                    "error",
                    "part-exceeds-whole",
                    row,
                    value=_told(row.value),
                    metric=_names(metrics[rule.part]),
                    whole=_names(metrics[rule.whole]),
                    limit=_told(row.whole),
                )
            )
    return problems


def tenfold(observations: pd.DataFrame, metrics: Mapping[str, Metric], stored: pd.DataFrame) -> list[Problem]:
    """Warnings for figures ten times or more, or a tenth or less, of the year before.

    `stored`: space_id, year, metric, value in ten-thousandths; the file itself goes before what is stored.
    """
    asked = [code for code, metric in metrics.items() if metric.kind in ("whole", "decimal")]
    figures = observations[observations["value"].notna() & observations["metric"].isin(asked)]
    keys = [*KEYS, "metric"]
    before = pd.concat([figures[[*keys, "value"]], stored[[*keys, "value"]]]).drop_duplicates(keys)
    before = before.assign(year=before["year"] + 1).rename(columns={"value": "before"})
    both = figures.merge(before, on=keys)
    # As doubles: ten times the largest figure would not fit an integer.
    both = both[(both["value"] > 0) & (both["before"] > 0)].astype({"value": "float64", "before": "float64"})
    leaps = both[(both["value"] >= 10 * both["before"]) | (10 * both["value"] <= both["before"])]
    return [
        _problem(
            "warning",
            "tenfold",
            row,
            value=_told(row.value),
            metric=_names(metrics[row.metric]),
            before=_told(row.before),
            last_year=row.year - 1,
            unit={"zh": metrics[row.metric].unit_zh, "en": metrics[row.metric].unit_en},
        )
        for row in leaps.itertuples()
    ]


def _problem(severity: Severity, code: str, row, *, value: str, **details: object) -> Problem:  # type: ignore[no-untyped-def]  # noqa: ANN001
    return Problem(
        severity,
        code,
        sheet=row.sheet if isinstance(row.sheet, str) else None,
        row=int(row.row),
        column=getattr(row, "metric", None),
        value=value,
        letter=getattr(row, "letter", None),
        details=details,
    )


def _names(metric: Metric) -> dict[str, str]:
    return {"zh": metric.name_zh, "en": metric.name_en}


def _told(scaled: int) -> str:
    whole, rest = divmod(int(scaled), SCALE)
    return f"{whole}.{rest:04d}".rstrip("0").rstrip(".")
