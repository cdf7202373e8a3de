"""A closing's file read again: its tables byte for byte as they went out, and whole."""

import io
import zipfile
from datetime import date

import pandas as pd

from tracking.closings import archive
from tracking.closings.archive import ClosedYear

SPACES = pd.DataFrame({"space_id": ["S1", "S2"]})


def closed(rows: pd.DataFrame) -> bytes:
    kept, out = io.BytesIO(), io.BytesIO()
    rows.to_parquet(kept, index=False)
    with zipfile.ZipFile(out, "w") as file:
        file.writestr("all/attainment.parquet", kept.getvalue())
        file.writestr("en/attainment.parquet", b"as it went out")
        file.writestr("manifest.json", '{"closing": 3}')
    return out.getvalue()


def test_a_table_is_given_back_as_it_went_out_in_its_language() -> None:
    content = closed(SPACES)
    assert archive.given_back(content, "attainment", "en") == b"as it went out"
    assert archive.manifest(content) == {"closing": 3}


def test_what_was_closed_before_anything_was_provisional_is_final() -> None:
    assert archive.rows(closed(SPACES), "attainment")["provisional"].tolist() == [False, False]
    marked = archive.rows(closed(SPACES.assign(provisional=[True, False])), "attainment")
    assert marked["provisional"].tolist() == [True, False]


def test_a_closed_year_is_chosen_as_any_table_is() -> None:
    assert ClosedYear("e", 2023, date(2024, 5, 1)).chosen("en") == {"editions": ("e",), "years": (2023,), "lang": "en"}
