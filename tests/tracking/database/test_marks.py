"""A database that was not closed leaves a mark, which its own process does not take for another's."""

from pathlib import Path

from tracking.database import marks


def test_the_mark_of_a_process_that_ended_is_found_and_ones_own_is_none(tmp_path: Path) -> None:
    folder = tmp_path / "city.duckdb.loads"
    assert marks.left(folder) == []
    marks.put(folder)
    (folder / "open-of-another").touch()
    assert [path.name for path in marks.left(folder)] == ["open-of-another"]
    assert len(list(folder.glob("open-*"))) == 2
    marks.take(folder)
    marks.take(folder)
    assert [path.name for path in folder.glob("open-*")] == ["open-of-another"]


def test_where_no_mark_can_be_put_the_database_is_opened_all_the_same(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    marks.put(tmp_path / "file" / "folder")
    assert marks.left(tmp_path / "file" / "folder") == []
