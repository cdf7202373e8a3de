"""What every chart is made of: labels that fit."""

import pytest

from tracking.charts import base


@pytest.mark.parametrize(("name", "shown"), [("short", "short"), ("名" * 12, "名" * 12), ("名" * 13, f"{'名' * 11}…")])
def test_a_long_name_ends_in_an_ellipsis(name: str, shown: str) -> None:
    assert base.short(name) == shown
