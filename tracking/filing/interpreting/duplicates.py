"""What a file says of one space and year in several rows or sheets: the same once more, or something else."""

from collections.abc import Mapping

import numpy as np
import pandas as pd

from tracking.filing.interpreting.row_problems import figure_text, names, problem
from tracking.policy.vocabulary import Metric
from tracking.words.language import LANGUAGES, Lang, text
from tracking.words.problems import Problem

KEYS = ["space_id", "year"]
# No year is as late.
_YEARS = 10_000
# Numbers are counted one by one where there are not many times fewer of them than they are high.
_SPARSE = 10


def join(
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
        row = joined[0]
        label, first = f"{row.space_id} {row.year}", _place("row", row.first_sheet, row.sheet, row=row.first_row)
        problems.append(problem("warning", "rows-joined", row, value=label, first=first, rows=len(joined)))
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
    return problem(
        "error",
        "figure-twice",
        row,
        value=figure_text(row.value),
        metric=names(metric),
        first=_place("cell", before.sheet, row.sheet, row=before.row, letter=before.letter),
        before=figure_text(before.value),
    )


def _place(what: str, first_sheet: object, sheet: object, **there: object) -> dict[Lang, str]:
    """Where the first of two rows or cells stands, by its sheet too where that is another."""
    if first_sheet == sheet or not isinstance(first_sheet, str):
        return {lang: text(f"{what}.told", lang, **there) for lang in LANGUAGES}
    return {lang: text(f"{what}-of-sheet.told", lang, **there, sheet=first_sheet) for lang in LANGUAGES}


def _again(rows: pd.DataFrame, keys: list[str]) -> pd.DataFrame:
    """The rows whose keys an earlier one has, with its place: first_sheet, first_row."""
    shared = rows[rows.duplicated(keys, keep=False)]
    first = shared.drop_duplicates(keys)[[*keys, "sheet", "row"]].rename(
        columns={"sheet": "first_sheet", "row": "first_row"}
    )
    return shared[shared.duplicated(keys)].merge(first, on=keys)
