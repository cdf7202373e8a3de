"""A module that carries rules has a test file of its name, in the room of its name: nobody searches for it."""

from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
# What carries no rule: exceptions and types, columns that are declared, a command's options, one call.
PLUMBING = {
    "__main__": "starts the command line",
    "events": "the names of events",
    "closings/unknown": "an exception",
    "reminders/undelivered": "an exception",
    "filing/interpreting/layouts/made": "types",
    "review/drafts/handles": "types",
    "results/tables/columns": "declared columns: test_views and test_contract_tables hold them to the database",
    "results/tables/records": "declared columns: test_views",
    "results/tables/policy_records": "declared columns: test_views",
    "results/overview/rows": "the beginning of every query of its room",
    "exports/stamps": "one sentence",
    **dict.fromkeys(
        [f"commands/{name}" for name in ("closings", "delivered", "evidence", "measures", "questions", "reminders")],
        "options of a command around what has tests of its own",
    ),
    "commands/settings": "options of every command: test_command",
    "commands/template": "options of a command",
}
# What means something within a whole alone, and the file that holds the whole.
WITHIN = {
    "access/own_pages": "access/test_sign_in",
    "access/session_pages": "access/test_sign_in",
    "database/drivers": "database/test_engine",
    "database/looking": "database/test_visible_spaces",
    "database/opening": "database/test_engine",
    "database/steps": "database/test_upgrades",
    "exports/scorecard_page": "exports/test_scorecard",
    "filing/rereading": "maintenance/test_alterations",
    "filing/stored": "filing/interpreting/test_across_cells",
    "maintenance/documents": "maintenance/test_alterations",
}


def modules() -> dict[str, Path]:
    """Every module of the product, by its place without its ending."""
    folder = ROOT / "tracking"
    found = (path.relative_to(folder) for path in folder.rglob("*.py") if path.name != "__init__.py")
    return {path.with_suffix("").as_posix(): path for path in sorted(found)}


def has_tests(path: Path) -> bool:
    """Whether the file that mirrors a module is there and has a test."""
    tests = ROOT / "tests" / "tracking" / path.with_name(f"test_{path.name}")
    return tests.exists() and "def test_" in tests.read_text(encoding="utf-8")


def test_a_module_that_carries_rules_has_a_test_file_of_its_name() -> None:
    without = [name for name, path in modules().items() if not has_tests(path)]
    assert [name for name in without if name not in PLUMBING | WITHIN] == []


@pytest.mark.parametrize("named", [PLUMBING, WITHIN], ids=["plumbing", "within"])
def test_what_is_named_here_is_there_and_has_none(named: dict[str, str]) -> None:
    found = modules()
    assert [name for name in named if name not in found or has_tests(found[name])] == []


def test_the_file_that_holds_the_whole_is_there() -> None:
    tests = ROOT / "tests" / "tracking"
    assert [held for held in WITHIN.values() if not (tests / f"{held}.py").exists()] == []
