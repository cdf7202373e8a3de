"""A problem of a figure that is read already: its place as the rows of the figures have it, its metric, its text."""

import pandas as pd

from tracking.filing.interpreting.cells import SCALE
from tracking.policy.vocabulary import Metric
from tracking.words.problems import Problem, Severity


def problem(severity: Severity, code: str, row, *, value: str, **details: object) -> Problem:  # type: ignore[no-untyped-def]  # noqa: ANN001
    """A problem at the place that a row names: sheet, row, and where it has them letter and metric."""
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


def names(metric: Metric) -> dict[str, str]:
    """What a metric is called, by language."""
    return {"zh": metric.name_zh, "en": metric.name_en}


def figure_text(scaled: int) -> str:
    """A figure of ten-thousandths as a person writes it; a dash for a blank."""
    if pd.isna(scaled):
        return "—"
    whole, rest = divmod(int(scaled), SCALE)
    return f"{whole}.{rest:04d}".rstrip("0").rstrip(".")
