"""One person on the Users page."""

from datetime import datetime
from html import escape
from urllib.parse import urlsplit

import streamlit as st

from billingbot.bootstrap import App, SignInSetup
from billingbot.domain.access import Role, User
from billingbot.ui.permitted import ROLE_WORDS
from billingbot.ui.users.state import UsersState, Wanted, name_of
from billingbot.ui.wording import age, iso

WIDTHS = (5, 2, 3, 2, 4)
HEADINGS = ("Person", "Signs in with", "Role", "Last seen", "")


def draw_row(app: App, state: UsersState, user: User, setup: SignInSetup | None, now: datetime) -> None:
    """Draw the person, what it may do, and what can be changed about that."""
    with st.container(key=f"user-{user.user_id}"):
        person, provider, role, seen, actions = st.columns(WIDTHS, vertical_alignment="center")
        person.html(_person(user))
        provider.html(f'<span title="{escape(user.issuer)}">{escape(provider_name(user.issuer, setup))}</span>')
        with role:
            _draw_role(app, state, user)
        seen.html(f'<time title="{iso(user.last_seen)}">{age(user.last_seen, now)}</time>')
        with actions.container(horizontal=True, horizontal_alignment="right", gap="small"):
            _draw_actions(app, state, user)


def provider_name(issuer: str, setup: SignInSetup | None) -> str:
    """Return what the provider's button says; for one that is not in use any more, its host."""
    host = urlsplit(issuer).netloc
    providers = setup.providers if setup else ()
    return next((each.name for each in providers if urlsplit(each.metadata_url).netloc == host), host or issuer)


def _person(user: User) -> str:
    tags = '<span class="tag">Waiting for a role</span>' if user.role is Role.NONE and not user.disabled else ""
    tags += '<span class="tag">Disabled</span>' if user.disabled else ""
    email = user.email if user.name else user.subject if not user.email else ""
    return (
        f'<div class="person{" off" if user.disabled else ""}"><b>{escape(name_of(user))} {tags}</b>'
        f"<span>{escape(email)}</span></div>"
    )


def _draw_role(app: App, state: UsersState, user: User) -> None:
    key = f"role-{user.user_id}-{user.version}-{state.turn}"

    def chosen() -> None:
        state.ask(app, Wanted(user, st.session_state[key], user.disabled))

    st.selectbox(
        f"Role of {name_of(user)}",
        list(Role),
        index=list(Role).index(user.role),
        format_func=lambda role: "No role" if role is Role.NONE else ROLE_WORDS[role],
        key=key,
        filter_mode=None,
        label_visibility="collapsed",
        on_change=chosen,
    )


def _draw_actions(app: App, state: UsersState, user: User) -> None:
    st.button(
        "Enable" if user.disabled else "Disable",
        key=f"disable-{user.user_id}",
        type="tertiary",
        on_click=state.ask,
        args=(app, Wanted(user, user.role, disabled=not user.disabled)),
    )
    st.button(
        "Sign out everywhere",
        key=f"sign-out-{user.user_id}",
        type="tertiary",
        on_click=state.ask,
        args=(app, Wanted(user, user.role, user.disabled, signs_out=True)),
    )
