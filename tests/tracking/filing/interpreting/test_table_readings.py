"""The tables of a file, each read by itself: all of their figures, and what one column can say."""

from tests.tracking.filing.interpreting.about import REGISTER
from tests.tracking.filing.interpreting.forty import figures, understood, workbook_of
from tracking.filing.interpreting import fitting, table_readings
from tracking.filing.interpreting.headers import Words
from tracking.filing.spreadsheets.grids import Grid
from tracking.policy.vocabulary import Vocabulary

WIDE = [["空间编号", "年度", "创业导师"], ["S01", 2022, 25]]
LONG = [["空间编号", "年度", "指标", "数值"], ["S02", 2022, "创业导师", 3]]


def test_the_figures_of_all_tables_are_the_file_s(words: Vocabulary) -> None:
    content = workbook_of(宽=WIDE, 长=LONG)
    assert figures(words, content) == {("S01", 2022, "mentors"): 25, ("S02", 2022, "mentors"): 3}
    assert understood(words, content).filings["sheet"].tolist() == ["宽", "长"]


def test_a_column_can_say_what_is_registered_asked_and_in_the_file(words: Vocabulary) -> None:
    grids = [Grid("甲", []), Grid("乙", []), Grid("甲", [])]
    kinds = table_readings.kinds(grids, Words(words), REGISTER)
    assert list(kinds["space_id"].categories) == ["S01", "S02", "00012"]
    assert list(kinds["sheet"].categories) == ["甲", "乙", fitting.ON_THE_PAGE, fitting.FILED_BEFORE]
    assert list(kinds["letter"].categories[[0, 25, 26]]) == ["A", "Z", "AA"]
