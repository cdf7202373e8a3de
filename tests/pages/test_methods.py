"""The methods page: every code with its meaning, how often the policy uses each basis, what each column means."""

import pandas as pd
import pytest

from tests.conftest import SHANGHAI
from tests.pages.conftest import OpenPage, read, said, tables_of
from tracking.results.tables import dictionary
from tracking.words import looks, methods
from tracking.words.language import Lang, text


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_code_and_every_basis_is_explained(open_page: OpenPage, nothing: str, lang: Lang) -> None:
    app = open_page(nothing, "methods", lang=lang)
    assert not app.exception
    words = read(said(app))
    for column, codes in (("status", looks.STATUSES), ("verdict", methods.VERDICTS)):
        for code in codes:
            assert " ".join(text(f"methods.{column}.{code}", lang).split()) in words
    for example in methods.BASES:
        assert text(f"methods.basis.{example.code}", lang) in said(app)


def test_how_often_a_basis_is_used_is_counted_in_the_policy(open_page: OpenPage, nothing: str) -> None:
    app = open_page(nothing, "methods", lang="en")
    requirements = pd.read_csv(SHANGHAI / "requirements.csv", dtype=str)
    mandatory = requirements[requirements["mandatory"] == "yes"]["basis"].value_counts()
    captions = [read(str(each.value)) for each in app.caption]
    counted = [each for each in captions if each.startswith("Requirements of this kind: ")]
    expected = [
        f"Requirements of this kind: {mandatory[each.code]}," for each in methods.BASES if each.code in mandatory
    ]
    for line in expected:
        assert any(each.startswith(line) for each in counted)


def test_the_dictionary_shows_the_columns_of_the_table_chosen(open_page: OpenPage, nothing: str) -> None:
    app = open_page(nothing, "methods")
    for table in ("verdicts", "changes"):
        app = app.selectbox(key="dictionary_table").select(table).run()
        shown = tables_of(app)[-1]
        assert list(shown["列"]) == list(dictionary.TABLES[table])
        assert list(shown["含义"]) == [dictionary.meaning(column, "zh", table) for column in shown["列"]]
