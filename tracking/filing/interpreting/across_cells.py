"""Figures held against each other: twice the same, a part above its whole, ten times the year before."""

from collections.abc import Iterator, Mapping, Sequence

import numpy as np
import pandas as pd

from tracking.filing.interpreting.cells import SCALE
from tracking.policy.vocabulary import Metric, Rule
from tracking.words.language import LANGUAGES, Lang, text
from tracking.words.problems import Problem, Severity

KEYS = ["space_id", "year"]
# No year is as late.
_YEARS = 10_000
# The figures of each metric, as `by_metric` has them.
Figures = Mapping[str, pd.DataFrame]
# More than any figure.
_ABOVE_ALL = np.iinfo(np.int64).max


def twice(filings: pd.DataFrame, observations: pd.DataFrame, metrics: Mapping[str, Metric]) -> Iterator[Problem]:
    """Errors for a space and year in two rows, and for a metric of a space and year in two."""
    whole = filings[filings["once"]]
    again = _again(whole, KEYS)
    for row in again.itertuples():
        told = f"{row.space_id} {row.year}"
        yield _problem("error", "filing-twice", row, value=told, first=_first(row))
    if filings["once"].all():
        return
    told_already = set(zip(again["sheet"], again["row"], strict=True))
    for row in _again(observations, [*KEYS, "metric"]).itertuples():
        if (row.sheet, row.row) in told_already:
            continue
        names = _names(metrics[row.metric])
        yield _problem("error", "figure-twice", row, value=_told(row.value), metric=names, first=_first(row))


def _again(rows: pd.DataFrame, keys: list[str]) -> pd.DataFrame:
    """The rows whose keys an earlier one has, with its place: first_sheet, first_row."""
    shared = rows[rows.duplicated(keys, keep=False)]
    first = shared.drop_duplicates(keys)[[*keys, "sheet", "row"]].rename(
        columns={"sheet": "first_sheet", "row": "first_row"}
    )
    return shared[shared.duplicated(keys)].merge(first, on=keys)


def _first(row) -> dict[Lang, str]:  # type: ignore[no-untyped-def]  # noqa: ANN001
    """Where the first of two rows stands, by its sheet too where that is another."""
    if row.first_sheet == row.sheet or not isinstance(row.first_sheet, str):
        return {lang: text("row.told", lang, row=row.first_row) for lang in LANGUAGES}
    return {lang: text("row-of-sheet.told", lang, row=row.first_row, sheet=row.first_sheet) for lang in LANGUAGES}


def by_metric(observations: pd.DataFrame) -> Figures:
    """The figures of each metric: value, and the row of the observations at which it stands.

    The index is a number for the space and the year; that of the same space's year before is one less.
    """
    metric = observations["metric"].cat
    rows = np.flatnonzero(observations["value"].notna())
    rows = rows[np.argsort(metric.codes.to_numpy()[rows], kind="stable")]
    filings = observations["space_id"].cat.codes.to_numpy("int64") * _YEARS + observations["year"].to_numpy()
    values = observations["value"].to_numpy("int64", na_value=0)
    figures = pd.DataFrame({"value": values[rows], "at": rows}, index=filings[rows])
    codes, first, counts = np.unique(metric.codes.to_numpy()[rows], return_index=True, return_counts=True)
    return {
        metric.categories[code]: figures.iloc[start : start + count]
        for code, start, count in zip(codes, first, counts, strict=True)
    }


def parts(
    observations: pd.DataFrame, figures: Figures, metrics: Mapping[str, Metric], rules: Sequence[Rule]
) -> Iterator[Problem]:
    """Errors for every part that is larger than its whole in the same filing; `figures` are those by metric."""
    for rule in rules:
        if rule.part not in figures or rule.whole not in figures:
            continue
        part = figures[rule.part]
        whole = figures[rule.whole]["value"].reindex(part.index, fill_value=_ABOVE_ALL)
        larger = part["value"] > whole
        for row, limit in zip(_rows(observations, part[larger]), whole[larger], strict=True):
            yield _problem(
                "error",
                "part-exceeds-whole",
                row,
                value=_told(row.value),
                metric=_names(metrics[rule.part]),
                whole=_names(metrics[rule.whole]),
                limit=_told(limit),
            )


def tenfold(
    observations: pd.DataFrame, figures: Figures, metrics: Mapping[str, Metric], stored: pd.DataFrame
) -> Iterator[Problem]:
    """Warnings for figures ten times or more, or a tenth or less, of the year before.

    `stored`: space_id, year, metric, value in ten-thousandths; the file itself goes before what is stored.
    """
    kinds = {name: observations[name].dtype for name in ("space_id", "metric")}
    stored_figures = by_metric(stored.astype(kinds).dropna(subset=list(kinds)))
    for code, filed in figures.items():
        metric = metrics[code]
        if metric.kind not in ("whole", "decimal"):
            continue
        before = filed["value"]
        if code in stored_figures:
            before = before.combine_first(stored_figures[code]["value"])
        # As doubles: ten times the largest figure would not fit an integer.
        now = filed["value"].to_numpy("float64")
        then = before.reindex(filed.index - 1, fill_value=0).to_numpy("float64")
        leaps = (now > 0) & (then > 0) & ((now >= 10 * then) | (10 * now <= then))
        for row, last in zip(_rows(observations, filed[leaps]), then[leaps], strict=True):
            yield _problem(
                "warning",
                "tenfold",
                row,
                value=_told(row.value),
                metric=_names(metric),
                before=_told(last),
                last_year=row.year - 1,
                unit={"zh": metric.unit_zh, "en": metric.unit_en},
            )


def _rows(observations: pd.DataFrame, figures: pd.DataFrame):  # type: ignore[no-untyped-def]  # noqa: ANN202 - rows by name
    # Mostly there are none, and to take none of millions takes its time.
    return observations.iloc[figures["at"]].itertuples() if len(figures) else ()


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
