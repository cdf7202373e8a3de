"""A row per enrolment and year."""

import pandas as pd

from benchmarks.frames import inputs

_KEYS = inputs.KEYS["year"]
_COUNTED = ["met", "on_pace", "behind_pace", "short", "baseline", "unreported"]
_OWN = ["period_year", "phase", "due", "revision", "filed_at", "first_filed_at"]


def years(of_years: pd.DataFrame, rows: pd.DataFrame) -> pd.DataFrame:
    """How many requirements have each status, and the years whose filings they rest on."""
    mandatory, status = rows["mandatory"], rows["status"]
    marks = {each: mandatory & (status == each) for each in _COUNTED}
    marks |= {"judged": mandatory, "absent": mandatory & status.isna(), "forgone": status == "forgone"}
    marked = rows[_KEYS].assign(**marks, rests_from=rows["rests_from"].where(status.notna()))
    of_one = marked.groupby(_KEYS, sort=False)
    counts = of_one[list(marks)].sum()
    # Each rests on all years from one on until its own, so that all together rest on those from the earliest on.
    first = (of_one["rests_from"].min() - 2000).clip(0, 61)
    own = (counts.index.get_level_values("year") - 2000).to_numpy().clip(0, 61)
    counts["rests_on"] = 2.0 ** (own + 1) - 2.0**first
    found = of_years[[*_KEYS, *_OWN]].merge(counts.reset_index(), on=_KEYS, how="left")
    return found.fillna(dict.fromkeys(marks, 0))
