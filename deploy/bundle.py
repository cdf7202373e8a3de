"""One archive with everything that the product needs, for a machine that never sees the internet.

`make bundle` leaves `tracking-<release>.tar` in `dist/`: the code as committed, the wheels of every package for Linux
on x86_64 and aarch64 with their hashes, a Chinese font for what is printed, an inventory (SBOM, CycloneDX) and SHA-256
sums.
`install.py` in it needs Python 3.11 and nothing from outside.
"""

import hashlib
import json
import shutil
import subprocess
import sys
import tarfile
import tempfile
import tomllib
from pathlib import Path

TOP = Path(__file__).parents[1]
DIST = TOP / "dist"
MACHINES = ("x86_64", "aarch64")
# The C libraries that wheels are built for; Debian from 10, Ubuntu from 20.04 and openEuler have 2.28 or newer.
PLATFORMS = ("manylinux_2_28", "manylinux_2_27", "manylinux_2_26", "manylinux_2_17", "manylinux2014", "manylinux1")
# Beside what the product asks for: what installs it, and a Chinese font (its wheel alone, without what it imports).
BESIDE = ("pip==26.3", "mplfonts==0.0.11")


def main() -> None:
    """Make the archive and say where it lies. Raises CalledProcessError where a package is not to be had."""
    release = tomllib.loads((TOP / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
    name = f"tracking-{release}"
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch) / name
        _code(folder)
        shutil.copy(TOP / "deploy" / "install.py", folder)
        _wheels(folder / "wheels", [*_packages(), *BESIDE])
        (folder / "packages.txt").write_text(_locked(folder / "wheels"), encoding="utf-8")
        _run("cyclonedx_py", "requirements", str(folder / "packages.txt"), "-o", str(folder / "sbom.json"))
        (folder / "SHA256SUMS").write_text(_sums(folder), encoding="utf-8")
        DIST.mkdir(exist_ok=True)
        # Wheels are compressed already.
        archive = DIST / f"{name}.tar"
        with tarfile.open(archive, "w") as tar:
            tar.add(folder, name)
    print(archive.relative_to(TOP), f"{archive.stat().st_size / 2**20:,.0f} MiB")


def _code(folder: Path) -> None:
    """The committed files, nothing that merely lies about."""
    packed = subprocess.run(["git", "archive", "HEAD"], cwd=TOP, check=True, stdout=subprocess.PIPE).stdout
    folder.mkdir()
    subprocess.run(["tar", "-x", "-C", str(folder)], input=packed, check=True)


def _packages() -> list[str]:
    """Every package that the pins lead to, pinned as well."""
    options = ("install", "--dry-run", "--ignore-installed", "--quiet", "--report", "-")
    report = json.loads(_run("pip", *options, "-r", str(TOP / "requirements.txt")))
    return [f"{each['metadata']['name']}=={each['metadata']['version']}" for each in report["install"]]


def _wheels(folder: Path, packages: list[str]) -> None:
    for machine in MACHINES:
        platforms = [option for each in PLATFORMS for option in ("--platform", f"{each}_{machine}")]
        python = ("--python-version", "3.11", "--implementation", "cp")
        _run(
            "pip",
            "download",
            "--quiet",
            "--no-deps",
            "--only-binary=:all:",
            *python,
            *platforms,
            "-d",
            str(folder),
            *packages,
        )


def _locked(folder: Path) -> str:
    """The pins with the hashes of their wheels on every machine, as `pip install --require-hashes` reads them."""
    hashes: dict[str, list[str]] = {}
    for wheel in sorted(folder.iterdir()):
        name, version = wheel.name.split("-")[:2]
        hashes.setdefault(f"{name}=={version}", []).append(_sha256(wheel))
    return "".join(
        f"{pin} " + " ".join(f"--hash=sha256:{each}" for each in found) + "\n" for pin, found in hashes.items()
    )


def _sums(folder: Path) -> str:
    """As `sha256sum --check` reads them."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return "".join(f"{_sha256(path)}  {path.relative_to(folder).as_posix()}\n" for path in files)


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _run(*module: str) -> str:
    done = subprocess.run([sys.executable, "-m", *module], check=True, stdout=subprocess.PIPE, encoding="utf-8")
    return done.stdout


if __name__ == "__main__":
    main()
