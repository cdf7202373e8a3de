"""What every chart has in common: room for its labels, a layout that is added to."""

import pytest

from tracking.charts import base


@pytest.mark.parametrize(
    ("labels", "pixels"), [([], 14), (["ab"], 26), (["导师"], 38), (["abcdef<br>导师导师"], 62), ([2024, "a"], 38)]
)
def test_labels_take_what_their_longest_line_takes_a_chinese_sign_twice(labels: list[object], pixels: int) -> None:
    assert base.beside(labels) == pixels


def test_what_is_said_of_an_axis_is_added_to_what_was() -> None:
    drawing = base.blank(200)
    drawing.lay(xaxis={"title": "x"}, height=300)
    assert drawing.layout["xaxis"] == {
        "fixedrange": True,
        "showgrid": False,
        "zeroline": False,
        "automargin": False,
        "title": "x",
    }
    assert drawing.layout["height"] == 300
    assert "title" not in drawing.layout["yaxis"]
