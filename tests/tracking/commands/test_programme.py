"""The database is made on the command line."""

from tests.tracking.commands.about import Run


def test_init_can_be_run_again(run: Run) -> None:
    assert [run("init").exit_code, run("init").exit_code] == [0, 0]
