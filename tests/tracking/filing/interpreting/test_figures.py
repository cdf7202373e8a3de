"""The cells under metrics: which are figures, whose, and in which unit; none is taken for what it may not be."""

import pytest

from tests.tracking.filing.interpreting.about import codes, figures, understood
from tracking.policy.vocabulary import Vocabulary


def test_evidence_without_a_figure_explains_a_blank_and_is_none(words: Vocabulary) -> None:
    found = understood(words, "space_id,year,mentors,registered_in_city_evidence\nS01,2022,20,执照\n")
    assert codes(found) == []
    rows = found.observations.set_index("metric")
    assert rows.loc["registered_in_city", "evidence"] == "执照"
    assert rows["value"].isna().to_dict() == {"mentors": False, "registered_in_city": True}


@pytest.mark.parametrize(
    ("rows", "code"),
    [
        ("S01,2022,上年获投企业,5", "qualified-row"),
        ("S01,2022,获投企业（计划）,5", "qualified-row"),
        ("S01,2022,获投厂商,5", "unknown-metric"),
        ("S01,2022,,5", "missing-metric"),
    ],
)
def test_a_row_that_names_no_metric_of_its_year_gives_no_figure(words: Vocabulary, rows: str, code: str) -> None:
    found = understood(words, f"空间编号,年度,指标,数值\nS01,2022,创业导师,20\n{rows}\n")
    assert (codes(found), figures(found)) == ([code], {"mentors": 20})
