"""What takes a file's place does so whole, and never a database's own."""

from pathlib import Path

import pytest

from tracking import database
from tracking.database import placing


def test_a_file_is_there_whole_or_as_it_was(tmp_path: Path) -> None:
    place = tmp_path / "list.csv"
    place.write_text("older", encoding="utf-8")
    place.chmod(0o640)
    with pytest.raises(FileNotFoundError), placing.placed(place) as half:
        half.with_name("no folder").joinpath(half.name).write_text("half of it", encoding="utf-8")
    assert place.read_text(encoding="utf-8") == "older"
    with placing.placed(place) as half:
        half.write_text("newer", encoding="utf-8")
        assert place.read_text(encoding="utf-8") == "older"
    assert place.read_text(encoding="utf-8") == "newer"
    assert place.stat().st_mode & 0o777 == 0o640
    assert list(tmp_path.iterdir()) == [place]


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "kept").mkdir()
    (tmp_path / "link.csv").symlink_to(tmp_path / "kept" / "list.csv")
    with placing.placed(tmp_path / "link.csv") as half:
        half.write_text("newer", encoding="utf-8")
    assert (tmp_path / "link.csv").is_symlink()
    assert (tmp_path / "kept" / "list.csv").read_text(encoding="utf-8") == "newer"


@pytest.mark.parametrize(
    ("name", "own"),
    [
        ("data.duckdb", True),
        ("data.duckdb.wal", True),
        ("data.duckdb.loads/1.load", True),
        ("link.duckdb", True),
        ("../data/data.duckdb", True),
        ("other.duckdb", False),
        ("data.zip", False),
    ],
)
def test_what_belongs_to_a_database_is_known_by_any_name(tmp_path: Path, name: str, own: bool) -> None:
    folder = tmp_path / "data"
    folder.mkdir()
    (folder / "data.duckdb").touch()
    (folder / "link.duckdb").hardlink_to(folder / "data.duckdb")
    assert database.is_own(f"duckdb:///{folder}/data.duckdb", folder / name) is own
    assert not database.is_own("postgresql+psycopg://somebody@somewhere/data", folder / name)


def test_a_database_and_its_log_are_their_owner_s_alone(tmp_path: Path) -> None:
    engine = database.connect(f"duckdb:///{tmp_path}/data.duckdb", create=True)
    database.initialise(engine)
    database.write(engine, database.data_version)
    modes = {file.name: file.stat().st_mode & 0o777 for file in tmp_path.iterdir()}
    engine.dispose()
    # In the folder of its loads lies the mark of a database that is open.
    assert modes == {"data.duckdb": 0o600, "data.duckdb.wal": 0o600, "data.duckdb.loads": 0o700}
