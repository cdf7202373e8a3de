"""What several spaces are beside one another: two of a track, or those of a brand. As sentences."""

from collections.abc import Sequence

import pandas as pd

from tracking.words import language, numbers
from tracking.words.language import Lang


def beside(sides: Sequence[pd.DataFrame], year: int, lang: Lang) -> str:
    """How much each space missed in a data year, from its rows of `attainment` with their meanings; none: nothing."""
    parts = []
    for rows in sides:
        owed = rows[rows["mandatory"]]
        if len(owed):
            counts = {"missed": numbers.figure(int(owed["missed"].sum())), "owed": numbers.figure(len(owed))}
            parts.append(language.text("told.beside.part", lang, space=owed["space_name"].iloc[0], **counts))
    return language.text("told.beside", lang, year=year, parts=language.text("told.beside.and", lang).join(parts))


def together(row: pd.Series, lang: Lang) -> str:
    """What the spaces of a brand are together, from a row of `brands.together`: between the most that one filed and
    the sum of all, since a firm may stand in several filings.
    """
    figures = {name: numbers.figure(row[name]) for name in ("together", "largest")}
    key = "told.together.one" if row["reported"] == 1 else "told.together"
    return language.text(key, lang, unit=row["unit"], **figures)
