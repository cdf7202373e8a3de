"""Space by requirement as a table of signs: each cell the colour and sign of its status, and a link to what it says.

For the keyboard it is one stop, at the first link; `pages/shared/cells.js` has the arrows go to the others.
"""

import html
from collections.abc import Callable

import pandas as pd

from tracking.charts import provisional, sentences
from tracking.charts.base import words
from tracking.words import looks, numbers
from tracking.words.language import Lang


def cells(
    frame: pd.DataFrame, address: Callable[[str, str], str], space: Callable[[str], str], alt: str, lang: Lang
) -> str:
    """The rows of `cells.heatmap` in their order, as HTML; what is asked of the most spaces stands first.

    `address` leads from a space's ID and a requirement to the space, `space` from its ID alone.
    """
    enrolments = frame["requirement"].map(frame["requirement"].value_counts())
    heads = frame.assign(asked=-enrolments).drop_duplicates("requirement").sort_values(["asked", "position"])
    columns = list(heads["requirement"])
    top = "".join(f'<th scope="col"><span>{html.escape(name)}</span></th>' for name in heads["metric_name"])
    lines: list[str] = []
    # Of few rows each, frames would take longer to cut than all the rest.
    enrolled: dict[tuple[object, object], dict[object, dict[str, object]]] = {}
    for row in frame.to_dict("records"):
        enrolled.setdefault((row["space_id"], row["edition"]), {})[row["requirement"]] = row
    for (code, _), by_requirement in enrolled.items():
        name = html.escape(str(next(iter(by_requirement.values()))["space_name"]))
        line = "".join(_cell(by_requirement.get(each), address, lang) for each in columns)
        stop = -1 if lines else 0
        first = f'<a class="inside" tabindex="{stop}" href="{html.escape(space(str(code)))}">{name}</a>'
        lines.append(f'<tr><th scope="row">{first}</th>{line}</tr>')
    return (
        f'<div class="read cells {lang}"><table role="grid" aria-label="{html.escape(alt)}">'
        f"<thead><tr><td></td>{top}</tr></thead><tbody>{''.join(lines)}</tbody></table></div>"
    )


def _cell(row: dict[str, object] | None, address: Callable[[str, str], str], lang: Lang) -> str:
    if row is None:
        return "<td></td>"
    look = looks.STATUSES[str(row["status"])]
    style = f"background:{look.colour};color:{look.ink}"
    label = f"{row['space_name']} · {row['metric_name']} · {_finding(row, lang)}"
    rests = provisional.SIGN if row["provisional"] else ""
    title = html.escape(f"{label} · {words('provisional', lang)}" if rests else label)
    href = html.escape(address(str(row["space_id"]), str(row["requirement"])))
    return (
        f'<td style="{style}"><a class="inside" tabindex="-1" href="{href}" title="{title}" aria-label="{title}" '
        f'style="color:{look.ink}">{look.sign}{rests}</a></td>'
    )


def _finding(row: dict[str, object], lang: Lang) -> str:
    """What a cell says: its status or the answer filed and, of a figure, what it is and what is asked."""
    status = sentences.answer(row, lang)
    basis, actual, required = str(row["basis"]), row["actual"], row["required"]
    figure = numbers.of_metric(actual, basis, required)  # type: ignore[arg-type]
    if basis == "attested" or not figure:
        return status
    threshold = numbers.of_metric(required, basis, actual)  # type: ignore[arg-type]
    unit = "" if basis == "share" else str(row["unit"])
    return f"{status}: {words('against', lang, actual=figure, required=threshold, unit=unit)}"
