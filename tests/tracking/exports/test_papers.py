"""Papers to be stamped, as their templates get them: figures to their last digit, and who has not filed first."""

from sqlalchemy import Engine

from tests import reviewed
from tests.reviewed import DAY, by, file, of
from tracking.exports import papers
from tracking.review import acting


def test_a_paper_has_every_digit_and_the_code_of_its_figures(engine: Engine, printed: list) -> None:
    reviewed.enrolled(engine)
    file(engine, "space_id,year,mentors,capital_raised,capital_raised_note\nS1,2022,20,1234567.8901,核实过\n")
    for name, act in (("reviewer", "check"), ("manager", "approve")):
        acting.act(by(engine, name), act, [of("S1")])
    papers.filing(by(engine, "operator"), DAY, space="S1", year=2022)
    (page,) = printed
    assert sorted((value, beside) for _, value, _, beside in page["rows"]) == [("1,234,567.8901", "核实过"), ("20", "")]
    assert len(page["fingerprint"].replace(" ", "")) == 64
    assert page["fingerprint"][4] == " "
    assert page["code"].startswith("<svg")


def test_of_a_district_who_has_not_filed_stands_first(engine: Engine, printed: list) -> None:
    reviewed.filed(engine)
    papers.district(by(engine, "reviewer"), DAY, district="北区", year=2022, lang="en")
    (page,) = printed
    spaces = [row[0] for row in page["rows"]]
    assert (spaces[-2:], sorted(spaces[:-2])) == (["S1", "S2"], reviewed.SPARE)
    # Who has filed has a fingerprint at the end of the line.
    assert [bool(row[-1]) for row in page["rows"]] == [False] * 5 + [True] * 2
    assert papers.districts(by(engine, "reviewer"), DAY) == ["北区"]


def test_a_paper_is_named_by_its_space_and_year() -> None:
    assert papers.file_name("S1", 2022).endswith("S1-2022.pdf")
