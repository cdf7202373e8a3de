"""Made-up spaces and what they file, as figures: the same seed gives the same ones.

A few characters tell a believable story: most spaces do well, some rise, some slip, some are weak, some leave
cells blank, some stop filing. Whatever is asked of them is read from the policy.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np
import pandas as pd

from tracking.policy.loading import Policy
from tracking.policy.rows import RequirementRow

LAST_YEAR = 2025
CHARACTERS = ("strong", "rising", "slipping", "weak", "careless", "absent")
CHARACTER_SHARES = (0.5, 0.12, 0.14, 0.09, 0.07, 0.08)
# Arrays of one value per enrolment; what numpy makes of them is not told to the type checker.
Numbers: TypeAlias = Any
NOTE = "示例说明：数据仍在核实（虚构）"


@dataclass(frozen=True)
class Enrolments:
    """One row per enrolment: arrays of the same length."""

    space: Numbers
    track: Numbers
    start: Numbers
    end: Numbers
    character: Numbers


def enrol(random: np.random.Generator, tracks: Sequence[str], spaces: int, years: int) -> Enrolments:
    """So many spaces on tracks for so many years, the last of the first of them LAST_YEAR; some are on two tracks."""
    space = np.arange(spaces)
    character = np.resize(np.repeat(np.arange(len(CHARACTERS)), _shares(CHARACTER_SHARES, min(spaces, 100))), spaces)
    random.shuffle(character)
    first = LAST_YEAR - years + 1
    later = np.resize([0, 0, 1, 0, 0, 2], spaces)
    track = np.resize(tracks, spaces)
    # One in sixteen is on a second track as well.
    twice = space[space % 16 == 5]
    second = np.array([tracks[(list(tracks).index(each) + 1) % len(tracks)] for each in track[twice]], dtype=object)
    return Enrolments(
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


def figures(
    random: np.random.Generator, read: Policy, enrolments: Enrolments, years: int
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


def _leave_blank(random: np.random.Generator, figures: pd.DataFrame, enrolments: Enrolments) -> dict[str, pd.Series]:
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


def correction(figures: pd.DataFrame, read: Policy) -> pd.DataFrame:
    """The first filing of a year once more, with one count one higher: a second revision."""
    counts = [metric.metric for metric in read.metrics if metric.kind == "whole" and metric.metric in figures]
    parts = {rule.part for rule in read.rules}
    first = figures.head(1).copy()
    for name in counts:
        if name not in parts and first[name].notna().all():
            first[name] += 1
            return first
    return first.head(0)
