"""The heatmap, as a city's exported tables have it."""

import pandas as pd
import pytest
from sqlalchemy import Engine

from tests.tracking.results.conftest import TODAY, YEAR
from tests.tracking.results.overview.about import within
from tracking.results.overview import cells


def test_the_heatmap_has_the_statuses_of_the_export_worst_first(
    city: Engine, exported: dict[str, pd.DataFrame], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cells, "PAGE", 1000)
    found, matching = cells.heatmap(city, TODAY, year=YEAR, tracks=("specialization",))
    rows = within(exported["attainment"], {"track": "specialization"})
    rows = rows[rows["year"] == YEAR]
    keys = ["space_id", "requirement", "status", "provisional"]
    assert matching == rows["space_id"].nunique()
    assert {*map(tuple, found[keys].to_numpy())} == {*map(tuple, rows[keys].to_numpy())}
    lost = found[found["mandatory"] & found["status"].isin(("short", "unreported", "unfiled"))]
    order = [int((lost["space_id"] == space).sum()) for space in found["space_id"].unique()]
    assert order == sorted(order, reverse=True)


def test_pages_of_the_heatmap_have_every_space_once(programme: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cells, "PAGE", 5)
    pages = [cells.heatmap(programme, TODAY, year=YEAR, tracks=("branding",), page=page)[0] for page in (1, 2, 3)]
    spaces = [space for page in pages for space in page["space_id"].unique()]
    _, matching = cells.heatmap(programme, TODAY, year=YEAR, tracks=("branding",))
    assert len(spaces) == len({*spaces}) == matching


@pytest.mark.parametrize(("search", "found"), [("空间 003", 1), ("sl00009", 1), ("%", 0)])
def test_a_search_is_part_of_a_name_or_an_id_taken_literally(programme: Engine, search: str, found: int) -> None:
    assert cells.heatmap(programme, TODAY, year=YEAR, search=search)[1] == found
