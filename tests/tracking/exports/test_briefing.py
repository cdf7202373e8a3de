"""The briefing: a PDF of what the overview shows, the same every time."""

from datetime import date
from pathlib import Path
from typing import Any

import pypdfium2
import pytest

from tests import databases
from tests.served import programme
from tests.tracking.exports.test_scorecard import plainly
from tests.tracking.results.conftest import KEYS, tables
from tests.tracking.results.overview.about import counts, judged, over, targets
from tracking.exports import briefing, briefing_pictures, typesetting
from tracking.results.overview import queue, rates
from tracking.words import numbers

pytestmark = pytest.mark.usefixtures("chinese_font")

TODAY = date(2026, 6, 1)
YEAR = 2025


@pytest.fixture
def printed(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    """What the briefings say that are made."""
    made: list[dict[str, Any]] = []
    real = typesetting.pdf

    def pdf(template: Path, data: dict[str, Any], as_of: date) -> bytes:
        made.append(data)
        return real(template, data, as_of)

    monkeypatch.setattr(typesetting, "pdf", pdf)
    return made


def test_it_says_what_the_overview_says(printed: list[dict[str, Any]]) -> None:
    pdf = briefing.briefing(programme(), TODAY, tracks=("branding",))
    assert plainly(pdf).startswith(b"%PDF-")
    found = rates.rates(programme(), TODAY, year=YEAR, tracks=("branding",))
    (told,) = printed
    assert [tile["value"] for tile in told["tiles"]] == [numbers.share(each.now.share) for each in found.all]
    members = queue.members(programme(), TODAY, year=YEAR, tracks=("branding",))
    assert sum(len(each["rows"]) for each in told["queues"]) == sum(
        min(briefing.ROWS, len(part))
        for name in queue.QUEUES
        for _, part in members[members[name]].groupby("period_over")
    )
    assert any("品牌化" in each for each in told["scope"])


def test_its_figures_are_what_a_city_s_exports_say(monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[dict[str, Any]] = []
    monkeypatch.setattr(typesetting, "pdf", lambda _, data, __: made.append(data) or b"")
    engine = databases.city()
    briefing.briefing(engine, TODAY, year=YEAR, lang="en")
    exported = tables(engine)
    engine.dispose()
    (told,) = made
    rows = judged(exported, {}, YEAR)
    for tile, (count, of) in zip(told["tiles"], counts(exported, {}, YEAR, rows.index).values(), strict=True):
        assert tile["value"] == numbers.share(count / of)
        assert tile["of"].startswith(f"{count:,} of {of:,} ")
    verdicts = exported["verdicts"].join(over(exported).rename("over"), on=KEYS)
    of_cohorts = verdicts.groupby(["over", "end_year", "start_year"])["verdict"].value_counts().groupby(level=[0, 1, 2])
    cohorts = sorted(sorted(part["brief"] for part in each["parts"]) for each in told["cohorts"])
    assert cohorts == sorted(sorted(map(str, of_cohort)) for _, of_cohort in of_cohorts)
    missed = targets(exported, {}, YEAR).groupby(["track", "requirement"])["missed"].mean()
    worst = missed.groupby("track").nlargest(briefing_pictures.REQUIREMENTS).droplevel(0).groupby("track")
    shares = sorted(sorted(row["text"].strip("°") for row in each["rows"]) for each in told["weakest"]["tracks"])
    assert shares == sorted(sorted(numbers.share(round(share, 3)) for share in of_track) for _, of_track in worst)
    districts = rows.groupby("district")["result"].agg(["size", lambda results: (results == "pass").sum()])
    places = {row["name"]: row["text"].strip("°") for row in told["districts"]["rows"]}
    assert places == {
        name: f"{numbers.share(passed / total)} ({passed}/{total})" for name, total, passed in districts.itertuples()
    }
    for filings, year in zip(told["filings"], (YEAR, YEAR - 1), strict=True):
        states = exported["filings"].groupby("year")["state"].value_counts()[year]
        assert sorted(part["brief"] for part in filings["parts"]) == sorted(map(str, states))


def test_the_same_data_give_the_same_bytes_and_a_year_to_come_is_printed_too(printed: list[dict[str, Any]]) -> None:
    once, again = (briefing.briefing(programme(), TODAY, year=YEAR + 1, lang="en") for _ in range(2))
    assert once == again
    assert "not due yet" in printed[0]["title"]


def test_what_is_a_little_too_long_for_a_page_is_set_smaller(printed: list[dict[str, Any]]) -> None:
    briefing.briefing(programme(), TODAY, year=YEAR, lang="en")
    (data,) = printed
    # Five times its queue is two pages as it is, and one a little smaller.
    for times, several in ((2, False), (5, False), (40, True)):
        pdf = typesetting.pdf(briefing.TEMPLATE, data | {"queues": data["queues"] * times}, TODAY)
        with pypdfium2.PdfDocument(pdf) as document:
            assert (len(document) > 1) == several
