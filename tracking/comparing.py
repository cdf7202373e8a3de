"""Figures held against each other: twice the same, a part above its whole, ten times the year before."""

from collections.abc import Mapping, Sequence

import pandas as pd

from tracking.cells import SCALE
from tracking.language import LANGUAGES, Lang, text
from tracking.problems import Problem, Severity
from tracking.vocabulary import Metric, Rule

KEYS = ["space_id", "year"]


def twice(filings: pd.DataFrame, observations: pd.DataFrame, metrics: Mapping[str, Metric]) -> list[Problem]:
    """Errors for a space and year in two rows, and for a metric of a space and year in two."""
    problems = []
    whole = filings[filings["once"]]
    again = _again(whole, KEYS)
    for row in again.itertuples():
        told = f"{row.space_id} {row.year}"
        problems.append(_problem("error", "filing-twice", row, value=told, first=_first(row)))
    if filings["once"].all():
        return problems
    told_already = set(zip(again["sheet"], again["row"], strict=True))
    for row in _again(observations, [*KEYS, "metric"]).itertuples():
        if (row.sheet, row.row) in told_already:
            continue
        names = _names(metrics[row.metric])
        problems.append(_problem("error", "figure-twice", row, value=_told(row.value), metric=names, first=_first(row)))
    return problems


def _again(rows: pd.DataFrame, keys: list[str]) -> pd.DataFrame:
    """The rows whose keys an earlier one has, with its place: first_sheet, first_row."""
    first = rows.drop_duplicates(keys)[[*keys, "sheet", "row"]].rename(
        columns={"sheet": "first_sheet", "row": "first_row"}
    )
    return rows[rows.duplicated(keys)].merge(first, on=keys)


def _first(row) -> dict[Lang, str]:  # type: ignore[no-untyped-def]  # noqa: ANN001
    """Where the first of two rows stands, by its sheet too where that is another."""
    if row.first_sheet == row.sheet or not isinstance(row.first_sheet, str):
        return {lang: text("row.told", lang, row=row.first_row) for lang in LANGUAGES}
    return {lang: text("row-of-sheet.told", lang, row=row.first_row, sheet=row.first_sheet) for lang in LANGUAGES}


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
    if pd.isna(scaled):
        return "—"
    whole, rest = divmod(int(scaled), SCALE)
    return f"{whole}.{rest:04d}".rstrip("0").rstrip(".")
