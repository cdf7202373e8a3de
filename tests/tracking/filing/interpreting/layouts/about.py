"""What sheets of every layout are read by, and what is read of them."""

from collections.abc import Sequence
from datetime import date

from tracking.filing.choices import NONE, Choices
from tracking.filing.enrolled import Register
from tracking.filing.interpreting import filings as filings_read
from tracking.filing.interpreting.interpretation import Interpretation
from tracking.filing.spreadsheets.grids import Grid
from tracking.policy.vocabulary import Vocabulary
from tracking.words.language import LANGUAGES

TODAY = date(2025, 6, 30)
SPACES = {"SL00001": "银杏众创", "SL00002": "海棠创客空间（集团）"}
REGISTER = Register(
    names=SPACES,
    years=dict.fromkeys(SPACES, frozenset(range(2021, 2025))),
    enrolments=dict.fromkeys(SPACES, [(2022, 2024)]),
)
Rows = Sequence[Sequence[str]]
Merged = tuple[tuple[int, int, int, int], ...]
FIRMS, MENTORS, CAPITAL, LEGAL = "funded_firms", "mentors", "capital_raised", "registered_in_city"
OURS = "SL00001"


def read(
    words: Vocabulary, rows: Rows, sheet: str | None = None, merged: Merged = (), choices: Choices = NONE
) -> Interpretation:
    """What a sheet is read as; every problem of it has its sentences."""
    grid = Grid(sheet, [list(row) for row in rows], merged)
    told = filings_read.interpret([grid], words, REGISTER, TODAY, choices=choices)
    assert all(problem.message(lang) and problem.hint(lang) for problem in told.problems for lang in LANGUAGES)
    return told


def figures(told: Interpretation) -> dict[tuple[str, int, str], float]:
    """The figures by space, year and metric."""
    rows = told.observations[told.observations["value"].notna()].itertuples()
    return {(str(row.space_id), int(row.year), str(row.metric)): row.value / 10_000 for row in rows}


def codes(told: Interpretation, severity: str = "error") -> list[str]:
    """The codes of the problems of a severity."""
    return [problem.code for problem in told.problems if problem.severity == severity]


FORM = [
    ["指标名称", "计量单位", "代码", "本年", "上年"],
    ["甲", "乙", "丙", "1", "2"],
    ["获投企业", "家", "01", "6", "5"],
    ["创业导师", "人", "02", "25", "20"],
    ["获得资本金额", "万元", "03", "1200", "900"],
    ["本市注册独立法人", "—", "04", "是", "是"],
]
FILED = {
    (OURS, 2024, FIRMS): 6,
    (OURS, 2024, MENTORS): 25,
    (OURS, 2024, CAPITAL): 1200,
    (OURS, 2024, LEGAL): 1,
}
GROUPED = {
    (OURS, 2023, FIRMS): 5,
    (OURS, 2023, MENTORS): 20,
    (OURS, 2024, FIRMS): 6,
    (OURS, 2024, MENTORS): 25,
}
