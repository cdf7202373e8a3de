"""The policy as data: what Shanghai's folder says, and what of a folder is stored."""

import io
import re
import tarfile
from collections import Counter
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlalchemy import Engine

import tracking
from tests.conftest import SHANGHAI
from tests.policies import ANNEX, NINGBO, copied, spoil
from tracking import database
from tracking.policy import loading as policies
from tracking.results.tables import attainment
from tracking.words.problems import Refusal


def without_space(text: str) -> str:
    return re.sub(r"\s+", "", text)


def sentences_of_the_annex() -> list[str]:
    text = without_space(ANNEX.read_text(encoding="utf-8"))
    body = text.split("类别基本条件培育目标", maxsplit=1)[1].replace("类别基本条件培育目标", "")
    body = re.sub(r"“(专业化|品牌化|国际化)”培育(?=1、)", "", body)
    return [each for each in re.split(r"(?<=[。；])|(?<!\d)\d、", body) if each]


def count(engine: Engine, table: str) -> int:
    with database.reading(engine) as connection:
        return int(connection.execute(sa.text(f"SELECT COUNT(*) FROM {table}")).scalar_one())


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of another city's edition, to be changed."""
    return copied(NINGBO, tmp_path)


# Shanghai's folder


def test_shanghai_has_the_61_lines_of_the_reading() -> None:
    lines = Counter((each.track, each.stage) for each in policies.read(SHANGHAI).requirements)
    assert lines == {
        ("specialization", "entry"): 5,
        ("specialization", "target"): 18,
        ("branding", "entry"): 9,
        ("branding", "target"): 12,
        ("internationalization", "entry"): 8,
        ("internationalization", "target"): 9,
    }
    assert lines.total() == 61


def test_every_sentence_of_the_annex_is_quoted_by_a_clause_that_a_requirement_has() -> None:
    shanghai = policies.read(SHANGHAI)
    judged = {(each.track, each.stage, each.clause) for each in shanghai.requirements}
    quoted = [
        without_space(each.text_zh) for each in shanghai.clauses if (each.track, each.stage, each.clause) in judged
    ]
    sentences = sentences_of_the_annex()
    assert len(sentences) > 30
    assert [each for each in sentences if not any(each in clause for clause in quoted)] == []


def test_no_clause_of_shanghai_says_more_than_the_annex() -> None:
    annex = without_space(ANNEX.read_text(encoding="utf-8"))
    assert [each.row for each in policies.read(SHANGHAI).clauses if without_space(each.text_zh) not in annex] == []


def test_only_the_technology_share_and_growth_ask_for_strictly_more() -> None:
    strict = {each.metric for each in policies.read(SHANGHAI).requirements if each.comparison == ">"}
    assert strict == {"tech_firm_share", "international_business_volume"}


def test_preferences_and_alternatives_of_shanghai() -> None:
    requirements = policies.read(SHANGHAI).requirements
    assert {each.metric for each in requirements if not each.mandatory} == {
        "headquartered_in_city",
        "foreign_team_members",
    }
    assert {each.requirement for each in requirements if each.alternative} == {
        "internationalization.entry.4.international_firms_introduced",
        "internationalization.entry.4.overseas_institutions",
    }


@pytest.mark.parametrize(
    ("requirement", "basis", "threshold"),
    [
        ("specialization.target.2.mentor_services", "annual", "50"),
        ("specialization.target.2.representative_cases", "cumulative", "10"),
        ("specialization.target.3.specialization_share", "share", "0.7"),
        ("specialization.target.3.ip_share", "share", "0.3"),
        ("branding.entry.2.same_brand_spaces_in_city", "stock", "3"),
        ("branding.target.1.firms_and_teams_cultivated", "cumulative", "100"),
        ("branding.target.2.event_participants", "annual", "1000"),
        ("branding.target.3.capital_raised", "annual", "1000"),
        ("internationalization.target.2.international_business_volume", "growth", "0"),
        ("internationalization.target.4.value_added_cases", "cumulative", "10"),
    ],
)
def test_thresholds_of_shanghai(requirement: str, basis: str, threshold: str) -> None:
    found = {each.requirement: each for each in policies.read(SHANGHAI).requirements}[requirement]
    assert (found.basis, found.threshold) == (basis, Decimal(threshold))


def test_every_assumption_of_shanghai_stands_beside_its_requirement_in_both_languages() -> None:
    shanghai = policies.read(SHANGHAI)
    silent = {each.metric for each in shanghai.requirements if not (each.note_zh and each.note_en)}
    assert silent == {"registered_in_city"}
    assert [each.requirement for each in shanghai.readings] == [
        "specialization.target.2.representative_cases",
        "specialization.target.3.specialized_firms_incubated",
        "internationalization.target.4.value_added_cases",
        "branding.target.1.firms_and_teams_cultivated",
        None,
    ]


def test_the_other_reading_of_firms_incubated_needs_a_metric_that_nothing_in_force_asks_for() -> None:
    shanghai = policies.read(SHANGHAI)
    other = next(each.metric for each in shanghai.readings if each.metric)
    assert other in {each.metric for each in shanghai.metrics}
    assert other not in {each.metric for each in shanghai.requirements}


def test_the_parts_and_wholes_of_the_contract() -> None:
    assert {(each.part, each.whole) for each in policies.read(SHANGHAI).rules} == {
        ("professional_mentors", "mentors"),
        ("tenants_with_ip", "tenants"),
        ("specialized_tenants", "tenants"),
        ("tech_firms", "resident_firms"),
        ("direct_investments", "funded_firms"),
        ("international_projects", "projects"),
        ("new_international_projects", "international_projects"),
    }


@pytest.mark.parametrize("path", sorted(SHANGHAI.iterdir()), ids=lambda path: path.name)
def test_files_of_the_policy_open_anywhere(path: Path) -> None:
    content = path.read_bytes()
    assert not content.startswith(b"\xef\xbb\xbf")
    assert b"\r" not in content
    assert content.endswith(b"\n")
    assert content.decode("utf-8")


# What is stored


def test_an_edition_of_another_city_is_stored_as_it_says(any_engine: Engine) -> None:
    assert policies.load(any_engine, NINGBO, by="tests", at=datetime(2026, 1, 2)) == 1
    with database.reading(any_engine) as connection:
        edition = connection.execute(
            sa.text(
                "SELECT edition, construction_years, due_month, due_day, pass_mark, pass_mark_is_default FROM edition"
            )
        ).all()
        columns = "requirement, comparison, threshold, mandatory, alternative, counted, note_en, filed, denominator"
        asked = connection.execute(sa.text(f"SELECT {columns} FROM current_requirement ORDER BY position")).all()
        source = connection.execute(sa.text("SELECT kind, source, loaded_by, loaded_at FROM load")).all()
    assert edition == [("ningbo-trial", 2, 4, 30, Decimal("0.75"), False)]
    assert asked[:3] == [
        ("green.target.1.green_share", ">", Decimal("0.5"), True, None, None, "", "green_firms", "served_firms"),
        (
            *("green.target.1.carbon_saved", ">=", Decimal("12.5"), True, None, "cultivation"),
            *("Construction years do not count.", "carbon_saved", None),
        ),
        ("digital.entry.1.data_centre", ">=", Decimal(1), True, "a", None, "", "data_centre", None),
    ]
    assert source == [("policy", "ningbo-trial", "tests", datetime(2026, 1, 2))]


def test_shanghai_is_stored_whole_on_both_engines(any_engine: Engine) -> None:
    policies.load(any_engine, SHANGHAI, by="tests")
    assert count(any_engine, "current_requirement") == 61
    assert count(any_engine, "reading") == 5


def test_loading_an_unchanged_folder_again_stores_nothing(engine: Engine, folder: Path) -> None:
    assert policies.load(engine, NINGBO, by="tests") == 1
    assert policies.load(engine, folder, by="someone else") is None
    assert count(engine, "load") == 1


def test_a_changed_folder_takes_over_and_the_old_rows_stay(engine: Engine, folder: Path) -> None:
    policies.load(engine, folder, by="tests")
    spoil(folder, "requirements.csv", ">=,12.5", ">=,13")
    assert policies.load(engine, folder, by="tests") == 2
    assert count(engine, "current_requirement WHERE threshold = 13") == 1
    assert count(engine, "requirement WHERE threshold = 12.5") == 1


def test_going_back_to_an_earlier_folder_is_a_load_of_its_own(engine: Engine, folder: Path) -> None:
    policies.load(engine, folder, by="tests")
    spoil(folder, "requirements.csv", ">=,12.5", ">=,13")
    policies.load(engine, folder, by="tests")
    assert policies.load(engine, NINGBO, by="tests") == 3


def test_the_folder_is_kept_as_it_came(engine: Engine) -> None:
    policies.load(engine, NINGBO, by="tests")
    with database.reading(engine) as connection:
        content = connection.execute(sa.text("SELECT content FROM document")).scalar_one()
    with tarfile.open(fileobj=io.BytesIO(content)) as archive:
        kept = {name: archive.extractfile(name).read() for name in archive.getnames()}
    assert kept == {path.name: path.read_bytes() for path in NINGBO.iterdir()}


def test_a_refused_folder_stores_nothing(engine: Engine, folder: Path) -> None:
    spoil(folder, "rules.csv", "served_firms", "all_firms")
    with pytest.raises(Refusal):
        policies.load(engine, folder, by="tests")
    assert count(engine, "load") == 0


def test_a_policy_in_force_is_judged_at_once(engine: Engine, folder: Path) -> None:
    policies.load(engine, folder, by="tests")
    with engine.begin() as connection:
        connection.execute(sa.text("INSERT INTO space VALUES (1, 'A1', 'A1', '', '', '', NULL, NULL)"))
        connection.execute(sa.text("INSERT INTO enrolment VALUES (1, 'A1', 'green', 'ningbo-trial', 2020, 2022, NULL)"))
    spoil(folder, "requirements.csv", ">=,12.5", ">=,13")
    policies.load(engine, folder, by="tests")
    judged = attainment.attainment(engine, date(2021, 4, 30))
    assert set(judged.loc[judged["basis"] == "cumulative", "threshold"]) == {13.0}
    assert judged.loc[judged["basis"] == "share", "status"].tolist() == ["upcoming"] * 3
    assert judged.loc[judged["basis"] == "share", "phase"].tolist() == ["construction", "construction", "cultivation"]


# Several editions in force


def test_every_folder_under_the_root_is_loaded_and_once_only(engine: Engine, tmp_path: Path) -> None:
    for each in (SHANGHAI, NINGBO):
        copied(each, tmp_path)
    assert policies.load_all(engine, tmp_path, by="tests") == [1, 2]
    assert policies.load_all(engine, tmp_path, by="tests") == []


def test_of_several_folders_all_are_stored_or_none(engine: Engine, tmp_path: Path) -> None:
    for each in (SHANGHAI, NINGBO):
        copied(each, tmp_path)
    spoil(
        tmp_path / SHANGHAI.name,
        "metrics.csv",
        "funded_firms,获投企业,Firms that obtained investment,firms",
        "funded_firms,获投企业,F,people",
    )
    with pytest.raises(Refusal):
        policies.load_all(engine, tmp_path, by="tests")
    assert count(engine, "load") == 0


@pytest.mark.parametrize("path", sorted(Path(tracking.__file__).parent.glob("**/*.py")), ids=lambda path: path.name)
def test_nothing_of_shanghai_is_in_the_code(path: Path) -> None:
    shanghai = policies.read(SHANGHAI)
    codes = {each.metric for each in shanghai.metrics} | {each.track for each in shanghai.tracks} | {"shanghai"}
    quoted = set(re.findall(r"[\"']([a-z_]+)[\"']", path.read_text(encoding="utf-8")))
    assert quoted & codes == set()
