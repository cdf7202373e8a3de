"""What figures say in a sentence: none rounded over a threshold, absence no number, none of equals singled out."""

import pandas as pd
import pytest

from tests.tracking.charts.rows import ROW, SHARE, SUM
from tracking.charts import sentences
from tracking.policy.in_force import PassMark


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        (ROW, "2024 年：✕ 未达标，实际 6 家，应达 ≥ 10 家，差 4 家"),
        # 6 of 10 in one decimal would be 70 %, which is what is asked.
        (
            SHARE | {"short_by": 4},
            "2024 年：✕ 未达标，69.96%（6,996 ÷ 10,000），应达 ≥ 70%，再有 4 个即达标",
        ),
        # A third of what is left: rounded down it would not do.
        (
            SUM | {"years_missing": "2022"},
            "2024 年：↘ 进度落后，累计 6 家，至当年应达 10 家，差 4 家，今后每年需 2.4 家，缺 2022 年数据，累计为下限",
        ),
        (ROW | {"actual": None, "status": "unreported"}, "2024 年：? 指标缺报"),
        (ROW | {"basis": "attested", "actual": 0.0, "gap": 1.0}, "2024 年：✕ 否"),
    ],
    ids=["low", "share", "pace", "absent", "attested"],
)
def test_where_a_requirement_stands(row: dict[str, object], sentence: str) -> None:
    assert sentences.requirement(row, "zh") == sentence


def test_a_cell_has_its_sign_and_what_is_absent_no_figure() -> None:
    assert sentences.cell(SHARE, "zh") == "✕ 69.96%"
    assert sentences.cell(ROW | {"basis": "growth", "status": "met", "actual": 3.0}, "zh") == "✓ +3"
    assert sentences.cell(ROW | {"actual": None, "status": "unfiled"}, "zh") == "– 未提交年报"
    assert sentences.cell(ROW | {"actual": None, "status": "upcoming"}, "zh") == "·"


def test_of_several_equal_places_none_is_named() -> None:
    places = pd.DataFrame({"metric_name": ["获投企业", "创业导师"], "year": [2023, 2024], "shortfalls": [4, 4]})
    assert sentences.where(places, "en") == "Most shortfalls: 2 equal places in requirements and years, 4 each"
    places["shortfalls"] = [4, 5]
    assert sentences.where(places, "zh") == "缺口最集中的是“创业导师”：2024 年有 5 项"


def test_a_pass_mark_that_nobody_set_is_told_as_the_default() -> None:
    assert sentences.pass_mark(PassMark("e", 0.8, default=False), "zh") == "通过线：当年 80% 的必达要求须达到"
    assert sentences.pass_mark(PassMark("e", 1.0, default=True), "zh").endswith(
        "政策没有规定通过线，这是系统的默认口径。"
    )
