"""The briefing's pictures, as its template takes them: cohorts, requirements most missed, districts, filings."""

from collections.abc import Mapping

import pandas as pd

from tracking.charts import headlines, provisional
from tracking.charts.base import phrase
from tracking.words import looks, numbers
from tracking.words.language import Lang

# Of a track's requirements so many are printed, those most missed.
REQUIREMENTS = 8


def cohorts(rows: pd.DataFrame, lang: Lang) -> list[dict[str, object]]:
    """Each cohort with the parts of it that stand alike."""
    drawn: list[dict[str, object]] = []
    for _, parts in rows.groupby(["period_over", "end_year", "start_year"], sort=False):
        counts = dict(zip(parts["verdict"], parts["enrolments"], strict=True))
        total = sum(counts.values())
        counted = phrase("cohorts.count", lang, count=numbers.figure(total))
        drawn.append(
            {
                "name": headlines.cohort(parts.loc[parts["years_left"].idxmax()], lang),
                "count": provisional.of(counted, int(parts["provisional"].sum()), lang),
                "parts": [
                    {**look("verdict", code, lang, counts[code]), "share": counts[code] / total}
                    for code in looks.VERDICTS
                    if code in counts
                ],
            }
        )
    return drawn


def weakest(rows: pd.DataFrame, year: int, tracks: Mapping[str, str], lang: Lang) -> dict[str, object]:
    """The requirements most missed, those of each track together; without a title where none is owed."""
    if rows.empty:
        return {"title": "", "tracks": []}
    targets = rows[rows["stage"] == "target"]
    most = max([*targets["share"], *targets["share_before"].dropna(), 0.01])
    return {
        "title": headlines.weakest(rows, dict(tracks), lang),
        "key": [phrase("weakest.low", lang), phrase("weakest.none_filed", lang)],
        "before": phrase("weakest.before", lang, year=year - 1),
        "tracks": [
            {
                "name": phrase("weakest.track", lang, track=tracks[code], count=numbers.figure(part["owed"].max())),
                "rows": [
                    {
                        "name": row["metric_name"],
                        "low": row["low"] / row["owed"] / most,
                        "absent": row["absent"] / row["owed"] / most,
                        "before": None if pd.isna(row["share_before"]) else row["share_before"] / most,
                        "text": provisional.signed(numbers.share(round(row["share"], 3)), row["provisional"]),
                    }
                    for _, row in part.head(REQUIREMENTS).iterrows()
                ],
            }
            for code in tracks
            if len(part := targets[targets["track"] == code])
        ],
    }


def districts(rows: pd.DataFrame, year: int, lang: Lang) -> dict[str, object]:
    """Which share passes in each district, and in all together; without a title where nobody is judged."""
    if rows.empty:
        return {"title": "", "rows": []}
    return {
        "title": headlines.districts(rows, lang),
        "key": [str(year - 1), str(year)],
        "rows": [
            {
                "name": row["district"],
                "share": row["share"],
                "before": None if pd.isna(row["share_before"]) else row["share_before"],
                "text": provisional.signed(
                    phrase(
                        "districts.row",
                        lang,
                        share=numbers.share(row["share"]),
                        passed=numbers.figure(row["passed"]),
                        total=numbers.figure(row["judged"]),
                    ),
                    row["provisional"],
                ),
            }
            for _, row in rows.iterrows()
        ],
        "all": rows["passed"].sum() / rows["judged"].sum(),
        "all_text": headlines.everywhere(rows, lang),
    }


def filings(rows: pd.DataFrame, year: int, lang: Lang) -> list[dict[str, object]]:
    """How the filings of a data year and of the one before came in."""
    drawn: list[dict[str, object]] = []
    for each in (year, year - 1):
        counts = rows[rows["year"] == each].groupby("state")["filings"].sum()
        if len(counts):
            total = int(counts.sum())
            parts = [
                {**look("state", code, lang, int(counts[code])), "share": float(counts[code] / total)}
                for code in looks.STATES
                if code in counts.index
            ]
            drawn.append({"text": headlines.filings(rows, each, lang), "parts": parts})
    return drawn


def look(column: str, code: str, lang: Lang, count: int | None = None, rests: object = False) -> dict[str, str]:
    """A code with its sign and colours, and how many it stands for."""
    look = looks.BY_COLUMN[column][code]
    shown = provisional.signed(looks.mark(column, code, lang), rests)
    return {
        "text": shown if count is None else f"{shown} {numbers.figure(count)}",
        "brief": "" if count is None else numbers.figure(count),
        **colours(look),
    }


def colours(look: looks.Look) -> dict[str, str]:
    """The colours of a sign: of its ground, and of what stands on it."""
    return {"colour": look.colour, "ink": look.ink}
