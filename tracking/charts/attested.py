"""What is attested, drawn as a table of signs: yes and no need no axes, and a table is read out as it is."""

import html

import pandas as pd

from tracking.charts import provisional, sentences
from tracking.charts.base import FAINT, words
from tracking.charts.period import FEW
from tracking.words import looks
from tracking.words.language import Lang

_TABLE = "width:100%;table-layout:fixed;border-spacing:2px;font-size:0.8rem"
_HEAD = "font-weight:normal;opacity:0.85;padding:0 2px;text-align:center;overflow-wrap:anywhere"


def attested(rows: pd.DataFrame, alt: str, lang: Lang) -> str:
    """A row per requirement and a column per year of rows of `attainment`, as HTML; one requirement is not named again.

    `alt` says in words what the table shows. Where years are many, a sign has its word behind it.
    """
    names = rows.drop_duplicates("requirement").set_index("requirement")["metric_name"]
    years = rows.drop_duplicates("year").sort_values("year")
    crowded = len(years) > FEW
    corner = "<td></td>" if len(names) > 1 else ""
    first = '<col style="width:40%"/>' if corner else ""
    phases = "".join(
        f'<th colspan="{len(part)}" scope="colgroup" style="{_HEAD}{_shade(str(phase))}">'
        f"{words(f'phase_{phase}', lang)}</th>"
        for phase, part in years.groupby("phase", sort=False)
    )
    heads = "".join(
        f'<th scope="col" style="{_HEAD}{_shade(phase)}">{year}<br>'
        f"<small>{year + 1 if crowded else words('evaluated', lang, year=year + 1)}</small></th>"
        for year, phase in years[["year", "phase"]].itertuples(index=False)
    )
    answers = {(row["requirement"], row["year"]): row for _, row in rows.iterrows()}
    body = "".join(
        "<tr>"
        + (f'<th scope="row" style="font-weight:normal;text-align:left">{html.escape(name)}</th>' if corner else "")
        + "".join(_cell(answers.get((code, year)), crowded, lang) for year in years["year"])
        + "</tr>"
        for code, name in names.items()
    )
    caption = f'<caption style="{_HEAD};caption-side:bottom">{words("both_years", lang)}</caption>' if crowded else ""
    return (
        f'<table aria-label="{html.escape(alt)}" style="{_TABLE}">'
        f"{caption}{first}<thead><tr>{corner}{phases}</tr><tr>{corner}{heads}</tr></thead><tbody>{body}</tbody></table>"
    )


def _cell(row: pd.Series | None, crowded: bool, lang: Lang) -> str:
    if row is None:
        return "<td></td>"
    look, label = looks.STATUSES[row["status"]], sentences.answer(row, lang)
    style = f"background:{look.colour};color:{look.ink};text-align:center;padding:3px 2px;border-radius:3px"
    shown = f'<abbr title="{label}" style="text-decoration:none">{look.sign}</abbr>' if crowded else label
    rests = provisional.mark(lang) if row["provisional"] else ""
    return f'<td style="{style}">{shown}{rests}</td>'


def _shade(phase: str) -> str:
    return f";background:{FAINT}" if phase == "construction" else ""
