"""A policy's folder that cannot be read, or contradicts itself, is refused with the place."""

from pathlib import Path

import pytest

from tests.policies import NINGBO, copied, problems_of, spoil
from tracking.policy import loading as policies
from tracking.words.language import LANGUAGES

# By file of a sound edition: what is replaced by what, and the problem then found: code, row, column, value.
REFUSED = {
    "requirements.csv": [
        ("green_share,share,>", "wood_share,share,>", "unknown", 2, "metric", "wood_share"),
        ("green,target,1,green_share", "red,target,1,green_share", "unknown", 2, "track", "red"),
        ("digital,target,1,served", "digital,target,9,served", "unknown", 6, "clause", "digital.target.9"),
        ("served_firms,growth", "served_firms,trend", "not-one-of", 6, "basis", "trend"),
        ("annual,>=", "annual,=>", "not-one-of", 7, "comparison", "=>"),
        ("green,target,1,green_share", "green,goal,1,green_share", "not-one-of", 2, "stage", "goal"),
        (">=,1,no", ">=,1,maybe", "not-one-of", 7, "mandatory", "maybe"),
        (">=,12.5", ">=,many", "not-a-figure", 3, "threshold", "many"),
        (">=,12.5", ">=,-12.5", "not-a-figure", 3, "threshold", "-12.5"),
        (">=,12.5", ">=,12.00005", "not-a-figure", 3, "threshold", "12.00005"),
        (">=,12.5", ">=,１２", "not-a-figure", 3, "threshold", "１２"),
        (">=,12.5", ">=,", "cell-missing", 3, "threshold", None),
        (">,0.5", ">,50", "share-threshold", 2, "threshold", "50"),
        (">,0.5", ">,0", "share-threshold", 2, "threshold", "0"),
        ("growth,>,0", "growth,>=,0", "fixed-basis", 6, "comparison", ">="),
        ("growth,>,0", "growth,>,5", "fixed-basis", 6, "threshold", "5"),
        ("attested,>=,1", "attested,>=,2", "fixed-basis", 4, "threshold", "2"),
        ("green_share,share", "green_share,annual", "basis-of-kind", 2, "basis", "annual"),
        ("carbon_saved,", "green_share,", "twice", 3, "metric", "green.target.1.green_share"),
        ("funded_firms,annual", "funded_firms,share", "basis-of-kind", 7, "basis", "share"),
        ("funded_firms,annual", "funded_firms,attested", "basis-of-kind", 7, "basis", "attested"),
        ("yes,,cultivation", "yes,,", "counted-missing", 3, "counted", None),
        ("no,,,", "no,,period,", "counted-needless", 7, "counted", "period"),
        ("stock,>=,8,yes,a", "stock,>=,8,yes,b", "alternative-alone", 4, "alternative", "a"),
        ("digital,entry,1,served", "digital,target,1,served", "alternative-alone", 4, "alternative", "a"),
        ("stock,>=,8,yes,a", "stock,>=,8,no,a", "alternative-mixed", 5, "mandatory", "no"),
        (",Construction years do not count.", ",", "one-language", 3, "note_en", None),
        ("not count.", "not count.,more", "extra-cell", 3, None, "more"),
        ("alternative,", "", "column-missing", 1, "alternative", None),
        ("note_en", "note_en,remark", "column-unknown", 1, "remark", None),
        ("note_en", "note_en,metric", "column-twice", 1, "metric", None),
    ],
    "metrics.csv": [
        ("share,share,green_firms", "share,share,", "share-without-count", 6, "numerator", None),
        ("green_firms,served_firms", "green_firms,", "share-without-count", 6, "denominator", None),
        ("green_firms,served_firms", "green_firms,all_firms", "unknown", 6, "denominator", "all_firms"),
        ("share,share,green_firms", "share,share,data_centre", "not-a-number", 6, "numerator", "data_centre"),
        ("decimal,,", "decimal,green_firms,", "count-without-share", 3, "numerator", "green_firms"),
        ("decimal,,", "number,,", "not-one-of", 3, "kind", "number"),
        ("tonnes,decimal", "stones,decimal", "unknown", 3, "unit", "stones"),
        ("\ncarbon_saved", "\nfunded_firms", "twice", 3, "metric", "funded_firms"),
        ("减碳量", "获投企业", "twice", 3, "name_zh", "获投企业"),
        ("Carbon saved", "funded_firms", "twice", 3, "name_en", "funded_firms"),
        ("Funded companies", "carbon_saved", "twice", 3, "metric", "carbon_saved"),
        ("\ncarbon_saved", "\n碳", "not-a-code", 3, "metric", "碳"),
        ("\ncarbon_saved", "\ncarbon.saved", "not-a-code", 3, "metric", "carbon.saved"),
        ("减碳量", "减\x00量", "control-character", 3, "name_zh", "减\x00量"),
        ("减碳量", '"减碳量', "csv", 3, None, None),
    ],
    "tracks.csv": [
        ("digital", "digital,数码化,Digits\ndigital", "twice", 4, "track", "digital"),
        ("数字化", "绿色 化", "twice", 3, "name_zh", "绿色 化"),
        ("Digitalization", "Green", "twice", 3, "name_en", "Green"),
        ("digital", "idle,闲,Idle\ndigital", "track-without-requirements", 3, "track", "idle"),
    ],
    "units.csv": [
        ("tonnes,吨", "firms,吨", "twice", 3, "unit", "firms"),
    ],
    "conversions.csv": [
        ("tonnes,千克", "pounds,千克", "unknown", 2, "unit", "pounds"),
        ("0.001", "0", "not-a-factor", 2, "factor", "0"),
    ],
    "clauses.csv": [
        ("digital,entry", "digital,target", "twice", 4, "clause", "digital.target.1"),
        ("digital,entry", "analogue,entry", "unknown", 3, "track", "analogue"),
    ],
    "rules.csv": [
        ("green_firms,served_firms", "green_firms,all_firms", "unknown", 2, "whole", "all_firms"),
        ("green_firms,served_firms", "green_share,served_firms", "not-a-number", 2, "part", "green_share"),
        ("green_firms,served_firms", "green_firms,green_firms", "part-of-itself", 2, "whole", "green_firms"),
    ],
    "readings.csv": [
        ("1.green_share", "1.wood_share", "unknown", 2, "requirement", "green.target.1.wood_share"),
        (",,,>=,,,", ",,annual,>=,,,", "basis-of-kind", 2, "basis", "annual"),
        (",,,>=,,,", ",wood,,>=,,,", "unknown", 2, "metric", "wood"),
        (",,,>=,,,", ",,,>=,7,,", "share-threshold", 2, "threshold", "7"),
        (",,,>=,,,", ",,,>,,,", "reading-empty", 2, "reading", "half-is-enough"),
        (",,,>=,,,", ",,,>=,,,0.5", "reading-of-requirement", 2, "pass_mark", "0.5"),
        (",green.target.1.green_share,", ",,", "reading-of-pass-mark", 2, "comparison", ">="),
        (",,,>=,,,", ",,,>=,,,1.5", "pass-mark", 2, "pass_mark", "1.5"),
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


@pytest.mark.parametrize(
    ("name", "old", "new", "found"),
    [
        pytest.param(name, old, new, (f"policy-{code}", *place), id=f"{name} {code} {new!r}")
        for name, cases in REFUSED.items()
        for old, new, code, *place in cases
    ],
)
def test_what_cannot_stand_in_a_policy_is_refused_with_its_place(
    tmp_path: Path, name: str, old: str, new: str, found: tuple[object, ...]
) -> None:
    folder = copied(NINGBO, tmp_path)
    spoil(folder, name, old, new)
    problems = [each for each in problems_of(folder) if each.sheet == name]
    assert found in [(each.code, each.row, each.column, each.value) for each in problems]
    assert all(each.message(lang) and each.hint(lang) for each in problems for lang in LANGUAGES)


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
