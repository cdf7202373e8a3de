"""Whether this checkout answers as another one does: `python -m benchmarks.same_answers OTHER [--database URL]`.

The other checkout makes a made-up programme and backs it up; both restore that backup, each into a database of its own,
and write every table in every format. What differs is named, and the exit code is 1. With `--database` (a server's
address, whose database `{side}` stands for the side) the rows of CSV are held against each other, not the bytes.
"""

import argparse
import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

import pandas as pd

HERE = Path(__file__).parent.parent
TABLES = ("attainment", "shortfalls", "evaluations", "verdicts", "filings", "observations")
FORMATS = ("csv", "json", "xlsx", "parquet")
AS_OF = "2026-06-01"
# Rows of one side alone that are printed of each table.
SHOWN = 5


def main() -> int:
    """0 where both answer alike."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("other", type=Path, help="A checkout of another commit.")
    parser.add_argument("--database", help="A server's address with {side} in the place of the database's name.")
    parser.add_argument("--spaces", type=int, default=200)
    parser.add_argument("--years", type=int, default=5)
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        backup = _programme(chosen.other.resolve(), folder, chosen.spaces, chosen.years)
        sides = {"other": chosen.other.resolve(), "this": HERE}
        for side, checkout in sides.items():
            url = chosen.database.format(side=side) if chosen.database else f"duckdb:///{folder / side}.duckdb"
            (folder / side).mkdir()
            answers = _answers("csv" if chosen.database else None)
            written = [[*arguments, "--out", str(folder / side / name)] for name, arguments in answers]
            _run(checkout, url, [["restore", str(backup)], *written])
        differing = [name for name, _ in _answers("csv" if chosen.database else None) if not _alike(folder, name)]
        for name in differing:
            print(f"differs: {name}", *_of_one_side(folder, name), sep="\n  ")
    if not differing:
        print("every answer is the same")
    return 1 if differing else 0


def _programme(checkout: Path, folder: Path, spaces: int, years: int) -> Path:
    """A backup of a made-up programme of the size, written by a checkout."""
    url, backup = f"duckdb:///{folder / 'source'}.duckdb", folder / "source.backup"
    made = folder / "sample"
    _run(checkout, url, [["sample", str(made), "--spaces", str(spaces), "--years", str(years)]])
    filings = sorted(made.glob("20*.csv"), key=lambda path: ("corrected" in path.name, path.name))
    loads = [["init"], ["register", str(made / "register.csv")], ["load", *map(str, filings)], ["backup", str(backup)]]
    _run(checkout, url, loads)
    return backup


def _answers(only: str | None) -> Iterator[tuple[str, Sequence[str]]]:
    """The name of a file and the command that writes it, for every table, format and language."""
    for table in TABLES:
        day = [] if table == "observations" else ["--as-of", AS_OF]
        for form in (only,) if only else FORMATS:
            for lang in ("zh", "en"):
                yield f"{table}-{lang}.{form}", [table, "--format", form, "--lang", lang, *day]
    for form in (only,) if only else FORMATS:
        yield f"wide.{form}", ["observations", "--wide", "--format", form]
        yield f"changes.{form}", ["changes", "--from", "2", "--as-of", AS_OF, "--format", form]
        yield f"shortfalls-chosen.{form}", [
            "shortfalls", "--year", "2024", "--at-least", "2", "--search", "1", "--as-of", AS_OF, "--format", form,
        ]  # fmt: skip


def _alike(folder: Path, name: str) -> bool:
    return (folder / "other" / name).read_bytes() == (folder / "this" / name).read_bytes()


def _of_one_side(folder: Path, name: str) -> Iterator[str]:
    """Columns of a CSV that only one side has, and of the columns of both the rows; nothing of another format."""
    if not name.endswith(".csv"):
        return
    frames = {side: pd.read_csv(folder / side / name, dtype=str, keep_default_na=False) for side in ("other", "this")}
    both = [column for column in frames["other"] if column in frames["this"]]
    rows = {side: list(frame[both].itertuples(index=False, name=None)) for side, frame in frames.items()}
    for side, against in (("other", "this"), ("this", "other")):
        if more := [column for column in frames[side] if column not in both]:
            yield f"{side}'s alone: {', '.join(more)}"
        known = set(rows[against])
        alone = [row for row in rows[side] if row not in known]
        yield f"{len(alone)} of {len(rows[side])} rows are {side}'s alone"
        yield from (",".join(row) for row in alone[:SHOWN])


# Every command of a side in one process: to start one takes longer than most of them.
_COMMANDS = """
import json, sys
from tracking.__main__ import group
for arguments in json.load(sys.stdin):
    try:
        group.main(arguments, prog_name="tracking")
    except SystemExit as end:
        if end.code:
            sys.exit(f"{arguments} ended with {end.code}")
"""


def _run(checkout: Path, url: str, commands: Sequence[Sequence[str]]) -> None:
    """Commands of the product as that checkout has it, with this interpreter."""
    done = subprocess.run(
        [sys.executable, "-c", _COMMANDS],
        cwd=checkout,
        input=json.dumps([[*command, "--database", url] for command in commands]),
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise SystemExit(f"{checkout}: {done.stderr[-2000:]}")


if __name__ == "__main__":
    sys.exit(main())
