"""Accounts and what they are granted: who may see and do what, to look after and to print; and the audit trail."""

from collections.abc import Callable, Mapping, Sequence
from typing import TypeVar

import pandas as pd
import streamlit as st

from pages.shared import data, html_table, tables, words
from pages.shared.html_table import Column
from tracking.access import acts, grants, looking_after
from tracking.access.accounts import FIRST_DAYS, UnknownAccount, UnusableName
from tracking.access.acts import Forbidden
from tracking.access.grants import UnusableScope
from tracking.access.people import ROLES, Grant, Role
from tracking.access.trail import EVENTS
from tracking.database import CITY, Scope

Option = TypeVar("Option")

_SHOWN = ("name", "display", "role", "scope", "code", "provisional", "from_day", "until_day")
_DONE = "people_done"
_FIRST = "people_first_password"
_DAYS = "YYYY-MM-DD"
# Lines of the trail; the file has all.
_AT_ONCE = 100


def overview(rows: pd.DataFrame) -> None:
    """Who may do what, a row per account and role, with all that it is held over."""
    st.subheader(words.text("people.who"), anchor=False)
    shown = rows[list(_SHOWN)].assign(
        role=[words.text(f"role.{each}") if isinstance(each, str) else "" for each in rows["role"]],
        scope=[words.text(f"scope.{each}") if isinstance(each, str) else "" for each in rows["scope"]],
        provisional=[
            words.text("people.sees_all" if pd.notna(each) and each else "people.sees_approved")
            if isinstance(role, str) and Grant(role, CITY).approved_only  # type: ignore[arg-type]
            else ""
            for role, each in zip(rows["role"], rows["provisional"], strict=True)
        ],
        **{
            day: ["" if pd.isna(each) else f"{each:%Y-%m-%d}" for each in rows[day]]
            for day in ("from_day", "until_day")
        },
    )
    # Whoever files for a hundred spaces holds one role.
    held = [name for name in _SHOWN if name != "code"]
    codes = words.text("list.comma").join
    shown = shown.fillna("").groupby(held, sort=False, as_index=False)["code"].agg(codes)
    labels = {"from_day": "from", "until_day": "until", "provisional": "sees"}
    columns = {each: words.text(f"people.{labels.get(each, each)}") for each in _SHOWN}
    _table(shown, columns, words.text("people.who"))


def add() -> None:
    """A new account, and its first password, which is shown once."""
    with st.form("add_account", clear_on_submit=True):
        st.markdown(f"**{words.text('people.add')}**")
        name = st.text_input(words.text("people.name"), max_chars=60)
        display = st.text_input(words.text("people.display"), max_chars=60)
        if st.form_submit_button(words.text("people.add_button")) and name:
            try:
                password = looking_after.add(data.engine(), name, display)
            except UnusableName:
                st.error(words.text("people.unusable_name"), icon=":material/block:")
            else:
                _keep_password(name, password)


def grant(names: list[str]) -> None:
    """A role for an account, over what that role can be held over."""
    person = data.person()
    with st.container(border=True):
        st.markdown(f"**{words.text('people.grant')}**")
        name = _chosen("name", names, "grant_name")
        roles = [each for each in ROLES if "administrator" in person.roles or each == "operator"]
        role: Role = st.selectbox(
            words.text("people.role"), roles, format_func=lambda code: words.text(f"role.{code}"), key="grant_role"
        )
        scope = _chosen("scope", grants.scopes(data.engine(), role), f"grant_scope_{role}", _scope)
        until = st.date_input(words.text("people.until"), None, min_value=data.today(), key="grant_until", format=_DAYS)
        limited = scope is not None and Grant(role, scope).approved_only
        provisional = limited and st.checkbox(words.text("people.provisional"), key="grant_provisional")
        missing = name is None or scope is None
        if st.button(words.text("people.grant_button"), disabled=missing) and name is not None and scope is not None:
            looking_after.give(data.engine(), name, role, scope, until_day=until, provisional=provisional)
            _done()


def end(rows: pd.DataFrame, names: list[str]) -> None:
    """An end to a grant or an account, and a new first password."""
    held = rows.dropna(subset="access_grant")
    labels = {
        int(row.access_grant): f"{row.name} · {words.text(f'role.{row.role}')} · {_scope(Scope(row.scope, row.code))}"
        for row in held.itertuples(index=False)
    }
    with st.container(border=True):
        st.markdown(f"**{words.text('people.end_grant')}**")
        number = _chosen("role", list(labels), "end_grant", labels.__getitem__)
        if st.button(words.text("people.end_grant_button"), disabled=number is None) and number is not None:
            looking_after.take(data.engine(), number)
            _done()
    with st.container(border=True):
        st.markdown(f"**{words.text('people.end_account')}**")
        name = _chosen("name", names, "end_name")
        with st.container(horizontal=True):
            resets = st.button(words.text("people.reset_button"), disabled=name is None)
            turns_off = st.button(words.text("people.codes_button"), disabled=name is None)
            with st.popover(words.text("people.end_account_button"), disabled=name is None):
                # For good: the name is never given again.
                st.markdown(words.text("people.end_account_sure", name=words.plain(name or "")))
                ends = st.button(words.text("people.end_account_yes"))
        if name is None:
            return
        if ends:
            looking_after.end(data.engine(), name)
            _done()
        if turns_off:
            looking_after.turn_off_codes(data.engine(), name)
            _done()
        if resets:
            _keep_password(name, looking_after.reset(data.engine(), name))


def _chosen(label: str, options: Sequence[Option], key: str, worded: Callable[[Option], str] = str) -> Option | None:
    """One of several, none before it is chosen: what stands there by itself is soon granted, or ended, by oversight."""
    return st.selectbox(
        words.text(f"people.{label}"),
        options,
        0 if len(options) == 1 else None,
        format_func=worded,
        placeholder=words.text("people.choose"),
        key=key,
    )


def trail(accounts: dict[str, int]) -> None:
    """The audit trail, the latest first, with its head: to be searched and taken along."""
    st.subheader(words.text("people.trail"), anchor=False)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        events = st.multiselect(
            words.text("people.event"),
            EVENTS,
            format_func=lambda code: words.text(f"event.{code}"),
            key="trail_events",
            placeholder=words.text("filter.all"),
        )
        name = st.selectbox(
            words.text("people.name"), list(accounts), None, key="trail_account", placeholder=words.text("filter.all")
        )
        first = st.date_input(words.text("people.from"), None, key="trail_from", format=_DAYS)
        last = st.date_input(words.text("people.until"), None, key="trail_until", format=_DAYS)
    account = None if name is None else accounts[name]
    lines, head = looking_after.trail(data.engine(), events=events, account=account, first=first, last=last)
    st.caption(words.text("people.trail_head", number=head.number))
    st.code(str(head), language=None, wrap_lines=True)
    worded = [words.text(f"event.{each}") for each in lines["event"]]
    named = {number: name for name, number in accounts.items()}
    # By name, as they are chosen above; whoever is known here no more is a number.
    who = ["" if pd.isna(each) else named.get(each, each) for each in lines["account"]]
    when = [f"{each:%Y-%m-%d %H:%M:%S}" for each in lines["happened_at"]]
    shown = lines.assign(event=worded, account=who, happened_at=when)
    labels = {"number": "#", "happened_at": words.text("people.when"), "account": words.text("people.name")}
    columns = labels | {each: words.text(f"people.{each}") for each in ("event", "subject")}
    if len(shown) > _AT_ONCE:
        st.caption(words.text("table.first_rows", rows=f"{_AT_ONCE:,}", total=f"{len(shown):,}"))
    _table(shown.head(_AT_ONCE), columns, words.text("people.trail"))
    tables.downloads(lines, "audit", key="audit")


def _table(frame: pd.DataFrame, labels: Mapping[str, str], caption: str) -> None:
    rows = frame[list(labels)].itertuples(index=False)
    html_table.show([Column(label) for label in labels.values()], rows, caption=caption)


def _keep_password(name: str, password: str) -> None:
    """Draw the page anew, with the account among those to choose from, and the password until it was written down."""
    st.session_state[_FIRST] = (name, password)
    st.rerun()


def first_password() -> None:
    """The first password of an account that was just made, or reset."""
    if _FIRST not in st.session_state:
        return
    name, password = st.session_state[_FIRST]
    st.success(words.text("people.first_password", name=words.plain(name), days=FIRST_DAYS))
    st.code(password, language=None)
    st.button(words.text("people.written_down"), on_click=st.session_state.pop, args=(_FIRST,))


def _done() -> None:
    st.session_state[_DONE] = True
    st.rerun()


def _scope(scope: Scope) -> str:
    return f"{words.text(f'scope.{scope.kind}')} {scope.code}".strip()


st.header(words.text("people.title"), anchor=False)
if st.session_state.pop(_DONE, False):
    st.success(words.text("people.done"), icon=":material/check:")
first_password()
try:
    standing = looking_after.standing(data.engine())
    if standing.empty:
        st.info(words.text("people.nobody"))
    else:
        overview(standing)
        everybody = list(dict.fromkeys(standing["name"]))
        with st.container(key="looking_after"):
            left, right = st.columns(2)
            with left:
                add()
                grant(everybody)
            with right:
                end(standing, everybody)
    if acts.may(data.person(), "audit"):
        trail(dict(zip(standing["name"], standing["account"], strict=True)))
except Forbidden:
    st.error(words.text("access.forbidden"), icon=":material/block:")
except UnusableScope:
    st.error(words.text("people.unusable_scope"), icon=":material/block:")
except UnknownAccount:
    st.rerun()
