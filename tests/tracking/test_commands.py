"""The command line keeps the contract: columns, exit codes, JSON, and never a traceback."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from starlette.testclient import TestClient

from tracking import api, database
from tracking.__main__ import group
from tracking.database import steps
from tracking.results.tables.columns import COLUMNS

REGISTER = "space_id,space_name,track,start_year,end_year\nS1,甲空间,specialization,2022,2024\n"
GOOD = "space_id,year,mentors\nS1,2022,25\n"
BAD = "space_id,year,mentors\nS1,2022,约5\n"

Run = Callable[..., Result]


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """Runs a command on a database of the test's own; texts become files."""
    return runs_in(tmp_path)


def runs_in(folder: Path) -> Run:
    environment = {"TRACKING_DATABASE": f"duckdb:///{folder}/test.duckdb", "TRACKING_LANG": "en"}

    def command(*words: str, **files: str) -> Result:
        for name, content in files.items():
            (folder / f"{name}.csv").write_text(content, encoding="utf-8")
        told = [str(folder / word) if word.endswith((".csv", ".zip")) else word for word in words]
        return CliRunner().invoke(group, told, env=environment)

    return command


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a database of the policy, one space and one filing, to be copied."""
    folder = tmp_path_factory.mktemp("original")
    for words in (["init"], ["register", "register.csv"], ["load", "good.csv"]):
        assert runs_in(folder)(*words, register=REGISTER, good=GOOD).exit_code == 0
    return folder


@pytest.fixture
def filled(run: Run, original: Path, tmp_path: Path) -> Run:
    """The same, with the policy, one space and one filing."""
    shutil.copytree(original, tmp_path, dirs_exist_ok=True)
    return run


def test_init_can_be_run_again(run: Run) -> None:
    assert [run("init").exit_code, run("init").exit_code] == [0, 0]


def test_without_a_database_every_table_exits_3_and_says_what_to_do(run: Run) -> None:
    result = run("attainment")
    assert (result.exit_code, "init" in result.stderr) == (3, True)


@pytest.mark.parametrize(
    "words",
    [
        ["attainment", "--as-of", "yesterday"],
        ["attainment", "--format", "docx"],
        ["attainment", "--year", "two"],
        ["attainment", "--as-of", "20240101"],
        ["evaluations", "--status", "short"],
        ["verdicts", "--at-least", "2"],
        ["shortfalls", "--phase", "ended"],
        ["filings", "--space", "S9"],
        ["shortfalls", "--track", "no_track"],
        ["observations", "--district", "nowhere"],
        ["changes", "--from", "1", "--edition", "no-edition"],
        ["template", "--track", "specialization", "--year", "99999999999", "--out", "out.csv"],
        ["load", "nowhere.csv"],
        ["load"],
        ["template", "--track", "no_track", "--out", "out.csv"],
        ["shortfalls", "--data-version", "99"],
        ["changes"],
        ["changes", "--from", "99"],
        ["changes", "--from", "3", "--to", "2"],
        ["no-such-command"],
    ],
    ids=" ".join,
)
def test_wrong_usage_exits_2(filled: Run, words: Sequence[str]) -> None:
    assert filled(*words).exit_code == 2


def test_a_code_that_names_nothing_is_told_with_those_that_do(filled: Run) -> None:
    assert "“S9” does not exist; there are S1." in filled("filings", "--space", "S9").stderr


@pytest.mark.parametrize(
    ("words", "begins"),
    [
        (["--out", "out.xlsx"], b"PK"),
        (["--out", "out.PARQUET"], b"PAR1"),
        (["--out", "out.json"], b"["),
        (["--out", "out.txt"], b"\xef\xbb\xbf"),
        (["--format", "csv", "--out", "out.json"], b"\xef\xbb\xbf"),
    ],
)
def test_the_name_of_a_file_says_its_format_where_nothing_else_does(
    filled: Run, tmp_path: Path, words: Sequence[str], begins: bytes
) -> None:
    out = tmp_path / words[-1]
    assert filled("filings", *words[:-1], str(out)).exit_code == 0
    assert out.read_bytes().startswith(begins)


def test_a_refused_file_exits_1_and_stores_nothing(filled: Run) -> None:
    before = filled("filings").stdout_bytes
    assert filled("load", "bad.csv", bad=BAD).exit_code == 1
    assert filled("filings").stdout_bytes == before


@pytest.mark.parametrize("by", ["", " ", "x" * 100_000, "a\x1b[2J", "甲\n2024-01-01 乙"], ids=lambda by: repr(by[:12]))
def test_who_loads_is_a_name_on_one_line(filled: Run, by: str) -> None:
    refused = filled("load", "good.csv", "--by", by)

    assert refused.exit_code == 2
    assert "\x1b" not in refused.stderr
    assert len(refused.stderr) < 2_000


def test_what_is_printed_of_a_file_controls_no_terminal(filled: Run) -> None:
    refused = filled("check", "a\u202eb\x1b[2J.csv", **{"a\u202eb\x1b[2J": GOOD})

    assert refused.exit_code == 1
    assert not {"\u202e", "\x1b"} & set(refused.stdout + refused.stderr)


def test_the_json_report_has_the_contract_s_keys(filled: Run) -> None:
    (report,) = json.loads(filled("check", "bad.csv", "--json", bad=BAD).stdout)
    assert list(report) == [
        *("file", "loaded", "filings", "unchanged", "observations", "problems"),
        *("kept", "layout", "unit", "passed_over", "seal"),
    ]
    (problem,) = report["problems"]
    assert [problem[key] for key in ("severity", "code", "sheet", "row", "column", "value")] == [
        *("error", "not-exact", None, 2, "mentors", "约5")
    ]


def test_loading_again_is_unchanged(filled: Run) -> None:
    (report,) = json.loads(filled("load", "good.csv", "--json").stdout)
    assert (report["loaded"], report["filings"], report["unchanged"]) == (True, 1, 1)


@pytest.mark.parametrize("table", COLUMNS)
def test_a_table_s_header_is_its_columns(filled: Run, table: str) -> None:
    content = filled(table).stdout_bytes
    assert content.startswith(b"\xef\xbb\xbf")
    assert content.split(b"\r\n")[0].decode("utf-8-sig").split(",") == list(COLUMNS[table])


def test_a_choice_gives_the_bytes_that_its_address_gives(filled: Run, tmp_path: Path) -> None:
    missed = ["specialization.target.2.mentors", "specialization.target.2.professional_mentors"]
    asked = {"phase": "construction", "requirement": missed, "at_least": 1, "search": "s1", "as_of": "2025-06-01"}
    said = [f"--{name.replace('_', '-')}={value}" for name, value in asked.items() if name != "requirement"]
    printed = filled("shortfalls", *said, *(f"--requirement={code}" for code in missed)).stdout_bytes
    client = TestClient(api.application(lambda: database.connect(f"duckdb:///{tmp_path}/test.duckdb")))
    assert printed == client.get("/shortfalls.csv", params={**asked, "lang": "en"}).content
    assert printed.count(b"\r\n") == 2


def test_a_data_version_gives_back_an_earlier_table(filled: Run) -> None:
    before = filled("shortfalls", "--as-of", "2024-01-01").stdout_bytes
    assert filled("load", "more.csv", more="space_id,year,mentors\nS1,2022,15\n").exit_code == 0
    assert filled("shortfalls", "--as-of", "2024-01-01").stdout_bytes != before
    assert filled("shortfalls", "--as-of", "2024-01-01", "--data-version", "3").stdout_bytes == before


def test_changes_names_the_load_that_opened_a_shortfall(filled: Run) -> None:
    assert filled("load", "more.csv", more="space_id,year,mentors\nS1,2022,15\n").exit_code == 0
    rows = json.loads(filled("changes", "--from", "3", "--as-of", "2023-01-01", "--format", "json").stdout)
    told = [{key: row[key] for key in ("metric", "change", "gap_after", "source")} for row in rows]
    assert told == [{"metric": "mentors", "change": "opened", "gap_after": 5, "source": "more.csv"}]


def test_observations_come_long_and_wide(filled: Run) -> None:
    long = json.loads(filled("observations", "--format", "json").stdout)
    wide = json.loads(filled("observations", "--wide", "--format", "json").stdout)
    assert [(row["metric"], row["value"]) for row in long] == [("mentors", 25)]
    assert [row["mentors"] for row in wide] == [25]


def test_the_dictionary_explains_the_columns_of_every_table(filled: Run) -> None:
    rows = json.loads(filled("dictionary", "--format", "json").stdout)
    assert {(table, column) for table, columns in COLUMNS.items() for column in columns} <= {
        (row["table"], row["column"]) for row in rows
    }


def test_the_language_goes_before_or_after_the_command(filled: Run) -> None:
    after = filled("attainment", "--lang", "zh", "--year", "2022").stdout
    assert "创业导师" in after
    assert filled("--lang", "zh", "attainment", "--year", "2022").stdout == after


def test_a_backup_comes_back_as_it_was(filled: Run, tmp_path: Path) -> None:
    assert filled("backup", "all.zip").exit_code == 0
    other = ["--database", f"duckdb:///{tmp_path}/other.duckdb"]
    assert filled("restore", "all.zip", *other).exit_code == 0
    day = ["--as-of", "2024-01-01"]
    assert filled("attainment", *day, *other).stdout_bytes == filled("attainment", *day).stdout_bytes
    assert filled("restore", "all.zip", *other).exit_code == 1


@pytest.mark.parametrize("words", [["backup", "{}"], ["verdicts", "--out", "{}"], ["dictionary", "--out", "{}"]])
def test_the_database_itself_is_no_place_to_write_to(filled: Run, tmp_path: Path, words: list[str]) -> None:
    own = tmp_path / "test.duckdb"
    before = own.read_bytes()
    result = filled(*(word.format(own) for word in words))
    assert (result.exit_code, "belongs to the database" in result.stderr) == (2, True)
    assert own.read_bytes() == before


def test_a_newer_database_exits_3_in_both_languages(filled: Run, tmp_path: Path) -> None:
    engine = database.connect(f"duckdb:///{tmp_path}/test.duckdb")
    with engine.begin() as connection:
        steps.note(connection, 1_000)
    engine.dispose()
    for lang, sentence in (("en", "A newer version made this database"), ("zh", "由更新的版本建立")):
        for command in ("init", "verdicts", "serve"):
            result = filled(command, "--lang", lang)
            assert (result.exit_code, sentence in result.stderr) == (3, True)


def test_what_is_no_backup_is_refused(run: Run) -> None:
    assert run("restore", "broken.csv", broken="no zip").exit_code == 1


def test_verify_says_what_holds(filled: Run) -> None:
    result = filled("verify")
    assert (result.exit_code, "BROKEN" in result.stdout) == (0, False)


@pytest.mark.usefixtures("filled")
def test_a_file_held_by_another_process_exits_3(tmp_path: Path) -> None:
    hold = f"import duckdb; c = duckdb.connect(r'{tmp_path}/test.duckdb'); print('held', flush=True); input()"
    with subprocess.Popen(
        [sys.executable, "-c", hold], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as holder:
        assert holder.stdout
        assert holder.stdin
        holder.stdout.readline()
        command = [sys.executable, "-m", "tracking", "verify", "--lang", "en"]
        environment = {**os.environ, "TRACKING_DATABASE": f"duckdb:///{tmp_path}/test.duckdb"}
        done = subprocess.run(command, capture_output=True, text=True, env=environment, check=False)
        holder.stdin.write("\n")
    assert (done.returncode, "Another process" in done.stderr) == (3, True)


@pytest.mark.usefixtures("filled")
def test_a_reader_that_closes_early_sees_no_traceback(tmp_path: Path) -> None:
    command = f"{sys.executable} -m tracking attainment | head -c 10"
    environment = {**os.environ, "TRACKING_DATABASE": f"duckdb:///{tmp_path}/test.duckdb"}
    done = subprocess.run(command, shell=True, capture_output=True, env=environment, check=False)
    assert done.stderr == b""


@pytest.mark.parametrize("command", ["attainment", "verify"])
@pytest.mark.usefixtures("filled")
def test_what_cannot_be_printed_is_told_and_exits_2(tmp_path: Path, command: str) -> None:
    environment = {**os.environ, "TRACKING_DATABASE": f"duckdb:///{tmp_path}/test.duckdb"}
    with Path("/dev/full").open("wb") as full:
        words = [sys.executable, "-m", "tracking", command, "--lang", "en"]
        done = subprocess.run(words, stdout=full, stderr=subprocess.PIPE, text=True, env=environment, check=False)
    assert (done.returncode, "stdout: No space left" in done.stderr, "Traceback" in done.stderr) == (2, True, False)


def test_a_file_name_out_of_a_chinese_archive_is_read(filled: Run, tmp_path: Path) -> None:
    path = os.fsdecode(os.fsencode(tmp_path) + b"/" + "填报.csv".encode("gb18030"))
    Path(path).write_text(GOOD.replace("25", "26"), encoding="utf-8")
    assert filled("load", path.removeprefix(f"{tmp_path}/")).exit_code == 0
    assert json.loads(filled("filings", "--format", "json", "--year", "2022").stdout)[0]["source"] == "填报.csv"


OF_NOBODY = "创业导师,导师们,天气\n30,11,晴\n"
CHOSEN = ["--space", "S1", "--year", "2022", "--map", "导师们=professional_mentors", "--leave-out", "天气", "--json"]


def test_what_a_file_does_not_say_is_said_on_the_command_line(filled: Run) -> None:
    (told,) = json.loads(filled("load", "file.csv", *CHOSEN, file=OF_NOBODY).stdout)
    assert (told["loaded"], told["filings"], told["observations"], told["kept"]) == (True, 1, 2, 0)
    assert (told["problems"], told["layout"][0]["space_from"], told["passed_over"]) == ([], "choice", [])
    exported = filled("observations", "--format", "json").stdout
    assert {row["metric"]: row["value"] for row in json.loads(exported)} == {
        "mentors": 30,
        "professional_mentors": 11,
    }


def test_figures_filed_before_are_kept_where_it_is_said(filled: Run) -> None:
    more = "space_id,year,partner_institutions\nS1,2022,10\n"
    (checked,) = json.loads(filled("check", "more.csv", "--keep", "--json", more=more).stdout)
    assert [each["code"] for each in checked["problems"]] == ["figures-kept"]
    (told,) = json.loads(filled("load", "more.csv", "--keep", "--json").stdout)
    assert (told["observations"], told["kept"]) == (2, 1)


def test_a_choice_against_the_file_is_refused_and_names_both(filled: Run) -> None:
    result = filled("check", "good.csv", "--year", "2023")
    assert result.exit_code == 1
    assert "2022" in result.stderr
    assert "2023" in result.stderr


@pytest.mark.parametrize("words", [["--map", "导师们"], ["--map", "=mentors"], ["--year", "two"]], ids=" ".join)
def test_a_choice_that_cannot_be_read_is_wrong_usage(filled: Run, words: Sequence[str]) -> None:
    assert filled("check", "good.csv", *words).exit_code == 2
