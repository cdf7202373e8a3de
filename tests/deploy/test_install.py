"""What is installed from the archive is what was packed, and a half copied one is refused."""

import hashlib
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

TOP = Path(__file__).parents[2]
pytestmark = pytest.mark.skipif(sys.version_info[:2] != (3, 11), reason="the archive is for Python 3.11")


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    """An archive unpacked, with files as they were packed; its wheels are not reached."""
    folder = tmp_path / "unpacked"
    folder.mkdir()
    for name in ("deploy/install.py", "pyproject.toml"):
        shutil.copy(TOP / name, folder)
    (folder / "app.py").write_text("print('packed')\n")
    sums = (f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.name}\n" for path in sorted(folder.iterdir()))
    (folder / "SHA256SUMS").write_text("".join(sums))
    return folder


def installed(archive: Path, target: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-I", str(archive / "install.py"), str(target)]
    return subprocess.run(command, capture_output=True, encoding="utf-8", timeout=60)


@pytest.mark.parametrize("harm", ["altered", "missing"])
def test_a_file_that_is_not_as_it_was_packed_is_named_and_nothing_is_installed(archive: Path, harm: str) -> None:
    file = archive / "app.py"
    file.write_text("print('altered')\n") if harm == "altered" else file.unlink()
    done = installed(archive, archive.parent / "opt")
    assert done.returncode == 1
    assert "app.py" in done.stderr
    assert not (archive.parent / "opt").exists()


def test_a_release_that_is_installed_is_not_touched(archive: Path) -> None:
    target = archive.parent / "opt"
    release = tomllib.loads((TOP / "pyproject.toml").read_text())["project"]["version"]
    (target / release).mkdir(parents=True)
    (target / "current").symlink_to(release)
    done = installed(archive, target)
    assert done.returncode == 1
    assert release in done.stderr


def test_a_place_that_cannot_be_written_is_said_without_a_traceback(archive: Path) -> None:
    (archive.parent / "opt").write_text("a file")
    done = installed(archive, archive.parent / "opt")
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
