"""The policy page: every requirement, under its clause's own words, as the policy's folder has them."""

import pandas as pd
import pytest

from tests.conftest import SHANGHAI
from tests.pages.conftest import NOWHERE, OpenPage, read, said, tables_of
from tracking.words.language import Lang


def _folder(name: str) -> pd.DataFrame:
    return pd.read_csv(SHANGHAI / f"{name}.csv", dtype=str, keep_default_na=False)


@pytest.mark.parametrize("track", ["branding", "internationalization"])
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_requirement_of_a_track_stands_under_its_clause(
    open_page: OpenPage, nothing: str, track: str, lang: Lang
) -> None:
    app = open_page(nothing, "policy", lang=lang, track=track)
    assert not app.exception
    requirements = _folder("requirements").query("track == @track")
    metrics = _folder("metrics").set_index("metric")[f"name_{lang}"]
    # The last list is of the other readings.
    heading = "指标" if lang == "zh" else "Metric name"
    listed = [name for frame in tables_of(app)[:-1] for name in frame[heading]]
    assert listed == [metrics[code] for code in requirements["metric"]]
    clauses = _folder("clauses").query("track == @track")
    written = clauses.merge(requirements[["stage", "clause"]].drop_duplicates(), on=["stage", "clause"])
    texts = [str(each.value) for each in app.text]
    assert [text for text in texts if text in set(written["text_zh"])] == list(written["text_zh"])
    if lang == "en":
        captions = {read(str(each.value)) for each in app.caption}
        assert {" ".join(text.split()) for text in written["text_en"]} <= captions


def test_the_first_track_is_shown_where_none_is_chosen(open_page: OpenPage, nothing: str) -> None:
    first = _folder("tracks")["track"].iloc[0]
    app = open_page(nothing, "policy")
    assert app.selectbox(key="filter_track").value == first
    assert sum(map(len, tables_of(app)[:-1])) == (_folder("requirements")["track"] == first).sum()


def test_an_unknown_track_is_said_and_no_other_shown_for_it(open_page: OpenPage, nothing: str) -> None:
    app = open_page(nothing, "policy", track="no-such-track")
    assert "no-such-track" in read(app.warning[0].value)
    assert not tables_of(app)


def test_every_other_reading_is_listed(open_page: OpenPage, nothing: str) -> None:
    app = open_page(nothing, "policy", lang="en")
    assert list(tables_of(app)[-1]["Other reading"]) == list(_folder("readings")["name_en"])


def test_without_a_database_the_page_says_so(open_page: OpenPage) -> None:
    app = open_page(NOWHERE, "policy", lang="en")
    assert not app.exception
    assert app.error
    assert said(app)
