"""One mistake is one problem, told with its place and the remedy, for every problem that an uploaded file can have.

Each mistake in a table is made twice: in a CSV file, and in the second sheet of a workbook, under a title and beside
a blank column.
"""

import csv
import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import openpyxl
import pytest
from sqlalchemy import Engine

from tests.conftest import SHANGHAI
from tests.mistakes import ENROLLED, FILED, SHOWN, UNREADABLE, Case, Shown, Unreadable
from tests.policies import NINGBO
from tracking import database
from tracking.filing import loading, register
from tracking.filing.spreadsheets import grids
from tracking.policy import loading as policies
from tracking.words import language
from tracking.words.language import LANGUAGES, Lang
from tracking.words.problems import Problem

SPACES = "space_id,space_name,track,start_year,end_year\n" + "".join(
    f"{space_id},{name},specialization,2022,2024\n"
    for space_id, name in (("S01", "甲空间"), ("S02", "乙空间"), ("S09", "旁空间"))
)
STORED = "space_id,year,mentors,funded_firms\nS02,2022,25,5\n"
# The first sheet of a workbook has nothing wrong.
CLEAN = {
    "filing": "空间编号,年度,创业导师\nS09,2022,25",
    "register": "space_id,space_name,track,edition,start_year,end_year\nS09,旁空间,branding,shanghai-sanhua,2022,2024",
}
# Named as sheets often are: after the year, which is a value in them too.
SHEET = "填报"
# A title and a blank row above, a blank column before.
DOWN, RIGHT = 2, 1


@pytest.fixture(scope="module")
def engines() -> Iterator[Mapping[int, Engine]]:
    """Databases with no policy, with one and a register and a filing, and with two."""
    found = {}
    for editions in (0, 1, 2):
        found[editions] = database.connect("duckdb://", create=True)
        database.initialise(found[editions])
        for folder in (SHANGHAI, NINGBO)[:editions]:
            policies.load(found[editions], folder, by="tests")
    assert register.load(found[1], SPACES.encode(), "register.csv", by="tests").loaded
    assert loading.load(found[1], STORED.encode(), "stored.csv", by="tests").loaded
    yield found
    for engine in found.values():
        engine.dispose()


@dataclass(frozen=True)
class Found:
    """What a mistake was told as, and where it should be: the row and letter in this form of file."""

    case: Case
    problems: list[Problem]
    sheet: str | None
    row: int
    letter: str | None


def _id(case: Case | Shown | Unreadable) -> str:
    return case.code


@pytest.fixture(scope="module", params=["csv", "xlsx"])
def found(request: pytest.FixtureRequest, engines: Mapping[int, Engine], case: Case) -> Found:
    engine = engines[case.editions]
    if request.param == "csv":
        return Found(case, _problems(engine, case.table.encode(), case.kind), None, case.row, case.letter)
    letter = case.letter and chr(ord(case.letter) + RIGHT)
    return Found(case, _problems(engine, _workbook(case), case.kind), SHEET, case.row + DOWN, letter)


def _problems(engine: Engine, content: bytes, kind: str, name: str = "file") -> list[Problem]:
    if kind == "register":
        return list(register.load(engine, content, name, by="tests").problems)
    return list(loading.check(engine, content, name).problems)


def _workbook(case: Case) -> bytes:
    book = openpyxl.Workbook()
    for row in csv.reader(io.StringIO(CLEAN[case.kind])):
        book.active.append(row)
    sheet = book.create_sheet(SHEET)
    sheet.cell(1, 1 + RIGHT, "上海市众创空间年度填报表")
    for down, row in enumerate(csv.reader(io.StringIO(case.table)), start=1):
        for right, text in enumerate(row, start=1):
            sheet.cell(down + DOWN, right + RIGHT, text or None)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


every_case = pytest.mark.parametrize("case", [*FILED, *ENROLLED], ids=_id, scope="module")
every_language = pytest.mark.parametrize("lang", LANGUAGES)


@every_case
def test_one_mistake_is_one_problem_in_its_place(found: Found) -> None:
    told = [(problem.code, problem.sheet, problem.row, problem.letter) for problem in found.problems]
    assert told == [(found.case.code, found.sheet, found.row, found.letter)]


@every_case
@every_language
def test_the_sentence_names_the_place_and_what_stands_there(found: Found, lang: Lang) -> None:
    (problem,) = found.problems
    message = problem.message(lang)
    places = {"zh": f"第 {found.row} 行", "en": f"ow {found.row}"}
    letters = {"zh": f"{found.letter} 列", "en": f"column {found.letter}"}
    sheets = {"zh": f"工作表“{found.sheet}”", "en": f"Sheet “{found.sheet}”"}
    wanted = [found.case.named_in(lang), found.case.quoted]
    wanted += [sheets[lang]] if found.sheet else []
    wanted += [places[lang]]
    wanted += [letters[lang]] if found.letter else []
    assert [words for words in wanted if words not in message] == []


@every_case
@every_language
def test_every_problem_has_a_remedy(found: Found, lang: Lang) -> None:
    (problem,) = found.problems
    assert problem.hint(lang).strip()


@pytest.mark.parametrize("case", SHOWN, ids=_id)
def test_a_mistake_that_only_a_workbook_can_have_is_one_problem_in_its_place(
    engines: Mapping[int, Engine], case: Shown
) -> None:
    (problem,) = _problems(engines[1], case.content(), "filing")
    row, letter = re.sub(r"\D", "", case.place), re.sub(r"\d", "", case.place)
    assert (problem.code, problem.sheet, problem.row, problem.letter or "") == (
        case.code,
        case.sheet,
        int(row),
        letter,
    )
    for lang, places in (("zh", [f"第 {row} 行", letter]), ("en", [f"ow {row}", letter and f"column {letter}"])):
        message = problem.message(lang)
        wanted = [*places, case.sheet, case.named.split("|")[-1 if lang == "en" else 0], case.quoted]
        assert [words for words in wanted if words not in message] == []
        assert problem.hint(lang)


@pytest.mark.parametrize("file", UNREADABLE, ids=_id)
def test_a_file_that_cannot_be_read_is_one_problem(
    engines: Mapping[int, Engine], monkeypatch: pytest.MonkeyPatch, file: Unreadable
) -> None:
    for limit, lower in file.limits.items():
        monkeypatch.setattr(grids, limit, lower)
    (problem,) = _problems(engines[file.editions], file.content(), file.kind, file.name)
    assert (problem.code, problem.row) == (file.code, file.row)


def test_every_problem_has_a_case() -> None:
    with (language.FOLDER / "problems.csv").open(encoding="utf-8", newline="") as texts:
        keys = {row["key"] for row in csv.DictReader(texts)}
    codes = {key.removesuffix(".message") for key in keys if key.endswith(".message")}
    # What is told for all that are left out is no mistake of its own; a name that two spaces have is registered
    # (test_register), a figure is typed twice only on the page (test_choices), a private number is not repeated
    # (test_contacts), and only a CSV file cuts a figure at its comma (test_shifted_rows).
    elsewhere = {"more-of-a-kind", "same-name", "typed-twice", "contact-private", "figure-cut"}
    assert codes == {case.code for case in [*FILED, *ENROLLED, *SHOWN, *UNREADABLE]} | elsewhere
