"""Figures that a person corrected by hand, as a file that goes the way of every file."""

import csv
import io

import pandas as pd

COLUMNS = ("space_id", "year", "metric", "value", "evidence", "note")


def to_csv(figures: pd.DataFrame) -> bytes:
    """Filings in long form from rows with COLUMNS, all texts as they were typed but the year.

    A row that says nothing is left out; a filing of such rows alone keeps one, so that it stays a filing.
    """
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    for _, rows in figures.groupby(["space_id", "year"], sort=False):
        told = [row for row in rows[list(COLUMNS)].fillna("").itertuples(index=False) if any(row[3:])]
        writer.writerows(told or rows[list(COLUMNS)].fillna("").head(1).itertuples(index=False))
    return out.getvalue().encode("utf-8")
