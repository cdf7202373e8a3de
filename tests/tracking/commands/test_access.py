"""Accounts and grants on the command line, and what an account may do there."""

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tracking.commands import group

REGISTER = (
    "space_id,space_name,district,track,start_year,end_year\n"
    "S1,甲空间,北区,specialization,2022,2024\nS2,乙空间,南区,specialization,2022,2024\n"
)

Run = Callable[..., Result]


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """Runs a command on a database of two spaces."""
    environment = {"TRACKING_DATABASE": f"duckdb:///{tmp_path}/test.duckdb", "TRACKING_LANG": "en", "USER": "keeper"}

    def command(*words: str, **files: str) -> Result:
        for name, content in files.items():
            (tmp_path / f"{name}.csv").write_text(content, encoding="utf-8")
        told = [str(tmp_path / word) if word.endswith((".csv", ".zip")) else word for word in words]
        return CliRunner().invoke(group, told, env=environment)

    for words in (["init"], ["register", "register.csv"]):
        assert command(*words, register=REGISTER).exit_code == 0
    return command


def spaces(result: Result) -> set[str]:
    assert result.exit_code == 0, result.output
    return {row["space_id"] for row in csv.DictReader(io.StringIO(result.stdout.lstrip("\ufeff")))}


def test_an_account_does_what_it_was_granted_and_no_more(run: Run) -> None:
    first = run("access", "add", "Wang").stdout.splitlines()[-1]
    assert len(first) == 23
    # The least is the default: nothing is seen, and nothing can be done.
    assert spaces(run("filings", "--as", "wang")) == set()
    filed = {"s1": "space_id,year,mentors\nS1,2022,25\n", "s2": "space_id,year,mentors\nS2,2022,25\n"}
    assert run("load", "s1.csv", "--as", "wang", **filed).exit_code == 1
    assert run("access", "grant", "wang", "operator", "--space", "S1").exit_code == 0
    assert spaces(run("filings", "--as", "wang")) == {"S1"}
    assert run("load", "s1.csv", "--as", "wang").exit_code == 0
    # Another's space and one that does not exist are answered alike.
    theirs = run("load", "s2.csv", "--as", "wang")
    nobodys = run("load", "s9.csv", "--as", "wang", s9=filed["s2"].replace("S2", "S9"))
    assert theirs.exit_code == nobodys.exit_code == 1
    assert theirs.stderr.replace("S2", "S9") == nobodys.stderr
    for words in (["register", "register.csv"], ["backup", "b.zip"], ["verify"], ["copy", "c.zip"], ["audit"]):
        assert run(*words, "--as", "wang").exit_code == 1, words
    for words in (["add", "li"], ["grant", "wang", "manager"], ["end", "wang"], ["reset", "wang"], ["list"]):
        assert run("access", *words, "--as", "wang").exit_code == 1, words
    assert run("access", "end", "wang").exit_code == 0
    assert run("filings", "--as", "wang").exit_code == 2
    assert run("access", "add", "WANG").exit_code == 1


def test_a_reviewer_sees_a_district_and_files_nothing(run: Run) -> None:
    for words in (["add", "chen"], ["grant", "chen", "district_reviewer", "--district", "北区"], ["add", "wang"]):
        assert run("access", *words).exit_code == 0
    assert spaces(run("filings", "--as", "chen")) == {"S1"}
    assert run("load", "s1.csv", "--as", "chen", s1="space_id,year,mentors\nS1,2022,25\n").exit_code == 1
    assert run("access", "grant", "wang", "operator", "--space", "S1", "--as", "chen").exit_code == 0
    for refused in (["operator", "--space", "S2"], ["manager"], ["district_reviewer", "--district", "北区"]):
        assert run("access", "grant", "wang", *refused, "--as", "chen").exit_code == 1, refused
    # Who resets an account can enter by it: never one that is, or is to be, more than an operator of the district.
    assert run("access", "reset", "wang", "--as", "chen").exit_code == 0
    assert run("access", "grant", "wang", "manager", "--from", "2999-01-01").exit_code == 0
    for words in (["reset", "wang"], ["end", "wang"], ["reset", "chen"]):
        assert run("access", *words, "--as", "chen").exit_code == 1, words
    assert run("access", "grant", "wang", "operator", "--district", "北区").exit_code == 1
    assert run("access", "grant", "wang", "operator", "--space", "S9").exit_code == 1


def test_grants_begin_and_end_by_their_days(run: Run) -> None:
    run("access", "add", "zhou")
    for days in (["--from", "2999-01-01"], ["--from", "2020-01-01", "--until", "2020-12-31"]):
        assert run("access", "grant", "zhou", "manager", *days).exit_code == 0
        assert spaces(run("filings", "--as", "zhou")) == set()
    # What would be over before it begins is a slip of the year.
    for days in (["--until", "2020-12-31"], ["--from", "2999-02-01", "--until", "2999-01-31"]):
        assert run("access", "grant", "zhou", "manager", *days).exit_code == 2
    assert run("access", "grant", "zhou", "manager").exit_code == 0
    assert spaces(run("filings", "--as", "zhou")) == {"S1", "S2"}
    assert run("access", "end", "zhou", "--role", "analyst").exit_code == 1
    listed = json.loads(run("access", "list", "--format", "json").stdout)
    assert [(each["name"], each["role"], each["provisional"]) for each in listed[:1]] == [("zhou", "manager", True)]
    assert run("access", "end", "zhou", "--role", "manager").exit_code == 0
    assert spaces(run("filings", "--as", "zhou")) == set()


def test_a_city_is_imported_whole_or_not_at_all(run: Run) -> None:
    columns = "name,display,role,scope,code\n"
    half = run("access", "import", "people.csv", people=f"{columns}a,A,operator,space,S1\nb,B,operator,space,S9\n")
    assert half.exit_code == 1
    assert run("filings", "--as", "a").exit_code == 2
    whole = run("access", "import", "people.csv", people=f"{columns}a,A,operator,space,S1\na,A,manager,city,\n")
    assert (whole.exit_code, len(whole.stdout.splitlines())) == (0, 1)
    assert spaces(run("filings", "--as", "a")) == {"S1", "S2"}


def test_everything_leaves_its_line(run: Run) -> None:
    run("access", "add", "wang")
    run("access", "grant", "wang", "operator", "--space", "S1")
    run("load", "s1.csv", "--as", "wang", s1="space_id,year,mentors\nS1,2022,25\n")
    told = run("audit")
    rows = list(csv.DictReader(io.StringIO(told.stdout.lstrip("\ufeff"))))
    events = [(row["account"], row["event"]) for row in reversed(rows)]
    assert events[-3:] == [("", "account"), ("", "grant"), ("1", "filing")]
    told_json = json.loads(run("audit", "--format", "json").stdout)
    assert [(row["number"], row["account"]) for row in told_json[:2]] == [(len(rows), 1), (len(rows) - 1, None)]
    head = told.stderr.strip()
    assert head.startswith(f"{len(rows)}:")
    assert run("backup", "b.zip").exit_code == 0
    assert run("audit").stderr.startswith(f"{len(rows) + 1}:")
    assert run("audit", "--against", head).exit_code == 0
    assert run("audit", "--against", head[:-1] + ("0" if head[-1] != "0" else "1")).exit_code == 1
    assert run("verify", "--against", head).exit_code == 0
