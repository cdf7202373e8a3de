"""把本目录安装到这台机器上，不需要网络。Install what lies in this folder on this machine, without a network.

    python3.11 install.py [FOLDER]

FOLDER (default: /opt/tracking) gets a folder for the release, and a link `current` to it once it stands as a whole. An
earlier release stays beside it, to go back to. The command printed at the end keeps the database beside them too.
"""

import hashlib
import os
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

HERE = Path(__file__).resolve().parent
DEFAULT = Path("/opt/tracking")
PYTHON = (3, 11)


def main(arguments: list[str]) -> int:
    """0 once it is installed; 1, with a sentence, where this machine or this archive will not do."""
    if len(arguments) > 1 or any(each.startswith("-") for each in arguments):
        return _refuse("用法：python3.11 install.py [目录]", "Usage: python3.11 install.py [FOLDER]")
    if sys.version_info[:2] != PYTHON:
        found = ".".join(map(str, sys.version_info[:2]))
        return _refuse(f"需要 Python 3.11，这是 {found}。", f"Python 3.11 is needed, this is {found}.")
    if altered := _altered():
        names = "、".join(altered[:3])
        return _refuse(
            f"文件与清单不符，请重新拷贝：{names}", f"These files are not as they were packed, copy them again: {names}"
        )
    target = (Path(arguments[0]) if arguments else DEFAULT).resolve()
    release = tomllib.loads((HERE / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
    if (target / "current").resolve() == target / release:
        return _refuse(f"{release} 版已经装在 {target}。", f"Release {release} is installed in {target} already.")
    try:
        _install(target, release)
    except OSError as error:
        return _refuse(f"无法写入 {target}：{error}", f"{target} cannot be written: {error}")
    current = target / "current"
    # Beside the releases: in one of them it would be left behind by the next.
    database = f"duckdb:///{target}/data/tracking.duckdb"
    serve = f"cd {current}/tracking && {current}/venv/bin/python -m tracking --database {database} serve"
    print(f"已安装。Installed. 下一步 next:\n  {serve}")
    return 0


def _altered() -> list[str]:
    """The files that are missing or are not as they were packed, by the list of sums."""
    listed = (line.split("  ", 1) for line in (HERE / "SHA256SUMS").read_text(encoding="utf-8").splitlines())
    return [name for digest, name in listed if not (HERE / name).is_file() or _sha256(HERE / name) != digest]


def _install(target: Path, release: str) -> None:
    """The release in a folder of its own, then `current` leads to it: what runs until then is left alone."""
    folder, current = target / release, target / "current"
    if folder.exists():
        # Left by an installation that did not come to its end.
        shutil.rmtree(folder)
    folder.mkdir(parents=True)
    _packages(folder / "venv")
    left_out = shutil.ignore_patterns("wheels", "packages.txt", "SHA256SUMS")
    shutil.copytree(HERE, folder / "tracking", ignore=left_out)
    beside = target / ".next"
    beside.unlink(missing_ok=True)
    beside.symlink_to(release)
    beside.replace(current)


def _packages(venv: Path) -> None:
    """A virtual environment, filled by the pip of the archive: Debian's Python brings none."""
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(venv)], check=True)
    pip = next((HERE / "wheels").glob("pip-*.whl"))
    offline = ("--no-index", "--find-links", str(HERE / "wheels"), "--no-deps", "--require-hashes", "--quiet")
    subprocess.run(
        [str(venv / "bin" / "python"), str(pip / "pip"), "install", *offline, "-r", str(HERE / "packages.txt")],
        check=True,
        # No setting of this machine's pip leads outside.
        env={
            **os.environ,
            "PIP_CONFIG_FILE": os.devnull,
            "PIP_NO_CACHE_DIR": "1",
            "PIP_DISABLE_PIP_VERSION_CHECK": "1",
        },
    )


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _refuse(chinese: str, english: str) -> int:
    print(f"{chinese}\n{english}", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
