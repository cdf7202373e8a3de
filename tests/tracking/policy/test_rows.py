"""The columns of a policy's files are the fields of its rows."""

from decimal import Decimal

from tracking.policy import rows
from tracking.policy.rows import RequirementRow, RuleRow, TrackRow


def test_a_file_has_the_columns_of_its_rows_in_their_order() -> None:
    assert list(rows.columns(TrackRow)) == ["track", "name_zh", "name_en"]
    assert list(rows.columns(RuleRow)) == ["part", "whole"]


def test_a_column_that_older_editions_lack_is_the_only_one_that_may_be_missing() -> None:
    optional = [
        (table, name)
        for table, kind in rows.TABLES.items()
        for name, each in rows.columns(kind).items()
        if each.optional
    ]
    assert optional == [("requirements", "whose")]


def test_a_requirement_is_called_by_its_clause_and_metric() -> None:
    row = RequirementRow(2, "green", "target", "1", "firms", "annual", ">=", Decimal(5), True, None, None, "", "")
    assert row.requirement == "green.target.1.firms"
