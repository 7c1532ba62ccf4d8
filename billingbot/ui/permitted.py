"""What a role means for a page: what is disabled, and why. It is for the eye; the store decides."""

import streamlit as st

from billingbot.bootstrap import App
from billingbot.domain.access import Permission, Role

ROLE_WORDS = {Role.NONE: "no role", Role.VIEWER: "Viewer", Role.OPERATOR: "Operator", Role.ADMIN: "Administrator"}


def why_not_permitted(app: App, permission: Permission) -> str | None:
    """Return why a control is disabled, for its tooltip; None when the person's role is enough."""
    if app.role.permits(permission):
        return None
    return f"Your role is {ROLE_WORDS[app.role].lower()}: ask an administrator."


def draw_not_permitted(app: App, purpose: str) -> None:
    """Say, in place of a page, that it is for administrators. `purpose` says what the page does."""
    with st.container(key="not-permitted", horizontal_alignment="center", vertical_alignment="center", gap="xsmall"):
        st.subheader("For administrators", anchor=False, width="content")
        st.markdown(f"{purpose} {why_not_permitted(app, Permission.ADMINISTER)}", width="content")
