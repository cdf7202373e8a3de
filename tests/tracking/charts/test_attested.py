"""What is attested, drawn: signs and words, a row each."""

from xml.etree import ElementTree

import pandas as pd

from tests.tracking.charts.drawn import MET, owed
from tracking.charts import attested


def test_what_is_attested_is_a_row_of_signs_and_words() -> None:
    told = [{"actual": 1, "status": "met"}, {"actual": 0, "status": "short"}, {"status": "unreported"}]
    rows = owed("attested", *told)
    drawn = attested.attested(pd.concat([rows, rows.assign(requirement="b", metric_name="平台")]), "说明", "zh")
    heads, (first, second) = cells(drawn)
    assert heads == ["", "20232024 年评价", "20242025 年评价", "20252026 年评价"]
    assert first == ["企业 <b>&", "✓ 是", "✕ 否", "? 指标缺报"]
    assert second[0] == "平台"
    assert "<b>" not in drawn


def test_what_is_attested_in_many_years_is_signs_with_words_behind_them() -> None:
    heads, (row,) = cells(attested.attested(owed("attested", *[MET] * 9, {}), "", "en"))
    assert (heads[0], heads[-1]) == ("20232024", "20322033")
    assert row == ["✓"] * 9 + ["·"]


def test_an_answer_that_is_not_approved_yet_has_the_sign_for_it() -> None:
    _, (row,) = cells(attested.attested(owed("attested", MET, {**MET, "provisional": True}), "", "en"))
    assert row == ["✓ Yes", "✓ Yes° Provisional"]


def cells(drawn: str) -> tuple[list[str], list[list[str]]]:
    """The texts of an HTML table: over its columns, and in its rows."""
    table = ElementTree.fromstring(drawn.replace("<br>", ""))
    told = [["".join(cell.itertext()) for cell in row] for row in table.iter("tr")]
    return told[1], told[2:]
