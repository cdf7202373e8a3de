"""A row per enrolment and year."""

import numpy as np
import pandas as pd

from benchmarks.frames import inputs

_KEYS = inputs.KEYS["year"]
_COUNTED = ["met", "on_pace", "behind_pace", "short", "baseline", "unreported"]
_OWN = ["period_year", "phase", "due", "revision", "filed_at", "first_filed_at"]


def years(of_years: pd.DataFrame, rows: pd.DataFrame) -> pd.DataFrame:
    """How many requirements have each status, the years whose filings they rest on, and what the years beside say."""
    mandatory, status = rows["mandatory"], rows["status"]
    targets = mandatory & (rows["stage"] == "target")
    marks = {each: mandatory & (status == each) for each in _COUNTED}
    marks |= {"judged": mandatory, "absent": mandatory & status.isna(), "forgone": status == "forgone"}
    marks |= {
        "missed": rows["missed"],
        "lost": rows["lost"],
        "targets": targets,
        "targets_missed": targets & rows["missed"],
        "targets_absent": targets & status.isna(),
    }
    rests = {"rests_on": status.notna(), "targets_rest_on": targets}
    marked = rows[_KEYS].assign(**marks, **{name: rows["rests_from"].where(some) for name, some in rests.items()})
    of_one = marked.groupby(_KEYS, sort=False)
    counts = of_one[list(marks)].sum()
    # Each rests on all years from one on until its own, so that all together rest on those from the earliest on.
    own = (counts.index.get_level_values("year") - 2000).to_numpy().clip(0, 61)
    for name in rests:
        counts[name] = 2.0 ** (own + 1) - 2.0 ** (of_one[name].min() - 2000).clip(0, 61)
    found = of_years[[*_KEYS, *_OWN, "pass_mark"]].merge(counts.reset_index(), on=_KEYS, how="left")
    return _beside(found.fillna(dict.fromkeys(marks, 0)))


def _beside(rows: pd.DataFrame) -> pd.DataFrame:
    rows = rows.sort_values(_KEYS)
    passed = rows["judged"] - rows["lost"] >= rows["pass_mark"] * rows["judged"]
    result = pd.Series(np.where(passed, "pass", "fail"), index=rows.index).where(rows["revision"].notna(), None)
    cultivation = rows["phase"] == "cultivation"
    said = rows.assign(
        no_pass=rows["due"].where(cultivation & (result != "pass")),
        unfiled=rows["due"].where(rows["revision"].isna()),
        cultivation=rows["rests_on"].where(cultivation),
    )
    of_one = said.groupby(_KEYS[:-1], sort=False)
    before = of_one[["no_pass", "unfiled", "cultivation"]].shift(1)
    return rows.drop(columns="pass_mark").assign(
        filed_result=result,
        no_pass_due_before=before["no_pass"],
        unfiled_due_before=before["unfiled"],
        cultivation_rests_on_before=before["cultivation"],
        next_due=of_one["due"].shift(-1),
        last_due=of_one["due"].transform("max"),
    )
