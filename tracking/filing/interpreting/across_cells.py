"""Figures held against each other: a part above its whole, ten times the year before, far above all others."""

from collections.abc import Collection, Iterator, Mapping, Sequence

import numpy as np
import pandas as pd

from tracking.filing.interpreting import among_others
from tracking.filing.interpreting.among_others import Peers
from tracking.filing.interpreting.row_problems import figure_text, names, problem
from tracking.policy.vocabulary import Metric, Rule
from tracking.words.problems import Problem

# No year is as late.
_YEARS = 10_000
# The figures of each metric, as `by_metric` has them.
Figures = Mapping[str, pd.DataFrame]
# From so many times on a figure is asked about, up or down; of money sooner: 千元 for 万元 is the commonest slip.
_OF_COUNTS, _OF_MONEY = 10, 5
# More than any figure.
_ABOVE_ALL = np.iinfo(np.int64).max


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
            yield problem(
                "error",
                "part-exceeds-whole",
                row,
                value=figure_text(row.value),
                metric=names(metrics[rule.part]),
                whole=names(metrics[rule.whole]),
                limit=figure_text(limit),
            )


def leaps(
    observations: pd.DataFrame,
    figures: Figures,
    metrics: Mapping[str, Metric],
    money: Collection[str],
    stored: pd.DataFrame,
    peers: Peers,
) -> Iterator[Problem]:
    """Warnings for figures ten times or more, or a tenth or less, of the year before; of money five times or a fifth.

    `stored`: space_id, year, metric, value in ten-thousandths; the file itself goes before what is stored. Where there
    is no year before, a figure is held against those of other spaces: `peers` gives the highest.
    """
    kinds = {name: observations[name].dtype for name in ("space_id", "metric")}
    stored_figures = by_metric(stored.astype(kinds).dropna(subset=list(kinds)))
    lone = []
    for code, filed in figures.items():
        metric = metrics[code]
        if metric.kind not in ("whole", "decimal"):
            continue
        # As doubles: ten times the largest figure would not fit an integer.
        now = filed["value"].to_numpy("float64")
        then = _year_before(filed, stored_figures.get(code))
        lone.append(filed["at"].to_numpy()[(now > 0) & (then <= 0)])
        times = _OF_MONEY if code in money else _OF_COUNTS
        leap = (now > 0) & (then > 0) & ((now >= times * then) | (times * now <= then))
        for row, last in zip(_rows(observations, filed[leap]), then[leap], strict=True):
            far = row.value >= _OF_COUNTS * last or _OF_COUNTS * row.value <= last
            yield problem(
                "warning",
                "tenfold" if far else "fivefold",
                row,
                value=figure_text(row.value),
                metric=names(metric),
                before=figure_text(last),
                last_year=row.year - 1,
                unit={"zh": metric.unit_zh, "en": metric.unit_en},
            )
    yield from _far_above(observations, np.concatenate(lone) if lone else np.array([], dtype=int), metrics, peers)


def _year_before(filed: pd.DataFrame, stored: pd.DataFrame | None) -> np.ndarray:
    """For each figure that of the same space's year before, in the file or else stored; 0 where there is none."""
    both = [filed] if stored is None else [stored, filed]
    known = np.concatenate([each.index.to_numpy() for each in both])
    order = np.argsort(known, kind="stable")
    known, values = known[order], np.concatenate([each["value"].to_numpy("float64") for each in both])[order]
    wanted = filed.index.to_numpy() - 1
    # Of two the last one: the file goes before what is stored.
    at = np.searchsorted(known, wanted, side="right") - 1
    then: np.ndarray = np.where(known[at] == wanted, values[at], 0)
    return then


def _far_above(
    observations: pd.DataFrame, at: np.ndarray, metrics: Mapping[str, Metric], peers: Peers
) -> Iterator[Problem]:
    """Warnings for figures without a year before, ten times or more the highest of any other space of the track."""
    if not len(at):
        return
    for place, highest in among_others.far_above(observations, np.sort(at), peers, _OF_COUNTS):
        row = next(observations.iloc[[place]].itertuples())
        metric = metrics[row.metric]
        yield problem(
            "warning",
            "far-above-others",
            row,
            value=figure_text(row.value),
            metric=names(metric),
            highest=figure_text(int(highest)),
            year=row.year,
            unit={"zh": metric.unit_zh, "en": metric.unit_en},
        )


def _rows(observations: pd.DataFrame, figures: pd.DataFrame):  # type: ignore[no-untyped-def]  # noqa: ANN202 - rows by name
    # Mostly there are none, and to take none of millions takes its time.
    return observations.iloc[figures["at"]].itertuples() if len(figures) else ()
