"""Who is at the page: the account, or in local mode through whose eyes it is looked."""

import json
from datetime import UTC, timedelta
from pathlib import Path
from typing import NoReturn
from urllib.parse import urljoin

import streamlit as st

from pages.shared import data, words
from tracking.access import acts, grants
from tracking.access.people import ROLES, SCOPES, Person, Role
from tracking.database import CITY, Scope

SESSION = Path(__file__).parent / "session.js"
# So long before its end a session's page says so.
WARNS = timedelta(minutes=2)
_ROLE, _SCOPE = "eyes_role", "eyes_scope"


def show(person: Person) -> None:
    """The link to one's own account; in local mode the choice of a role to look as."""
    if person.account is not None:
        _watch_session()
        name = words.plain(person.display or person.name)
        st.markdown(f"[{name}]({urljoin(st.context.url or '/', f'account?lang={words.lang()}')})", width="content")
        return
    role = person.roles[0] if len(person.roles) == 1 else None
    label = words.text("access.local_short") if role is None else words.text(f"role.{role}")
    with st.popover(label, icon=":material/computer:" if role is None else ":material/visibility:"):
        st.caption(words.text("access.local"))
        chosen: Role | None = st.pills(
            words.text("access.eyes"),
            ROLES,
            format_func=lambda code: words.text(f"role.{code}"),
            key=_ROLE,
            on_change=_look,
        )
        if chosen is not None and SCOPES[chosen] != ("city",):
            st.selectbox(
                words.text("access.eyes_over"),
                _scopes(chosen),
                format_func=lambda scope: f"{words.text(f'scope.{scope.kind}')} {scope.code}".strip(),
                key=_SCOPE,
                on_change=_look,
            )


def _watch_session() -> None:
    """Have the browser tell that the session is about to end: what is typed and not yet sent would be lost with it."""
    ends = data.session_ends()
    if ends is None:
        return
    values = {
        "ENDS": ends.replace(tzinfo=UTC).timestamp() * 1000,
        "WARNS": WARNS.total_seconds() * 1000,
        "SIGN_IN": urljoin(st.context.url or "/", "sign-in"),
        "WARNING": words.text("access.ends_soon"),
        "STAY": words.text("access.stay"),
    }
    script = SESSION.read_text("utf-8")
    for name, value in values.items():
        # No word of it ends the script.
        script = script.replace(f"{{{name}}}", json.dumps(value).replace("<", "\\u003c"))
    st.html(f"<script>{script}</script>", unsafe_allow_javascript=True)


def tell(person: Person) -> None:
    """What stands above every page of an account that has no grant yet: whom to ask."""
    if not person.grants:
        st.info(words.text("access.no_grant"), icon=":material/lock_person:")


def nothing_enrolled() -> NoReturn:
    """Say why there is no space to look at, which may be the grants; and stop."""
    at_page = data.person()
    if acts.may(at_page, "register"):
        st.info(words.text("overview.empty"))
    elif at_page.grants:
        st.info(words.text("access.no_spaces"), icon=":material/visibility_off:")
    st.stop()


def _look() -> None:
    role: Role | None = st.session_state.get(_ROLE)
    if role is None:
        data.look_as(None)
        return
    scope = st.session_state.get(_SCOPE)
    if not isinstance(scope, Scope) or scope.kind not in SCOPES[role]:
        scope = _scopes(role)[0]
        st.session_state.pop(_SCOPE, None)
    data.look_as(role, scope)


def _scopes(role: Role) -> list[Scope]:
    """What a role can be held over, by the register."""
    return [CITY] if SCOPES[role] == ("city",) else grants.scopes(data.whole(), role)
