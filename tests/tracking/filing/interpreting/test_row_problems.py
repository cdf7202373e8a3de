"""A figure that is read already is shown as a person writes it."""

import pandas as pd
import pytest

from tracking.filing.interpreting.row_problems import figure_text


@pytest.mark.parametrize(("scaled", "text"), [(12_000, "1.2"), (200_000, "20"), (5, "0.0005"), (0, "0"), (pd.NA, "—")])
def test_a_figure_of_ten_thousandths_has_no_zeros_behind_it(scaled: int, text: str) -> None:
    assert figure_text(scaled) == text
