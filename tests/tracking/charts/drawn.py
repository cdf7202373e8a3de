"""Rows of one requirement to be drawn, and what stands on a chart then."""

import pandas as pd
import plotly.graph_objects as go

from tracking.results import outlook

NO_PEERS = pd.DataFrame({"requirement": pd.Series(dtype="str"), "period_year": pd.Series(dtype="int64")}).assign(
    spaces=0, lower=0.0, median=0.0, upper=0.0
)


def owed(basis: str, *years: dict[str, object], threshold: float = 10) -> pd.DataFrame:
    """The rows of `attainment` of one requirement, a year each from 2023 on."""
    usual = {
        "requirement": "north.target.1.firms",
        "metric_name": "企业 <b>&",
        "unit": "家",
        "basis": basis,
        "comparison": ">=",
        "threshold": threshold,
        "required": threshold,
        "actual": None,
        "numerator": None,
        "denominator": None,
        "short_by": None,
        "needed_per_year": None,
        "status": "upcoming",
        "mandatory": True,
        "provisional": False,
    }
    rows = [
        {
            **usual,
            "year": 2023 + number,
            "period_year": number + 1,
            "phase": "cultivation" if number else "construction",
        }
        | year
        for number, year in enumerate(years)
    ]
    figures = ["actual", "numerator", "denominator", "needed_per_year", "required", "threshold"]
    return pd.DataFrame(rows).astype(dict.fromkeys(figures, "float64") | {"short_by": "Int64"})


def trace(drawn: go.Figure, name: str) -> go.Bar:
    """The trace of a name."""
    return next(each for each in drawn.data if each.name == name)


def notes(drawn: go.Figure) -> str:
    """All that stands on a chart in words."""
    return "\n".join(str(each.text) for each in drawn.layout.annotations)


HINT = outlook.Hint(2024, 30.0, 10.0)


MET, SHORT, UNFILED = {"actual": 12, "status": "met"}, {"actual": 8, "status": "short"}, {"status": "unfiled"}
