"""The words of all editions in force: what a metric is called, and what it consists of."""

from decimal import Decimal
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlalchemy import Connection, Engine

from tests.policies import NINGBO, copied, spoil
from tracking import database
from tracking.policy import loading as policies
from tracking.policy.vocabulary import Conversion, Rule, Threshold


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of another city's edition, to be changed."""
    return copied(NINGBO, tmp_path)


def test_the_vocabulary_is_of_all_editions_in_force(shanghai: Engine, folder: Path) -> None:
    spoil(folder, "metrics.csv", "Data centre", "Computing centre")
    policies.load(shanghai, NINGBO, by="tests")
    policies.load(shanghai, folder, by="tests")
    with database.reading(shanghai) as connection:
        words = policies.vocabulary(connection)
    labels = [(each.code, each.name_en, each.unit_zh) for each in words.metrics]
    assert [each for each in labels if each[0] == "funded_firms"] == [
        ("funded_firms", "Funded companies", "户"),
        ("funded_firms", "Firms that obtained investment", "家"),
    ]
    assert [each[1] for each in labels if each[0] == "data_centre"] == ["Computing centre"]
    assert Rule("green_firms", "served_firms") in words.rules
    assert Rule("tech_firms", "resident_firms") in words.rules
    assert Conversion("ten_thousand_cny", "元", Decimal("0.0001")) in words.conversions


def test_a_share_in_the_vocabulary_names_its_counts(shanghai: Engine) -> None:
    with database.reading(shanghai) as connection:
        shares = {each.code: each for each in policies.vocabulary(connection).metrics if each.kind == "share"}
    assert (shares["ip_share"].numerator, shares["ip_share"].denominator) == ("tenants_with_ip", "tenants")
    assert len(shares) == 4


def test_what_adds_up_over_years_is_asked_of_a_figure_together_with_others(shanghai: Engine) -> None:
    policies.load(shanghai, NINGBO, by="tests")
    with database.reading(shanghai) as connection:
        asked = policies.vocabulary(connection).thresholds
    # A third of it each year: to round the thirds would decide about their sum.
    assert Threshold("carbon_saved", ">=", Decimal("12.5"), by_others=True) in asked
    assert Threshold("capital_raised", ">=", Decimal(1000)) in asked


def test_an_edition_that_was_not_kept_leaves_no_word_behind(shanghai: Engine, folder: Path) -> None:
    def labels() -> set[str]:
        with database.reading(shanghai) as connection:
            return {metric.name_en for metric in policies.vocabulary(connection).metrics}

    def tried(connection: Connection) -> set[str]:
        for statement in (
            "INSERT INTO load VALUES (99, 'policy', 'tried', 'of the one tried', 'tests', LOCALTIMESTAMP)",
            "INSERT INTO edition VALUES (99, 'tried', '试', 'Tried', '', '', 1, 3, 31, 0.8, FALSE)",
            "INSERT INTO unit VALUES (99, 'tried', 'each', '个', 'each')",
            "INSERT INTO metric VALUES (99, 'tried', 'tried', 1, '试', 'Tried', 'each', 'whole', NULL, NULL)",
        ):
            connection.execute(sa.text(statement))
        return {metric.name_en for metric in policies.vocabulary(connection).metrics}

    before = labels()
    assert database.rehearse(shanghai, tried) == before | {"Tried"}
    assert labels() == before
    spoil(folder, "metrics.csv", "Data centre", "Computing centre")
    policies.load(shanghai, folder, by="tests")
    assert "Computing centre" in labels()
