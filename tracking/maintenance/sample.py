"""Files of made-up registers and filings of any size, plainly marked as made up; the same seed gives the same bytes."""

import csv
import io
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

import numpy as np
import pandas as pd
import sqlalchemy as sa
from sqlalchemy import Connection, Engine

from tracking import database
from tracking.access import acts
from tracking.filing import loading, register
from tracking.maintenance import made_up
from tracking.maintenance.made_up import Enrolments
from tracking.policy import loading as policies
from tracking.policy.loading import Policy
from tracking.policy.rows import MetricRow

FOLDER = Path(__file__).parents[2] / "data" / "sample"
TITLE = "示例数据，全部虚构 Made-up data"
BY = "示例数据 sample"
MANIFEST = "received.csv"
DISTRICTS = ("东区（示例）", "西区（示例）", "南区（示例）", "北区（示例）", "中区（示例）")
# Day of the year after on which each wave of filings comes in; the last one is late.
WAVES = ((2, 26), (3, 20), (3, 31), (4, 18))
WAVE_SHARES = (0.3, 0.4, 0.22, 0.08)


class NotMadeUpError(Exception):
    """The database holds something that is not made up, so no sample goes into it."""


def write(folder: Path, *, spaces: int = 32, years: int = 3, seed: int = 0, source: Policy | None = None) -> None:
    """Write a register, filings in waves, and a manifest of when each file comes in.

    `years` data years up to `made_up.LAST_YEAR` are filed; every third space or so starts a year or two later than the
    others, so that years to come are there too. Raises OSError where the folder cannot be written.
    """
    read = source or policies.read(sorted(each for each in policies.ROOT.iterdir() if each.is_dir())[0])
    random = np.random.default_rng(seed)
    folder.mkdir(parents=True, exist_ok=True)
    enrolments = made_up.enrol(random, [track.track for track in read.tracks], spaces, years)
    _write_register(folder / "register.csv", enrolments, read.edition)
    figures, notes = made_up.figures(random, read, enrolments, years)
    received = []
    for year in sorted(set(figures["year"])):
        of_year = figures["year"] == year
        wave = random.choice(len(WAVES), of_year.sum(), p=WAVE_SHARES)
        for number, (month, day) in enumerate(WAVES):
            chosen = figures[of_year][wave == number]
            if len(chosen):
                name = f"{year}-{number + 1}.csv"
                _write_filings(folder / name, chosen, notes, read.metrics)
                received.append((name, f"{year + 1}-{month:02d}-{day:02d}T10:00:00", BY))
        if year == made_up.LAST_YEAR and len(corrected := made_up.correction(figures[of_year], read)):
            _write_filings(folder / f"{year}-corrected.csv", corrected, notes, read.metrics)
            received.append((f"{year}-corrected.csv", f"{year + 1}-04-25T10:00:00", BY))
    _write_rows(folder / MANIFEST, [("file", "received_at", "by"), *received], title=False)


def load(engine: Engine, folder: Path = FOLDER) -> None:
    """Bring a sample into a database that has no register and no filings yet, as if received over the years.

    Raises NotMadeUpError where it has, DatabaseUnavailable, Forbidden but for the keeper.
    """
    acts.keepers(engine)
    if not _empty(engine):
        raise NotMadeUpError
    first = datetime(made_up.LAST_YEAR - 10, 1, 4, 9)
    loaded = register.load(engine, (folder / "register.csv").read_bytes(), "register.csv", by=BY, at=first)
    assert loaded.loaded, [problem.message("en") for problem in loaded.problems]
    with (folder / MANIFEST).open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            at = datetime.fromisoformat(row["received_at"])
            report = loading.load(engine, (folder / row["file"]).read_bytes(), row["file"], by=row["by"], at=at)
            assert report.loaded, [problem.message("en") for problem in report.problems]


def load_once(engine: Engine) -> bool:
    """Bring the small sample into a database without a register and filings; whether that was done.

    Raises as `load`.
    """
    acts.keepers(engine)
    if not _empty(engine):
        return False
    load(engine)
    return True


def _empty(engine: Engine) -> bool:
    with database.reading(engine) as connection:
        return not _loads(connection)


def _loads(connection: Connection) -> int:
    counted = sa.text("SELECT COUNT(*) FROM load WHERE kind <> 'policy'")
    return int(connection.execute(counted).scalar_one())


def _write_register(path: Path, enrolments: Enrolments, edition: str) -> None:
    header = [
        "空间编号",
        "众创空间名称",
        "所在区",
        "运营机构",
        "品牌",
        "培育类别",
        "政策版本",
        "起始年度",
        "结束年度",
        "退出年度",
    ]
    rows = [
        (
            _space_id(space), _space_name(space), DISTRICTS[space % len(DISTRICTS)], f"示例运营机构 {space + 1:03d}",
            f"示例品牌 {space % 9 + 1}", track, edition, start, end, "",
        )
        for space, track, start, end in zip(
            enrolments.space, enrolments.track, enrolments.start, enrolments.end, strict=True
        )
    ]  # fmt: skip
    _write_rows(path, [header, *rows])


def _write_filings(
    path: Path, figures: pd.DataFrame, notes: dict[str, pd.Series], metrics: Sequence[MetricRow]
) -> None:
    columns: dict[str, Sequence[object]] = {
        "空间编号": [_space_id(space) for space in figures["space"]],
        "众创空间名称": [_space_name(space) for space in figures["space"]],
        "年度": list(figures["year"]),
    }
    for metric in metrics:
        if metric.metric in figures and figures[metric.metric].notna().any():
            columns[metric.name_zh] = [_cell_text(value, metric.kind) for value in figures[metric.metric]]
        if metric.metric in notes and notes[metric.metric][figures.index].any():
            columns[f"{metric.name_zh}说明"] = list(notes[metric.metric][figures.index])
    _write_rows(path, [tuple(columns), *zip(*columns.values(), strict=True)])


def _cell_text(value: float, kind: str) -> str:
    if np.isnan(value):
        return ""
    if kind == "yes_no":
        return "是" if value else "否"
    return str(int(value))


def _write_rows(path: Path, rows: Sequence[Sequence[object]], *, title: bool = True) -> None:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    if title:
        writer.writerow([TITLE])
    writer.writerows(rows)
    path.write_text(out.getvalue(), encoding="utf-8")


def _space_id(space: int) -> str:
    return f"SL{space + 1:05d}"


def _space_name(space: int) -> str:
    return f"示例空间 {space + 1:03d}（虚构）"
