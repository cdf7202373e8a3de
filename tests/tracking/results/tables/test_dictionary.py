"""Every table and column that goes out is explained, in both languages and in the database."""

import pytest
from sqlalchemy import Engine, text

from tracking import database
from tracking.database import states
from tracking.policy.vocabulary import vocabulary
from tracking.results.tables import dictionary, observations, views
from tracking.results.tables.columns import COLUMNS
from tracking.words import language
from tracking.words.language import Lang


@pytest.mark.parametrize("lang", language.LANGUAGES)
def test_no_column_that_goes_out_is_without_label_and_meaning(lang: Lang) -> None:
    told = dictionary.dictionary(lang)
    assert set(told["table"]) == set(dictionary.TABLES)
    assert len(told) == sum(map(len, dictionary.TABLES.values()))
    assert (told[["label", "type", "description"]] != "").all(axis=None)


def test_every_table_says_what_its_rows_are() -> None:
    assert all(dictionary.table_meaning(table, lang) for table in dictionary.TABLES for lang in language.LANGUAGES)


def test_codes_come_with_their_words() -> None:
    told = dictionary.dictionary("en").set_index(["table", "column"])
    assert told.loc[("verdicts", "verdict"), "values"].startswith("fulfilled Fulfilled; on_track On track")
    assert dictionary.codes("basis") == ["annual", "stock", "cumulative", "share", "growth", "attested"]
    assert dictionary.codes("space_id") == []


def test_a_status_that_is_worded_otherwise_in_one_place_is_no_other_code() -> None:
    # Those of reading.md, Statuses.
    assert {*dictionary.codes("status")} == {
        "met", "on_pace", "behind_pace", "short", "baseline", "unreported", "unfiled", "upcoming", "forgone",
    }  # fmt: skip


def test_the_metrics_of_the_wide_form_are_in_it(shanghai: Engine) -> None:
    with database.reading(shanghai) as connection:
        told = dictionary.dictionary("zh", vocabulary(connection).metrics)
        columns = list(observations.wide(connection, {}).columns)
    wide = told[told["table"] == "observations_wide"].set_index("column")
    assert list(wide.index) == columns
    assert wide.loc["capital_raised", ["label", "unit"]].tolist() == ["获得资本金额", "万元"]
    assert wide.loc["ip_share", "description"] == "tenants_with_ip ÷ tenants"


def test_the_database_explains_every_column_of_the_views_that_go_out(any_engine: Engine) -> None:
    dictionary.describe(any_engine)
    bare = {
        "duckdb": "SELECT table_name || '.' || column_name FROM duckdb_columns() WHERE comment IS NULL",
        "postgresql": "SELECT relname || '.' || attname FROM pg_attribute JOIN pg_class ON attrelid = pg_class.oid "
        "WHERE col_description(attrelid, attnum) IS NULL AND attnum > 0",
    }[any_engine.dialect.name]
    with any_engine.connect() as connection:
        undescribed = connection.execute(text(bare)).scalars().all()
    open_ones = {*COLUMNS, *views.COLUMNS}
    assert [name for name in undescribed if name.split(".")[0] in open_ones] == []


def test_all_that_came_in_is_open_and_a_kind_of_load_is_none_of_a_metric() -> None:
    assert {*states.INCOMING, "document"} <= set(views.COLUMNS)
    told = dictionary.dictionary("en").set_index(["table", "column"])
    assert told.loc[("load", "kind"), "values"].startswith("policy ")
    assert told.loc[("metric", "kind"), "values"].startswith("whole ")
    assert told.loc[("edition", "source_zh"), "description"] == "The document that the policy stands in."
