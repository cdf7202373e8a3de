"""Metrics with their years below them: the years put behind the names, so that one row is the header."""

from dataclasses import replace

from tracking.filing.interpreting.layouts.sheets import Part, View
from tracking.filing.interpreting.layouts.signs import Signs
from tracking.filing.spreadsheets.tables import HEADER_WITHIN

_OF_A_YEAR = frozenset({"year", "plan"})


def years_into_names(part: Part, signs: Signs) -> Part:
    """The part with 获投企业（2023年） for 获投企业 over 2023年; as it is where no years stand below metrics."""
    view = View(part.grid, signs)
    for row in range(min(view.height - 1, HEADER_WITHIN)):
        groups = _groups(view, row)
        if groups is None:
            continue
        rows = list(part.grid.rows)
        above = list(rows[row])
        above += [""] * (view.width - len(above))
        for column, name in groups.items():
            above[column] = f"{name}（{view.own(row + 1, column).strip()}）"
        rows[row] = above
        rows[row + 1] = ["" if column in groups else text for column, text in enumerate(rows[row + 1])]
        merged = tuple(merge for merge in part.grid.merged if not (merge[0] <= row <= merge[2] and merge[1] in groups))
        return replace(part, grid=replace(part.grid, rows=rows, merged=merged))
    return part


def _groups(view: View, row: int) -> dict[int, str] | None:
    """The name of the metric over every column of a year, where the row below has years and nothing else."""
    below = view.filled(row + 1)
    years = [column for column in below if view.first(row + 1, column)[0] == row + 1]
    if not years or not all(view.sign(row + 1, column).kind in _OF_A_YEAR for column in years):
        return None
    names: dict[int, str] = {}
    merged = any(top <= row <= bottom and right > left for top, left, bottom, right in view.grid.merged)
    name = ""
    for column in range(min(years), max(years) + 1):
        text = view.text(row, column).strip()
        name = text if text or merged else name
        if column in years:
            names[column] = name
    if not all(view.signs.of(each).kind == "metric" for each in names.values()):
        return None
    # A row of figures has one below each name.
    groups = [[column for column in years if names[column] == each] for each in dict.fromkeys(names.values())]
    texts = [{view.own(row + 1, column).strip() for column in group} for group in groups]
    several = max(map(len, groups)) > 1
    # One year below every metric, and nothing else in its row: a figure would have a space.
    same = len(set().union(*texts)) == 1 and (len(years) > 1 or not view.sign(row + 1, years[0]).figure)
    distinct = all(len(distinct_texts) == len(group) for distinct_texts, group in zip(texts, groups, strict=True))
    return names if (several or same) and distinct and len(set(map(frozenset, texts))) == 1 else None
