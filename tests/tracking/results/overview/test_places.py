"""Districts, and the filings that came, as a city's exported tables have them."""

import pandas as pd
from sqlalchemy import Engine

from tests.tracking.results.conftest import TODAY, YEAR
from tests.tracking.results.overview.about import APPROVED, Scope, chosen, judged, within
from tracking.results.overview import places


def test_districts_and_filings_are_those_of_the_exports(
    city: Engine, exported: dict[str, pd.DataFrame], scope: Scope
) -> None:
    found = places.districts(city, TODAY, year=YEAR, **chosen(scope)).set_index("district")
    for year, suffix in ((YEAR, ""), (YEAR - 1, "_before")):
        rows = judged(exported, scope, year).reset_index()
        assert found[f"judged{suffix}"][lambda of: of > 0].to_dict() == rows.groupby("district").size().to_dict()
        passed = rows[rows["result"] == "pass"].groupby("district").size()
        assert found[f"passed{suffix}"][lambda of: of > 0].to_dict() == passed.to_dict()
    rests = judged(exported, scope, YEAR).groupby("district")["provisional"].sum()
    assert found["provisional"].to_dict() == rests.to_dict()
    received = places.filings(city, TODAY, year=YEAR, **chosen(scope))
    for year in (YEAR, YEAR - 1):
        # That a filing came is no figure of it.
        owing = within(exported["evaluations"], {} if scope == APPROVED else scope)
        owing = owing[(owing["year"] == year) & owing["due"].notna()]["space_id"]
        filings = exported["filings"]
        filings = filings[(filings["year"] == year) & filings["space_id"].isin(owing)]
        told = received[received["year"] == year].groupby("state")["filings"].sum()
        assert told.to_dict() == filings["state"].value_counts().to_dict()
        assert received[received["year"] == year]["provisional"].sum() == filings["provisional"].sum()
