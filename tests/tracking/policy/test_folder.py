"""A policy's folder that cannot be read, or contradicts itself, is refused with the place."""

from pathlib import Path

import pytest

from tests.policies import NINGBO, assert_refused, copied, each_in_its_place, problems_of, spoil
from tracking.policy import loading as policies
from tracking.words.language import LANGUAGES

# By file of a sound edition: what is replaced by what, and the problem then found: code, row, column, value.
REFUSED = {
    "requirements.csv": [
        ("not count.", "not count.,more", "extra-cell", 3, None, "more"),
        ("alternative,", "", "column-missing", 1, "alternative", None),
        ("note_en", "note_en,remark", "column-unknown", 1, "remark", None),
        ("note_en", "note_en,metric", "column-twice", 1, "metric", None),
    ],
    "metrics.csv": [
        ("减碳量", '"减碳量', "csv", 3, None, None),
    ],
    "edition.toml": [
        ("construction_years = 2", "construction_years = 1.5", "construction-years", 6, "construction_years", "1.5"),
        ("construction_years = 2", "construction_years = -1", "construction-years", 6, "construction_years", "-1"),
        ("construction_years = 2", "construction_years = true", "construction-years", 6, "construction_years", "True"),
        ('"04-30"', '"02-29"', "due", 7, "due", "02-29"),
        ('"04-30"', '"04-31"', "due", 7, "due", "04-31"),
        ('"04-30"', '"W05-1"', "due", 7, "due", "W05-1"),
        ('"04-30"', "430", "due", 7, "due", "430"),
        ('"04-30"', "04-30", "toml", 7, None, None),
        ("0.75", "0", "pass-mark", 8, "pass_mark", "0"),
        ("0.75", "75", "pass-mark", 8, "pass_mark", "75"),
        ("0.75", "nan", "pass-mark", 8, "pass_mark", "NaN"),
        ("0.75", "1e99999999999999999999", "pass-mark", 8, "pass_mark", "NaN"),
        ("0.75", '"0.75"', "pass-mark", 8, "pass_mark", "0.75"),
        ("= false", '= "no"', "not-true-or-false", 9, "pass_mark_is_default", "no"),
        ('"测试用的虚构政策"', '""', "not-words", 4, "source_zh", ""),
        ('"测试用的虚构政策"', '"\\u0000"', "control-character", 4, "source_zh", "\x00"),
        ("construction_years", "building_years", "key-unknown", 6, "building_years", None),
        ("construction_years = 2", "", "key-missing", None, "construction_years", None),
    ],
}


@each_in_its_place(REFUSED)
def test_what_cannot_stand_in_a_policy_is_refused_with_its_place(
    tmp_path: Path, name: str, old: str, new: str, found: tuple[object, ...]
) -> None:
    assert_refused(tmp_path, name, old, new, found)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_refusal_is_a_sentence_that_names_file_row_and_column(tmp_path: Path, lang: str) -> None:
    folder = copied(NINGBO, tmp_path)
    spoil(folder, "requirements.csv", "green_share,share,>", "wood_share,share,>")
    [problem, *_] = problems_of(folder)
    for part in ("requirements.csv", "2", "metric", "wood_share"):
        assert part in problem.message(lang)
    assert "metrics.csv" in problem.hint(lang)


@pytest.mark.parametrize("name", sorted(path.name for path in NINGBO.iterdir()))
@pytest.mark.parametrize(
    ("content", "code"),
    [
        (None, "policy-file-missing"),
        ("获投企业".encode("gb18030"), "policy-file-not-utf-8"),
        (b"\xff\xfe\x00", "policy-file-not-utf-8"),
    ],
    ids=["missing", "gb18030", "utf-16"],
)
def test_a_file_that_cannot_be_read_is_named(tmp_path: Path, name: str, content: bytes | None, code: str) -> None:
    folder = copied(NINGBO, tmp_path)
    (folder / name).unlink()
    if content is not None:
        (folder / name).write_bytes(content)
    assert {(each.sheet, each.code) for each in problems_of(folder)} == {(name, code)}


@pytest.mark.parametrize(
    "content", [b"", b"\n\n", b"\ntrack,name_zh,name_en\ngreen,a,b\n"], ids=["empty", "blank", "late"]
)
def test_a_file_must_begin_with_its_header(tmp_path: Path, content: bytes) -> None:
    folder = copied(NINGBO, tmp_path)
    (folder / "tracks.csv").write_bytes(content)
    assert [(each.code, each.row) for each in problems_of(folder)] == [("policy-header-missing", 1)]


def test_a_folder_in_place_of_a_file_is_refused(tmp_path: Path) -> None:
    folder = copied(NINGBO, tmp_path)
    (folder / "rules.csv").unlink()
    (folder / "rules.csv").mkdir()
    assert [(each.sheet, each.code) for each in problems_of(folder)] == [("rules.csv", "policy-file-unreadable")]


def test_a_folder_that_is_not_there_is_refused(tmp_path: Path) -> None:
    assert [each.code for each in problems_of(tmp_path / "nowhere")] == ["policy-folder-missing"]


def test_the_name_of_the_folder_must_be_a_code(tmp_path: Path) -> None:
    folder = copied(NINGBO, tmp_path)
    assert [each.code for each in problems_of(folder.rename(folder.parent / "宁波 2026"))] == ["policy-folder-name"]


def test_an_edition_without_requirements_is_refused(tmp_path: Path) -> None:
    folder = copied(NINGBO, tmp_path)
    path = folder / "requirements.csv"
    path.write_text(path.read_text(encoding="utf-8").split("\n")[0], encoding="utf-8")
    assert ("requirements.csv", "policy-no-rows") in {(each.sheet, each.code) for each in problems_of(folder)}


def test_all_that_is_wrong_is_told_at_once(tmp_path: Path) -> None:
    folder = copied(NINGBO, tmp_path)
    spoil(folder, "metrics.csv", "tonnes,decimal", "stones,decimal")
    spoil(folder, "requirements.csv", ">,0.5", ">,50")
    spoil(folder, "rules.csv", "served_firms", "all_firms")
    assert [each.sheet for each in problems_of(folder)] == ["metrics.csv", "rules.csv", "requirements.csv"]


def test_what_a_spreadsheet_adds_on_saving_changes_nothing(tmp_path: Path) -> None:
    folder = copied(NINGBO, tmp_path)
    before = policies.read(folder).requirements
    path = folder / "requirements.csv"
    rows = path.read_text(encoding="utf-8").splitlines()
    path.write_bytes(b"\xef\xbb\xbf" + "\r\n".join(f"{row},," for row in [*rows, "," * 11]).encode())
    assert policies.read(folder).requirements == before
