"""A number in a sheet is what a person sees of it, or it is told that it looks like another."""

import pytest

from tracking.filing.spreadsheets import number_formats


@pytest.mark.parametrize(
    ("value", "code", "text"),
    [
        (0.7, "0%", "70%"),
        (0.125, "0.0%", "12.5%"),
        (20, '0"家"', "20家"),
        (12_000, '#,##0"千元"', "12000千元"),
        (2023, "General\\年", "2023年"),
        (12, '"约"0', "约12"),
        (12, "[$$-409]#,##0", "$12"),
        (7, "000", "007"),
        (1, '"S"00', "S01"),
        (20_000, '[>=10000]0"元";0"家"', "20000元"),
        (20, '[>=10000]0"元";0"家"', "20家"),
    ],
)
def test_what_a_person_sees_is_told(value: float, code: str, text: str) -> None:
    assert number_formats.shown(value, code) == text


@pytest.mark.parametrize("code", ['0!.0,"万"', "#,##0,", "0.0,,", ";;;", '0"0"', "##\\,##", "(0)", "-0"])
def test_a_number_that_looks_like_another_is_told_apart(code: str) -> None:
    assert number_formats.shown(12_000_000, code) == f"12000000{number_formats.DISGUISED}{code}"


@pytest.mark.parametrize(
    "code",
    [
        *(
            "",
            "General",
            "G/通用格式",
            "0",
            "#,##0.00_ ",
            "0.00E+00",
            "# ?/?",
            "@",
            "[Red]0",
            "[DBNum1]0",
            "#,##0_);(#,##0)",
        ),
        *('_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_ ', '"￥"#,##0.00', "[$￥-804]#,##0", "yyyy-mm-dd", "h:mm"),
    ],
)
@pytest.mark.parametrize("value", [0, 20, 1234.5])
def test_a_plain_format_changes_nothing(value: float, code: str) -> None:
    assert number_formats.shown(value, code) is None
