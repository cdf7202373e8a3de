"""Tables that a person reads, as HTML of our own: every row a real link, printed and walked like any text.

A cell is a text, which is escaped, or `Html`, which is markup that this project made and stays as it is. How it looks
stands in `page.css`; that a click on a link within the dashboard loads no page anew, in `links.js`.
"""

import html
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

import pandas as pd
import streamlit as st

from pages.shared import filters, words
from tracking.charts import provisional as signs
from tracking.words import looks

# A table of more columns does without the minor ones before a telephone does.
MANY = 8
# One of no more columns is as wide as what it says; of more, a telephone has each row as a card.
FEW = 4


class Html(str):
    """Markup of our own making. Whatever comes from data must have gone through `escaped`."""


@dataclass(frozen=True)
class Column:
    """A column: the word over it, whether figures or short words stand in it, whether a narrow screen does without."""

    label: str
    figures: bool = False
    minor: bool = False
    short: bool = False

    @property
    def names(self) -> str:
        """Its classes in the stylesheet."""
        return " ".join(name for name in ("figures", "minor", "short") if getattr(self, name))


def escaped(value: object) -> Html:
    """A value as text that is no markup; Html as it is, nothing for what is missing."""
    if isinstance(value, Html):
        return value
    return Html("" if value is None or value is pd.NA or value != value else html.escape(str(value)))


def joined(parts: Iterable[object], between: str = "") -> Html:
    """Several parts as one, each escaped unless it is Html."""
    return Html(between.join(map(escaped, parts)))


def address(page: str, **changes: str | int | None) -> str:
    """Where a page of the dashboard stands, with the filters and what is changed of them (None: left out)."""
    query = urlencode(filters.carried(**changes))
    return f"{'./' if page == 'overview' else page}{f'?{query}' if query else ''}"


def link(page: str, label: object, *, row: bool = False, **changes: str | int | None) -> Html:
    """A link to a page of the dashboard; with `row` all of the row that it stands in leads there."""
    name = "inside row" if row else "inside"
    return Html(f'<a class="{name}" href="{html.escape(address(page, **changes))}">{escaped(label)}</a>')


def to_filing(space: object, year: object, label: object, revision: object = None) -> Html:
    """A row that leads to what a space filed for a year, of a revision or (None) of the latest."""
    goal = {"task": "history", "space": str(space), "year": str(year)}
    return link("filing", label, row=True, **goal, revision=None if revision is None else str(revision))


def to_place(place: str, label: object) -> Html:
    """A link to a place of the same page, where all of the row that it stands in leads: `place` is what that has as its
    id. An address that ends in it leads there, too (links.js)."""
    return Html(f'<a class="row" href="#{html.escape(place)}">{escaped(label)}</a>')


def mark(column: str, code: str, shown: str | None = None, *, provisional: object = False) -> Html:
    """A code as its colour, sign and word; `shown` in place of both, which then stand behind it.

    `provisional`, it rests on a filing that is not approved.
    """
    known = looks.of(column)
    assert known is not None
    look, word = known[code], looks.mark(column, code, words.lang())
    title = "" if shown is None else f' title="{html.escape(word)}"'
    style = f"background:{look.colour};color:{look.ink}"
    inside = html.escape(word if shown is None else shown) + (signs.mark(words.lang()) if provisional else "")
    return Html(f'<span class="mark" style="{style}"{title}>{inside}</span>')


def small_mark(column: str, code: str, label: str) -> Html:
    """A code's sign alone, beside something else; what is told of it hovers and is read out."""
    look = (looks.of(column) or {})[code]
    shown, style = html.escape(label), f"background:{look.colour};color:{look.ink}"
    inside = f'<span aria-hidden="true">{html.escape(look.sign)}</span><span class="unseen"> {shown}</span>'
    return Html(f'<span class="beside" style="{style}" title="{shown}">{inside}</span>')


def table(columns: Sequence[Column], rows: Iterable[Sequence[object]], caption: str, *, stacked: bool = False) -> Html:
    """A table of these columns; `caption` says to whoever cannot see it what it shows.

    `stacked`, a narrow screen has the cells of a row one under the other, without the words over the columns. Of more
    columns than it has room for it shows each row as a card, every cell but the first behind the word over it.
    """
    heads = "".join(f'<th scope="col" class="{each.names}">{escaped(each.label)}</th>' for each in columns)
    cards = not stacked and sum(not each.minor for each in columns) > FEW
    words_over = ["", *(f' data-label="{html.escape(each.label)}"' if cards else "" for each in columns[1:])]
    lines = "".join(
        "<tr>"
        + "".join(
            f'<td class="{column.names}"{over}>{escaped(cell)}</td>'
            for column, over, cell in zip(columns, words_over, row, strict=True)
        )
        + "</tr>"
        for row in rows
    )
    # What may scroll sideways is reached by the keyboard: by its links, or by itself.
    focus = "" if "<a " in lines else f' tabindex="0" role="group" aria-label="{html.escape(caption)}"'
    kinds = " ".join(["read", *(["stacked"] if stacked else []), *(["many"] if len(columns) > MANY else [])])
    kinds += " few" if len(columns) <= FEW else " cards" if cards else ""
    return Html(
        f'<div class="{kinds}"{focus}><table aria-label="{html.escape(caption)}">'
        f"<thead><tr>{heads}</tr></thead><tbody>{lines}</tbody></table></div>"
    )


def show(columns: Sequence[Column], rows: Iterable[Sequence[object]], *, caption: str, stacked: bool = False) -> None:
    """Draw a table."""
    st.html(table(columns, rows, caption, stacked=stacked))
