"""Brings the steps of a programme into a database by the product's own doors: a policy folder, a register, a file."""

import csv
import io
import tempfile
from collections.abc import Iterable, Sequence
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy import Connection, Engine

from tests.oracle.programme import Edition, File, Register, Requirement, Step
from tests.oracle.tables import district, space_name
from tests.programmes import METRICS, Metric
from tracking import database
from tracking.filing import loading, register
from tracking.filing.filing_report import FilingReport
from tracking.filing.register import RegisterReport
from tracking.policy import loading as policies

BY = "tests"
UNITS = {"whole": "firms", "decimal": "ten_thousand_cny", "yes_no": "yes_no", "share": "share"}


def enter(engine: Engine, steps: Iterable[Step]) -> None:
    """Take each step in turn; each must be accepted."""
    for step in steps:
        match step:
            case Edition():
                _enter_edition(engine, step)
            case Register():
                _accepted(register.load(engine, register_bytes(step), "register.csv", by=BY))
            case File():
                _accepted(loading.load(engine, file_bytes(step), "filings.csv", by=BY, at=step.at))


def _accepted(report: RegisterReport | FilingReport) -> None:
    assert report.loaded, [problem.message("en") for problem in report.problems]


def clear(engine: Engine) -> None:
    """Empty every table: quicker than a new database for every example of a property.

    The trail only ever grows; DuckDB gives a key that was deleted back when nobody reads any more, which may be late.
    """

    def delete_all(connection: Connection) -> None:
        for table in {*sa.inspect(connection).get_table_names()} - {"audit_event"}:
            connection.execute(sa.text(f"DELETE FROM {table}"))

    database.write(engine, delete_all)


def _enter_edition(engine: Engine, edition: Edition) -> None:
    with tempfile.TemporaryDirectory() as parent:
        folder = Path(parent) / edition.edition
        write_edition(edition, folder)
        policies.load(engine, folder, by=BY)


def write_edition(edition: Edition, folder: Path) -> None:
    """Make the folder that says this edition, with every metric of the random programmes."""
    folder.mkdir()
    month, day = edition.due
    (folder / "edition.toml").write_text(
        f'name_zh = "版本 {edition.edition}"\nname_en = "Edition {edition.edition}"\n'
        f"construction_years = {edition.construction_years}\n"
        f'due = "{month:02}-{day:02}"\npass_mark = {_number(edition.pass_mark)}\npass_mark_is_default = true\n'
        'source_zh = "测试"\nsource_en = "tests"\n',
        encoding="utf-8",
    )
    owed = edition.requirements
    tracks = sorted({each.track for each in owed})
    clauses = sorted({(each.track, each.stage, each.clause) for each in owed})
    tables: dict[str, tuple[str, Iterable[Sequence[object]]]] = {
        "tracks": ("track,name_zh,name_en", [(track, f"类别 {track}", f"Track {track}") for track in tracks]),
        "units": ("unit,name_zh,name_en", [(unit, f"单位 {unit}", f"unit {unit}") for unit in UNITS.values()]),
        "conversions": ("unit,written,factor", []),
        "metrics": ("metric,name_zh,name_en,unit,kind,numerator,denominator", map(_metric_row, METRICS)),
        "clauses": ("track,stage,clause,text_zh,text_en", [(*clause, "条款", "clause") for clause in clauses]),
        "requirements": (
            "track,stage,clause,metric,basis,comparison,threshold,mandatory,alternative,counted,note_zh,note_en",
            map(_requirement_row, owed),
        ),
        "rules": ("part,whole", []),
        "readings": (
            "reading,requirement,name_zh,name_en,default_zh,default_en,"
            "metric,basis,comparison,threshold,counted,pass_mark",
            [],
        ),
    }
    for name, (header, rows) in tables.items():
        (folder / f"{name}.csv").write_bytes(_csv(header, rows))


def _metric_row(each: Metric) -> Sequence[object]:
    names = (f"指标 {each.metric}", f"Metric {each.metric}")
    return (each.metric, *names, UNITS[each.kind], each.kind, each.numerator, each.denominator)


def _requirement_row(each: Requirement) -> Sequence[object]:
    judged = (each.metric, each.basis, each.comparison, _number(each.threshold))
    mandatory = "yes" if each.mandatory else "no"
    return (each.track, each.stage, each.clause, *judged, mandatory, each.alternative, each.counted, "", "")


def register_bytes(step: Register) -> bytes:
    """The register as a CSV file."""
    rows = [
        (
            *(each.space_id, space_name(each.space_id), district(each.space_id), "", ""),
            *(each.track, each.edition, each.start_year, each.end_year, each.exit_year),
        )
        for each in step.enrolments
    ]
    header = "space_id,space_name,district,operator,brand,track,edition,start_year,end_year,exit_year"
    return _csv(header, rows)


def file_bytes(step: File) -> bytes:
    """The filings as a wide CSV file, a blank where there is no figure."""
    metrics = [each.metric for each in METRICS if each.kind != "share"]
    rows = [
        (space_id, year, *(_number(figures[metric]) if metric in figures else None for metric in metrics))
        for (space_id, year), figures in step.filings.items()
    ]
    return _csv(",".join(["space_id", "year", *metrics]), rows)


def _csv(header: str, rows: Iterable[Sequence[object]]) -> bytes:
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(header.split(","))
    writer.writerows(rows)
    return text.getvalue().encode("utf-8")


def _number(exact: Fraction) -> str:
    return format(Decimal(exact.numerator) / Decimal(exact.denominator), "f")
