"""Figures held against each other: twice the same, a part above its whole, ten times the year before."""

from collections.abc import Collection, Iterator, Mapping, Sequence

import numpy as np
import pandas as pd

from tracking.filing.interpreting import among_others
from tracking.filing.interpreting.among_others import Peers
from tracking.filing.interpreting.cells import SCALE
from tracking.policy.vocabulary import Metric, Rule
from tracking.words.language import LANGUAGES, Lang, text
from tracking.words.problems import Problem, Severity

KEYS = ["space_id", "year"]
# No year is as late.
_YEARS = 10_000
# The figures of each metric, as `by_metric` has them.
Figures = Mapping[str, pd.DataFrame]
# From so many times on a figure is asked about, up or down; of money sooner: 千元 for 万元 is the commonest slip.
_OF_COUNTS, _OF_MONEY = 10, 5
# Numbers are counted one by one where there are not many times fewer of them than they are high.
_SPARSE = 10
# More than any figure.
_ABOVE_ALL = np.iinfo(np.int64).max


def twice(
    filings: pd.DataFrame, observations: pd.DataFrame, metrics: Mapping[str, Metric]
) -> tuple[pd.DataFrame, list[Problem]]:
    """The figures, those of one space and year in several rows or sheets joined, and what is to be told of that.

    What says different things about one metric is an error that names both cells; what says the same is one figure.
    """
    keys = [*KEYS, "metric"]
    problems: list[Problem] = []
    contradicted: set[tuple[str, int]] = set()
    repeated = _repeated(observations)
    if repeated.any():
        again = observations[repeated]
        first = observations[observations.duplicated(keys, keep=False)].drop_duplicates(keys)
        at = {(row.space_id, row.year, row.metric): row for row in first.itertuples()}
        more: dict[int, dict[str, str]] = {}
        for row in again.itertuples():
            before = at[row.space_id, row.year, row.metric]
            if _contradict(before, row):
                contradicted.add((row.space_id, row.year))
                problems.append(_two_cells(before, row, metrics[row.metric]))
            for word in ("evidence", "note"):
                if pd.isna(getattr(before, word)) and pd.notna(getattr(row, word)):
                    more.setdefault(before.Index, {}).setdefault(word, getattr(row, word))
        observations = observations.drop_duplicates(keys)
        for index, words in more.items():
            for word, explanation in words.items():
                observations.loc[index, word] = explanation
        observations = observations.reset_index(drop=True)
    rows = _again(filings[filings["once"]], KEYS)
    joined = [row for row in rows.itertuples() if (row.space_id, row.year) not in contradicted]
    if joined:
        label = f"{joined[0].space_id} {joined[0].year}"
        problems.append(
            _problem("warning", "rows-joined", joined[0], value=label, first=_first(joined[0]), rows=len(joined))
        )
    return observations, problems


def _repeated(observations: pd.DataFrame) -> np.ndarray:
    """Which rows say something about a space, a year and a metric that an earlier one does; as one number each."""
    space, metric = observations["space_id"].cat, observations["metric"].cat
    years = observations["year"].to_numpy("int64")
    first, last = years.min(initial=_YEARS), years.max(initial=0)
    numbers = space.codes.to_numpy("int64") * (last - first + 1) + years - first
    numbers = numbers * len(metric.categories) + metric.codes.to_numpy("int64")
    if numbers.max(initial=0) < _SPARSE * len(numbers) and np.bincount(numbers).max(initial=0) < 2:
        # Mostly none does, and counting shows it soonest.
        return np.zeros(len(numbers), dtype=bool)
    return np.asarray(pd.Series(numbers).duplicated())


def _contradict(one, other) -> bool:  # type: ignore[no-untyped-def]  # noqa: ANN001
    """Whether two rows say different things of one metric; a word about a blank is one thing, a figure another."""
    if pd.isna(one.value) != pd.isna(other.value) or pd.notna(one.value) and one.value != other.value:
        return True
    return any(
        pd.notna(first) and pd.notna(second) and first != second
        for first, second in ((one.evidence, other.evidence), (one.note, other.note))
    )


def _two_cells(before, row, metric: Metric) -> Problem:  # type: ignore[no-untyped-def]  # noqa: ANN001
    return _problem(
        "error",
        "figure-twice",
        row,
        value=_figure_text(row.value),
        metric=_names(metric),
        first=_cell(before, row.sheet),
        before=_figure_text(before.value),
    )


def _cell(row, sheet: object) -> dict[Lang, str]:  # type: ignore[no-untyped-def]  # noqa: ANN001
    """Where the first of two cells stands, by its sheet too where that is another."""
    there = {"row": row.row, "letter": row.letter}
    if row.sheet == sheet or not isinstance(row.sheet, str):
        return {lang: text("cell.told", lang, **there) for lang in LANGUAGES}
    return {lang: text("cell-of-sheet.told", lang, **there, sheet=row.sheet) for lang in LANGUAGES}


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
                value=_figure_text(row.value),
                metric=_names(metrics[rule.part]),
                whole=_names(metrics[rule.whole]),
                limit=_figure_text(limit),
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
            yield _problem(
                "warning",
                "tenfold" if far else "fivefold",
                row,
                value=_figure_text(row.value),
                metric=_names(metric),
                before=_figure_text(last),
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
        yield _problem(
            "warning",
            "far-above-others",
            row,
            value=_figure_text(row.value),
            metric=_names(metric),
            highest=_figure_text(int(highest)),
            year=row.year,
            unit={"zh": metric.unit_zh, "en": metric.unit_en},
        )


def _rows(observations: pd.DataFrame, figures: pd.DataFrame):  # type: ignore[no-untyped-def]  # noqa: ANN202 - rows by name
    # Mostly there are none, and to take none of millions takes its time.
    return observations.iloc[figures["at"]].itertuples() if len(figures) else ()


def _problem(severity: Severity, code: str, row, *, value: str, **details: object) -> Problem:  # type: ignore[no-untyped-def]  # noqa: ANN001
    letter = getattr(row, "letter", None)
    return Problem(
        severity,
        code,
        sheet=row.sheet if isinstance(row.sheet, str) else None,
        row=int(row.row),
        column=getattr(row, "metric", None),
        value=value,
        letter=letter if isinstance(letter, str) else None,
        details=details,
    )


def _names(metric: Metric) -> dict[str, str]:
    return {"zh": metric.name_zh, "en": metric.name_en}


def _figure_text(scaled: int) -> str:
    if pd.isna(scaled):
        return "—"
    whole, rest = divmod(int(scaled), SCALE)
    return f"{whole}.{rest:04d}".rstrip("0").rstrip(".")
