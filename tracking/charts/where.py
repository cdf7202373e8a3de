"""The shortfalls of the whole programme in one picture: a table of counts, the more the darker."""

import html
from collections.abc import Callable, Mapping

import pandas as pd

from tracking.charts import provisional
from tracking.charts.base import words
from tracking.words import looks
from tracking.words.language import Lang

# Of the colour of what is short, so much is seen of one among very many; from so much on, white is read on it better
# than black.
FAINTEST, DARK = 0.14, 0.9


def where(
    frame: pd.DataFrame,
    names: Mapping[str, str],
    address: Callable[[str, int | None], str],
    alt: str,
    lang: Lang,
) -> str:
    """How many shortfalls each requirement has in each data year, from `shortfalls.where`, as HTML.

    `names` are the tracks' by code: each heads its requirements where there are several. `address` leads from a
    requirement and a year, or None for all of them, to their list. A year in which a requirement has none is blank. A
    count of which some are provisional has the sign for it, and says how many. For the keyboard it is one stop, at the
    first link; `pages/shared/cells.js` has the arrows go to the others.
    """
    years = sorted(frame["year"].unique().tolist())
    most, several = int(frame["shortfalls"].max()), frame["track"].nunique() > 1
    lines: list[str] = []
    stop = 0
    # As the policy has them, behind whatever it no longer names.
    in_order = sorted(frame.groupby("track"), key=lambda part: [*names].index(part[0]) if part[0] in names else -1)
    for track, of_track in in_order:
        if several:
            head = html.escape(names.get(str(track), str(track)))
            lines.append(f'<tr><th class="track" scope="rowgroup">{head}</th>{"<td></td>" * len(years)}</tr>')
        for code, rows in of_track.groupby("requirement", sort=False):
            by_year = {row["year"]: row for row in rows.to_dict("records")}
            cells = "".join(_cell(by_year.get(year), most, address, lang) for year in years)
            leads, name = html.escape(address(str(code), None)), html.escape(rows["metric_name"].iloc[0])
            first = f'<a class="inside" tabindex="{stop}" href="{leads}">{name}</a>'
            lines.append(f'<tr><th scope="row">{first}</th>{cells}</tr>')
            stop = -1
    heads = "".join(f'<th scope="col">{year}</th>' for year in years)
    return (
        f'<div class="read counts"><table role="grid" aria-label="{html.escape(alt)}">'
        f"<thead><tr><td></td>{heads}</tr></thead><tbody>{''.join(lines)}</tbody></table></div>"
    )


def _cell(row: Mapping[str, object] | None, most: int, address: Callable[[str, int | None], str], lang: Lang) -> str:
    if row is None:
        return "<td></td>"
    count, year, rests = int(str(row["shortfalls"])), int(str(row["year"])), int(str(row["provisional"]))
    part = FAINTEST + (1 - FAINTEST) * count / most
    # Over the page's own white or black, so that few are pale on the one and dim on the other.
    style = f"background:{looks.STATUSES['short'].colour}{round(part * 255):02x}"
    figure = provisional.of(f"{count:,}", rests, lang)
    title = html.escape(words("where", lang, metric=row["metric_name"], year=year, count=figure))
    href = html.escape(address(str(row["requirement"]), year))
    return (
        f'<td class="{"dark" if part > DARK else "pale"}" style="{style}"><a class="inside" tabindex="-1" '
        f'href="{href}" title="{title}" aria-label="{title}">{provisional.signed(f"{count:,}", rests)}</a></td>'
    )
