"""A sheet of XLSX holds so many rows, and its columns are as wide as what they say."""

import pandas as pd
import pytest

from tracking.exports import workbook
from tracking.exports.workbook import MOST_ROWS, TooManyRows


def test_a_sheet_holds_its_header_and_one_row_less_than_it_has() -> None:
    workbook.check_fits(MOST_ROWS - 1)
    with pytest.raises(TooManyRows) as refused:
        workbook.check_fits(MOST_ROWS)
    assert (refused.value.rows, refused.value.most) == (1_048_576, 1_048_575)


@pytest.mark.parametrize(
    ("name", "texts", "width"), [("a", ["b"], 8), ("name", ["众创空间名称"], 14), ("note", ["x" * 500], 48)]
)
def test_a_chinese_sign_is_twice_as_wide_and_no_column_a_whole_screen(name: str, texts: list[str], width: int) -> None:
    assert workbook._width(pd.Series(texts, name=name)) == width
