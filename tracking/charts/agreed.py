"""What was agreed beside a status, in words: waivers and rectifications, a sentence each or a few words."""

from collections.abc import Mapping

import pandas as pd

from tracking.words import language, looks
from tracking.words.language import Lang

# Of whom something was agreed.
KEYS = ["space_id", "edition", "track"]


def waiver(row: pd.Series, lang: Lang) -> str:
    """A waiver, from a row of `waivers`: of what, until when, why and by whom, and whether it still stands."""
    values = {name: row[name] for name in ("year", "reason", "given_by", "end_reason", "ended_by")}
    return _text(f"waiver.{row['waiver_state']}", lang, **values, name=_name(row, lang), day=_day(row["until_day"]))


def rectification(row: pd.Series, lang: Lang) -> str:
    """A rectification, from a row of `rectifications`: of what, how far it has come, what is demanded until when."""
    values = {name: row[name] for name in ("year", "demanded", "demanded_by")}
    sentences = [
        _text(
            "rectification",
            lang,
            **values,
            name=_name(row, lang),
            progress=looks.word("progress", row["progress"], lang),
            day=_day(row["by_day"]),
        )
    ]
    if not pd.isna(row["next_year"]):
        code = "result_after" if pd.isna(row["requirement"]) else "status_after"
        status = "" if pd.isna(row[code]) else looks.word(code, row[code], lang)
        sentences.append(_text("next", lang, year=row["next_year"], status=status))
    return _text("and", lang).join(sentences)


def lines(waivers: pd.DataFrame, rectifications: pd.DataFrame, lang: Lang) -> list[str]:
    """Everything of these rows, a sentence each, waivers first."""
    sentences = [waiver(row, lang) for _, row in waivers.iterrows()]
    return sentences + [rectification(row, lang) for _, row in rectifications.iterrows()]


def brief(waivers: pd.DataFrame, rectifications: pd.DataFrame, lang: Lang) -> str:
    """In a few words what of these rows stands: waivers in force, and what became of what was to be put right."""
    parts = [
        _text("brief.waiver", lang, year=row["year"], name=_name(row, lang), day=_day(row["until_day"]))
        for _, row in waivers[waivers["in_force"]].iterrows()
    ]
    parts += [
        _text(
            "brief.rectification",
            lang,
            year=row["year"],
            name=_name(row, lang),
            day=_day(row["by_day"]),
            progress=looks.word("progress", row["progress"], lang),
        )
        for _, row in rectifications.iterrows()
    ]
    return _text("and", lang).join(parts)


def briefs(waivers: pd.DataFrame, rectifications: pd.DataFrame, lang: Lang) -> Mapping[tuple[str, ...], str]:
    """`brief` of each enrolment that has something, by its KEYS."""
    keys = {tuple(key) for frame in (waivers, rectifications) for key in frame[KEYS].itertuples(index=False)}
    texts = {key: brief(_of(waivers, key), _of(rectifications, key), lang) for key in keys}
    return {key: words for key, words in texts.items() if words}


def _of(frame: pd.DataFrame, key: tuple[str, ...]) -> pd.DataFrame:
    return frame[(frame[KEYS] == list(key)).all(axis="columns")]


def _name(row: pd.Series, lang: Lang) -> str:
    return _text("whole", lang) if pd.isna(row["metric_name"]) else str(row["metric_name"])


def _day(day: pd.Timestamp) -> str:
    return f"{day:%Y-%m-%d}"


def _text(key: str, lang: Lang, **values: object) -> str:
    return language.text(f"agreed.{key}", lang, **values)
