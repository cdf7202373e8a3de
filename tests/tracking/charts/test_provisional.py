"""What rests on filings that are not approved is marked, and what is left out is counted."""

from tracking.charts import provisional
from tracking.results.tables.left_out import LeftOut


def test_a_text_has_the_sign_where_it_is_provisional_alone() -> None:
    assert (provisional.signed("12", True), provisional.signed("12", False)) == ("12°", "12")


def test_a_sentence_says_how_many_of_what_it_is_about_and_nothing_where_none_is() -> None:
    assert provisional.of("9 results", 0, "en") == "9 results"
    assert provisional.of("9 results", 2, "en") == "9 results; 2 of them provisional"
    assert provisional.of("3 of 9 fail", 2, "en", 9) == "3 of 9 fail; 2 of all 9 provisional"


def test_who_is_not_told_of_rows_is_told_of_filings() -> None:
    withheld, switched = (provisional.left_out(LeftOut(rows, 7), "en") for rows in (None, 1_234))
    assert "7" in withheld
    assert ("7" in switched, "1,234" in switched) == (True, True)
