"""What was stored: space, year, revision, figures, file, SHA-256, who and when."""

import pandas as pd
import streamlit as st

from pages.filing_steps import draft as drafts
from pages.shared import data, filters, html_table, links, tables, url, words
from tracking.exports import formats
from tracking.results import receipts
from tracking.words import numbers

# In the URL, the number of the load, so that a receipt is still there after the page was loaded again.
_STORED = "receipt"
# What all filings of one file have in common, and what each has of its own.
_COMMON = ("source", "sha256", "filed_by", "filed_at", "seal", "trail", "rules", "release")
_HASHES = ("sha256", "seal", "trail", "rules")
_OWN = ("space_id", "space_name", "year", "revision", "figures")


def keep(load_id: int) -> None:
    """Show the receipt of this load until the next one."""
    url.put(**{_STORED: str(load_id)})
    drafts.forget()


def chosen() -> bool:
    """Whether the person looks at the receipt of a file that was stored."""
    return url.written(_STORED) is not None and len(_stored()) > 0


def tell_unknown() -> None:
    """Say so where the URL asks for a receipt that is not there, or is not for whoever looks."""
    if number := url.written(_STORED):
        links.unknown(_STORED, number, words.text("filing.receipt"))


def show() -> None:
    """The receipt of a stored file, its download, and what to do next."""
    filings = _stored()
    first = filings.iloc[0]
    st.success(words.text("filing.stored", filings=f"{len(filings):,}"), icon=":material/check_circle:")
    with st.container(border=True):
        st.subheader(words.text("filing.receipt"), anchor=False)
        tables.show(filings, shown=_OWN, caption=words.text("table.filings"), link=_to_filing)
        common = [name for name in _COMMON if first[name] != ""]
        st.markdown("  \n".join(f"{tables.label(name)}{_COLON[words.lang()]}{_value(first, name)}" for name in common))
        _figures(filings)
    with st.container(horizontal=True, vertical_alignment="center"):
        st.download_button(
            words.text("filing.receipt_download"),
            lambda: formats.to_csv(filings),
            file_name=f"receipt-{first['sha256'][:12]}.csv",
            on_click="ignore",
            icon=":material/download:",
            type="primary",
        )
        st.page_link(
            "space.py",
            label=words.text("filing.to_space", space=words.plain(first["space_name"])),
            icon=":material/apartment:",
            query_params=filters.carried(space=str(first["space_id"])),
        )
        st.button(words.text("filing.another"), icon=":material/upload_file:", on_click=_another)


def _figures(filings: pd.DataFrame) -> None:
    """Every figure that was stored, so that nobody misses one that is not what they meant."""
    lang = words.lang()
    rows = data.ask(receipts.stored, load_id=int(filings["load_id"].iloc[0]), lang=lang, most=tables.ROWS + 1)
    count = int(filings["figures"].sum())
    st.markdown(f"**{words.text('filing.stored_figures', count=f'{count:,}')}**")
    worded = [numbers.filed(value, kind, lang) for value, kind in zip(rows["value"], rows["kind"], strict=True)]
    several = ["space_id", "year"] if len(filings) > 1 else []
    beside = [name for name in ("note", "evidence") if rows[name].notna().any()]
    shown = [*several, "metric_name", "value", "unit", *beside]
    tables.show(rows.assign(value=worded), shown=shown, link=_to_requirement)


def _to_requirement(row: tables.Row, label: object) -> html_table.Html:
    """A figure leads to what is judged by it."""
    if pd.isna(row["requirement"]):
        return html_table.escaped(label)
    return tables.to_enrolment("requirement")(row, label)


def _to_filing(row: tables.Row, label: object) -> html_table.Html:
    return html_table.to_filing(row["space_id"], row["year"], label)


_COLON = {"zh": "：", "en": ": "}


def _value(row: pd.Series, name: str) -> str:
    if name == "filed_at":
        return words.plain(f"{row[name]:%Y-%m-%d %H:%M:%S}")
    return f"`{row[name]}`" if name in _HASHES else f"**{words.plain(row[name])}**"


def _stored() -> pd.DataFrame:
    return data.ask(receipts.receipt, load_id=url.whole_number(_STORED) or 0)


def _another() -> None:
    url.drop(_STORED)
    drafts.forget()
