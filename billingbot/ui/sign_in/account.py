"""Who is signed in, at the end of the title line, with the way out; nothing in local mode."""

from html import escape

import streamlit as st

from billingbot.bootstrap import App
from billingbot.domain.access import Permission, SignIn
from billingbot.ui.current_app import keep_data_in_address, signed_in
from billingbot.ui.permitted import ROLE_WORDS
from billingbot.ui.sign_in.leave import draw_sign_out
from billingbot.ui.wording import plain


def draw_account(app: App) -> None:
    """Draw the menu of the person: name, role, the people for an administrator, signing out."""
    sign_in = signed_in()
    if sign_in is None:
        return
    with (
        st.container(key="account", width="content"),
        st.popover(initials(sign_in), help=plain(f"Signed in as {sign_in.actor}"), width="content"),
    ):
        st.html(
            f'<div class="person"><b>{escape(sign_in.name or sign_in.actor)}</b>'
            f"<span>{escape(sign_in.email if sign_in.name else '')}</span>"
            f"<span>Role: {ROLE_WORDS[app.role]}</span></div>"
        )
        if app.role.permits(Permission.ADMINISTER):
            st.page_link(
                "users.py", label="Users and roles", icon=":material/group:", query_params=keep_data_in_address()
            )
        draw_sign_out(sign_in)


def initials(sign_in: SignIn) -> str:
    """Return two letters that stand for the person.

    >>> from datetime import UTC, datetime
    >>> now = datetime.now(UTC)
    >>> ann = SignIn("1", "https://idp", "42", "ann van Eyck", "ann@msp.example", None, now)
    >>> bo = SignIn("2", "https://idp", "43", "", "bo@msp.example", None, now)
    >>> initials(ann), initials(bo)
    ('AE', 'BO')
    """
    words = [word for word in sign_in.name.split() if word[0].isalnum()]
    if len(words) > 1:
        return (words[0][0] + words[-1][0]).upper()
    letters = [letter for letter in (*words, sign_in.actor)[0] if letter.isalnum()]
    return "".join(letters[:2]).upper() or "?"
