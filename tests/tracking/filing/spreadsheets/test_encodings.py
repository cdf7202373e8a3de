"""Text of every encoding, delimiter and line ending; text that is damaged, or none."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.limits import refused
from tracking.filing.spreadsheets.grids import SIZE_LIMIT, read

ENCODINGS = ("utf-8", "utf-8-sig", "utf-16", "gb18030")
HEADER = "空间编号,年度,在孵企业\n"
_OF_SEMICOLONS = (["a", "b", "c"], ["S1", "2023", "1,574"], ["S2", "2023"])


def rows(content: bytes) -> list[list[str]]:
    (grid,) = read(content, "filing.csv")
    return grid.rows


cells = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Co", "Cn"]).filter(
        lambda sign: sign not in "\ufeff\u2028\u2029"
    )
    | st.sampled_from('",;\t\n'),
    max_size=8,
)
tables = st.integers(2, 5).flatmap(
    lambda width: st.lists(st.lists(cells, min_size=width, max_size=width), min_size=1, max_size=6)
)


@given(tables, st.sampled_from(ENCODINGS), st.sampled_from(",;\t"), st.sampled_from(["\n", "\r\n", "\r"]))
def test_a_table_reads_back_whatever_wrote_it(table, encoding, delimiter, ending):
    table = [["空间编号", *(f"列{number}" for number in range(1, len(table[0])))], *table]
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=delimiter, lineterminator=ending, quoting=csv.QUOTE_ALL).writerows(table)

    assert rows(text.getvalue().encode(encoding)) == table


@pytest.mark.parametrize(
    "text",
    [
        "空间编号;年度;投资额\nS1;2024;1,200\nS2;2024;3,400\n",
        "空间编号\t年度\t投资额(10,000 CNY)\nS1\t2024\t1,200\n",
        '空间编号,年度,说明\nS1,2024,"a;b;c;d;e;f"\n',
        "空间编号;年度;说明\nS1;2024;a, b, c, d, e, f\n",
        "2024年度填报表, 合计, 家, 人\n空间编号;年度;说明\nS1;2024;无\n",
    ],
)
def test_the_delimiter_is_the_one_that_cuts_rows_alike(text):
    table = rows(text.encode())

    assert [len(row) for row in table[-2:]] == [3, 3]


def test_utf_8_that_is_damaged_is_not_taken_for_gb18030():
    text = (HEADER + "S1,2024,二十家企业\n").encode()

    assert refused(text[:-3] + b"\n", "filing.csv").code == "file-encoding"
    assert refused(text[:-3] + b"\n", "filing.csv").row == 2


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "file-empty"),
        (b"\xef\xbb\xbf\r\n \r\n", "file-empty"),
        (b"%PDF-1.7 ...", "file-not-a-spreadsheet"),
        (b"\xef\xbb\xbf<HTML><table>", "file-not-a-spreadsheet"),
        (HEADER.encode() + b"S1,2024,\x0020\n", "file-binary"),
        (bytes(range(256)) * 9, "file-encoding"),
        ("空间编号".encode("utf-16-le"), "file-binary"),
        (b"\xff\xfe" + b"a", "file-encoding"),
        (HEADER.encode() + b'S1,2024,"20\nS2,2024,30\n', "file-quotation"),
        (HEADER.encode() + b'S1,"2024,20\nS2,"2024,30\n', "file-quotation"),
        (HEADER.encode() + b"S1,2024," + b"x" * 40_000, "file-cell-too-long"),
        (HEADER.encode() + b"," * 1_000_000, "file-too-wide"),
        (HEADER.encode() + b"\n" * 1_100_000, "file-too-long"),
    ],
    ids=lambda value: None if isinstance(value, str) else value[:12].hex(),
)
def test_what_is_no_table_is_refused_with_a_sentence(content, code):
    assert refused(content, "filing.xlsx").code == code


def test_a_file_above_the_limit_is_refused_unread():
    assert refused(b"a" * (SIZE_LIMIT + 1), "large.csv").code == "file-too-large"


@pytest.mark.parametrize("text", ["S1,2024,說明", "空間編號,年度,創業導師\nS1,2024,20", "S1,2024,二十家企業獲得投資"])
def test_text_in_big5_is_refused_not_read_as_nonsense(text):
    assert refused(text.encode("big5"), "filing.csv").code == "file-other-encoding"


@pytest.mark.parametrize("text", ["S1,說明", "空間編號,年度,創業導師", "镕基瑶琨焜堃昇䶮", "①㎡（集团）有限公司"])
def test_rare_and_traditional_signs_in_gb18030_are_read(text):
    assert rows(text.encode("gb18030")) == [text.split(",")]


@pytest.mark.parametrize(
    ("text", "table"),
    [
        ('"a", "b", "c"\n"S1", "2023", "1,574"\n', [["a", "b", "c"], ["S1", "2023", "1,574"]]),
        ("a|b|c\nS1|2023|1,574\n", [["a", "b", "c"], ["S1", "2023", "1,574"]]),
        ("甲，乙，丙\nS1，2023，1,574\n", [["甲", "乙", "丙"], ["S1", "2023", "1,574"]]),
        ("说明：2023年, 全市\na;b;c\nS1;2023;1,574\nS2;2023\n", [["说明：2023年, 全市"], *_OF_SEMICOLONS]),
    ],
    ids=["blank before quotation marks", "bars", "full-width commas", "a title with a comma, and a short row"],
)
def test_delimiters_as_people_use_them(text, table):
    assert rows(text.encode()) == table
