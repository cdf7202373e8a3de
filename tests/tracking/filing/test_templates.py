"""A template: filled in and loaded, it gives no warning."""

import csv
import io

import openpyxl
import pytest
from sqlalchemy import Engine

from tracking.filing import loading, register, templates
from tracking.filing.spreadsheets.sheets import END_OF_OURS

SPACE = "space_id,space_name,track,start_year,end_year\nS1,甲空间,{track},2022,2024\n"
TRACKS = ["specialization", "branding", "internationalization"]


def enrolled(engine: Engine, track: str) -> Engine:
    assert register.load(engine, SPACE.format(track=track).encode(), "register.csv", by="tests").loaded
    return engine


def test_last_year_s_figure_and_the_target_stand_beside(shanghai: Engine) -> None:
    enrolled(shanghai, "specialization")
    loading.load(shanghai, b"space_id,year,mentors\nS1,2022,25\n", "2022.csv", by="tests")
    content = templates.template(shanghai, "specialization", "csv", space="S1", year=2023)
    (mentors,) = [row for row in csv.reader(io.StringIO(content.decode("utf-8-sig"))) if row[2].startswith("创业导师")]
    assert mentors[7:] == ["25", "年末 Year-end ≥ 20"]


def test_a_space_on_two_tracks_fills_in_one_template_for_both(shanghai: Engine) -> None:
    for track in TRACKS[:2]:
        enrolled(shanghai, track)
    content = templates.template(shanghai, TRACKS[1], "csv", space="S1", year=2022).decode("utf-8-sig")
    named = [row[2] for row in csv.reader(io.StringIO(content))][1:]
    alone = [row[2] for row in csv.reader(io.StringIO(_alone(shanghai, TRACKS[1])))][1:]
    other = [row[2] for row in csv.reader(io.StringIO(_alone(shanghai, TRACKS[0])))][1:]
    assert named == [*alone, *(each for each in other if each not in alone)]


def test_the_entry_conditions_are_asked_for_in_the_first_year_alone(shanghai: Engine) -> None:
    enrolled(shanghai, "specialization")
    asked = {
        year: templates.template(shanghai, "specialization", "csv", space="S1", year=year).decode("utf-8-sig")
        for year in (2021, 2022, 2023)
    }
    # The year before the period is the space's own affair: the template is the track's.
    assert [("运营年限" in each, "创业导师" in each) for each in asked.values()] == [(True, True)] * 2 + [(False, True)]


def _alone(engine: Engine, track: str) -> str:
    return templates.template(engine, track, "csv", year=2022).decode("utf-8-sig")


def test_the_clause_is_told_in_both_languages(shanghai: Engine) -> None:
    content = templates.template(shanghai, "specialization", "xlsx", year=2023)
    sheet = openpyxl.load_workbook(io.BytesIO(content)).worksheets[0]
    (mentors,) = [row for row in sheet.iter_rows(min_row=2) if str(row[2].value).startswith("创业导师")]
    assert "培育目标 2: " in mentors[2].comment.text
    assert "Cultivation target 2: " in mentors[2].comment.text
    # What the clause says of figures is not what the person says of theirs.
    assert mentors[2].comment.text.endswith(END_OF_OURS)


def test_an_unknown_track_or_space_is_refused(shanghai: Engine) -> None:
    with pytest.raises(templates.UnknownTrackError):
        templates.template(shanghai, "nothing", "csv")
    with pytest.raises(templates.UnknownSpaceError):
        templates.template(shanghai, "branding", "csv", space="S9")


@pytest.mark.parametrize("year", [2020, 2025])
def test_a_year_whose_filing_would_be_refused_has_no_template(shanghai: Engine, year: int) -> None:
    enrolled(shanghai, "branding")
    with pytest.raises(templates.UncoveredYearError) as refused:
        templates.template(shanghai, "branding", "csv", space="S1", year=year)
    assert (refused.value.year, refused.value.periods) == (year, "2022–2024")
    # The year before the first is the baseline.
    assert templates.template(shanghai, "branding", "csv", space="S1", year=2021)
