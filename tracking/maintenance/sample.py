"""Made-up registers and filings of any size, plainly marked as made up; the same seed gives the same bytes.

A few characters tell a believable story: most spaces do well, some rise, some slip, some are weak, some leave
cells blank, some stop filing. Whatever is asked of them is read from the policy.
"""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, TypeAlias

import numpy as np
import pandas as pd
import sqlalchemy as sa
from sqlalchemy import Connection, Engine

from tracking import database
from tracking.access import acts
from tracking.filing import loading, register
from tracking.policy import loading as policies
from tracking.policy.loading import Policy
from tracking.policy.rows import MetricRow, RequirementRow

FOLDER = Path(__file__).parents[2] / "data" / "sample"
LAST_YEAR = 2025
TITLE = "示例数据，全部虚构 Made-up data"
BY = "示例数据 sample"
MANIFEST = "received.csv"
DISTRICTS = ("东区（示例）", "西区（示例）", "南区（示例）", "北区（示例）", "中区（示例）")
# Day of the year after on which each wave of filings comes in; the last one is late.
WAVES = ((2, 26), (3, 20), (3, 31), (4, 18))
WAVE_SHARES = (0.3, 0.4, 0.22, 0.08)
CHARACTERS = ("strong", "rising", "slipping", "weak", "careless", "absent")
CHARACTER_SHARES = (0.5, 0.12, 0.14, 0.09, 0.07, 0.08)
# Arrays of one value per enrolment; what numpy makes of them is not told to the type checker.
Numbers: TypeAlias = Any
NOTE = "示例说明：数据仍在核实（虚构）"


class NotMadeUpError(Exception):
    """The database holds something that is not made up, so no sample goes into it."""


@dataclass(frozen=True)
class _Enrolments:
    """One row per enrolment: arrays of the same length."""

    space: Numbers
    track: Numbers
    start: Numbers
    end: Numbers
    character: Numbers


def write(folder: Path, *, spaces: int = 32, years: int = 3, seed: int = 0, source: Policy | None = None) -> None:
    """Write a register, filings in waves, and a manifest of when each file comes in.

    `years` data years up to LAST_YEAR are filed; every third space or so starts a year or two later than the
    others, so that years to come are there too. Raises OSError where the folder cannot be written.
    """
    read = source or policies.read(sorted(each for each in policies.ROOT.iterdir() if each.is_dir())[0])
    random = np.random.default_rng(seed)
    folder.mkdir(parents=True, exist_ok=True)
    enrolments = _enrol(random, [track.track for track in read.tracks], spaces, years)
    _write_register(folder / "register.csv", enrolments, read.edition)
    figures, notes = _figures(random, read, enrolments, years)
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
        if year == LAST_YEAR and len(corrected := _correction(figures[of_year], read)):
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
    first = datetime(LAST_YEAR - 10, 1, 4, 9)
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


def _enrol(random: np.random.Generator, tracks: Sequence[str], spaces: int, years: int) -> _Enrolments:
    space = np.arange(spaces)
    character = np.resize(np.repeat(np.arange(len(CHARACTERS)), _shares(CHARACTER_SHARES, min(spaces, 100))), spaces)
    random.shuffle(character)
    first = LAST_YEAR - years + 1
    later = np.resize([0, 0, 1, 0, 0, 2], spaces)
    track = np.resize(tracks, spaces)
    # One in sixteen is on a second track as well.
    twice = space[space % 16 == 5]
    second = np.array([tracks[(list(tracks).index(each) + 1) % len(tracks)] for each in track[twice]], dtype=object)
    return _Enrolments(
        np.concatenate([space, twice]),
        np.concatenate([track.astype(object), second]),
        np.concatenate([first + later, first + later[twice]]),
        np.concatenate([first + later, first + later[twice]]) + years - 1,
        np.concatenate([character, character[twice]]),
    )


def _shares(shares: Sequence[float], count: int) -> list[int]:
    """Whole numbers in these proportions, one of each at least, the rest going to the first."""
    counts = [max(1, int(share * count)) for share in shares]
    counts[0] += max(0, count - sum(counts))
    return counts


def _figures(
    random: np.random.Generator, read: Policy, enrolments: _Enrolments, years: int
) -> tuple[pd.DataFrame, dict[str, pd.Series]]:
    """A row per filing (space, year and a column per metric, NaN where blank), and notes on blanks."""
    frames = []
    for track in read.tracks:
        requirements = [each for each in read.requirements if each.track == track.track]
        on = enrolments.track == track.track
        for offset in range(-1, years):
            year = enrolments.start[on] + offset
            files = (year <= LAST_YEAR) & _files(enrolments.character[on], enrolments.space[on], offset, years)
            if files.any():
                frames.append(
                    _of_track(
                        random, read, requirements, enrolments.space[on][files], year[files],
                        enrolments.character[on][files], offset, years,
                    )
                )  # fmt: skip
    # A space on two tracks files once: what the tracks share is asked of it once.
    figures = pd.concat(frames).groupby(["space", "year"], as_index=False).first()
    _keep_rules(figures, read)
    notes = _leave_blank(random, figures, enrolments)
    return figures, notes


def _files(character: Numbers, space: Numbers, offset: int, years: int) -> Numbers:
    """Who files the year `offset` of the period; the year before it, the baseline, is filed by half."""
    if offset < 0:
        return space % 2 == 0
    absent = character == CHARACTERS.index("absent")
    # Some stop after their first year, some for one year only.
    return ~absent | (offset == 0) & (space % 3 > 0) | (offset == years - 1) & (space % 3 == 2)


def _of_track(
    random: np.random.Generator,
    read: Policy,
    requirements: Sequence[RequirementRow],
    space: Numbers,
    year: Numbers,
    character: Numbers,
    offset: int,
    years: int,
) -> pd.DataFrame:
    metrics = {metric.metric: metric for metric in read.metrics}
    figures: dict[str, Numbers] = {"space": space, "year": year}
    grown = 1 + 0.06 * max(offset, 0)
    for number, each in enumerate(requirements):
        misses = _misses(random, character, number, len(requirements), offset, years)
        threshold = float(each.threshold)
        metric = metrics[each.metric]
        level = np.where(misses, random.uniform(0.45, 0.85, len(space)), random.uniform(1.1, 1.6, len(space)) * grown)
        if metric.kind == "yes_no":
            figures[each.metric] = np.where(misses, 0.0, 1.0) if each.mandatory else space % 2 * 1.0
        elif metric.kind == "share":
            assert metric.numerator
            assert metric.denominator
            whole = figures.setdefault(metric.denominator, np.round(random.uniform(24, 60, len(space))))
            beyond = np.where(misses, -random.uniform(0.05, 0.2, len(space)), random.uniform(0.04, 0.2, len(space)))
            share = np.clip(threshold + beyond, 0.05, 0.98)
            figures[metric.numerator] = np.where(misses, np.floor(whole * share), np.ceil(whole * share))
        elif each.basis == "growth":
            base = 40 + space % 17 + 6 * (offset + 1)
            figures[each.metric] = np.where(misses, base - 12, base + random.integers(0, 4, len(space))).astype(float)
        elif not each.mandatory:
            figures[each.metric] = np.where(space % 2 == 0, 0.0, np.ceil(threshold * level))
        else:
            yearly = threshold / years if each.basis == "cumulative" else threshold
            figures[each.metric] = np.where(misses, np.floor(yearly * level), np.ceil(yearly * level))
    return pd.DataFrame(figures)


def _misses(
    random: np.random.Generator, character: Numbers, number: int, count: int, offset: int, years: int
) -> Numbers:
    """Which spaces miss the requirement `number` of `asked` in this year of the period."""
    chance = {
        "strong": 0.0,
        "rising": 0.3 if offset <= 0 else 0.0,
        "slipping": 0.14 if offset > 0 else 0.0,
        "weak": 0.3,
        "careless": 0.02,
        "absent": 0.1,
    }
    thrown = random.uniform(0, 1, len(character)) < np.array([chance[each] for each in CHARACTERS])[character]
    # A character shows: the weak miss one requirement for certain, the slipping one in the last year.
    sure = (character == CHARACTERS.index("weak")) & (number == count - 3)
    slipped = (character == CHARACTERS.index("slipping")) & (number == count - 4) & (offset == years - 1)
    return thrown | sure | slipped


def _keep_rules(figures: pd.DataFrame, read: Policy) -> None:
    """Raise wholes to their parts, twice, since a whole can be the part of another."""
    for _ in range(2):
        for rule in read.rules:
            if rule.part in figures and rule.whole in figures:
                larger = figures[rule.part] > figures[rule.whole]
                figures.loc[larger, rule.whole] = figures.loc[larger, rule.part]


def _leave_blank(random: np.random.Generator, figures: pd.DataFrame, enrolments: _Enrolments) -> dict[str, pd.Series]:
    """Blank a few cells of the careless; every other blank gets a note. By metric, notes by row."""
    careless = set(enrolments.space[enrolments.character == CHARACTERS.index("careless")])
    rows = figures.index[figures["space"].isin(careless)]
    notes: dict[str, pd.Series] = {}
    columns = [name for name in figures.columns if name not in ("space", "year")]
    for row in rows:
        filled = [name for name in columns if not np.isnan(figures.at[row, name])]
        for number, name in enumerate(random.choice(filled, 2, replace=False)):
            figures.at[row, name] = np.nan
            if number:
                notes.setdefault(str(name), pd.Series("", index=figures.index, dtype=object))[row] = NOTE
    return notes


def _correction(figures: pd.DataFrame, read: Policy) -> pd.DataFrame:
    """The first filing of a year once more, with one count one higher: a second revision."""
    counts = [metric.metric for metric in read.metrics if metric.kind == "whole" and metric.metric in figures]
    parts = {rule.part for rule in read.rules}
    first = figures.head(1).copy()
    for name in counts:
        if name not in parts and first[name].notna().all():
            first[name] += 1
            return first
    return first.head(0)


def _write_register(path: Path, enrolments: _Enrolments, edition: str) -> None:
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
