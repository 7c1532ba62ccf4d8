"""The frame that all pages share: browser tab, style sheet, title line."""

import base64
from html import escape
from pathlib import Path

import streamlit as st

from billingbot.bootstrap import App
from billingbot.ui.current_app import current_app, signed_in
from billingbot.ui.navigation import draw_page_links
from billingbot.ui.permitted import ROLE_WORDS
from billingbot.ui.sign_in.account import draw_account
from billingbot.ui.workspace_links import leave_link

STATIC = Path(__file__).parent / "static"


def draw_frame() -> None:
    """Set up the browser tab and the style sheet. Must be the first thing that a run draws."""
    st.set_page_config("BillingBot", page_icon=str(STATIC / "favicon.png"), layout="wide")
    st.html(STATIC / "page.css")


def draw_title(title: str, sandbox: bool, *, links: bool = True) -> None:
    """Draw the product mark, whose data this is, and the pages, of which the one with this title is the current one.

    Args:
        title: of the page.
        sandbox: whether the data are the sandbox's; then there is a way out of it, if there are others.
        links: whether to draw the links to the pages.
    """
    app = current_app()
    tags = [_who(app)]
    if sandbox:
        meaning = "Invented clients and companies, to try BillingBot. Nothing here is real."
        tags = [_tag("Sandbox data", meaning), leave_link(look="tag") or tags[0]]
    with st.container(key="title-line", horizontal=True, vertical_alignment="center", width="content", gap="medium"):
        st.html(
            f'<header class="brand"><img alt="" src="{logo_address()}"><div><div class="product">BillingBot</div>'
            f'<div class="tags">{"".join(tags)}</div></div><h1 class="unseen">{escape(title)}</h1></header>',
            width="content",
        )
        if links:
            draw_page_links(title, app)
        draw_account(app)


def logo_address() -> str:
    """Return the product mark as an address that needs no request."""
    return "data:image/svg+xml;base64," + base64.b64encode((STATIC / "logo.svg").read_bytes()).decode()


def _who(app: App) -> str:
    """Return the tag that says as what the page is used."""
    if signed_in():
        return _tag(ROLE_WORDS[app.role], f"You are signed in as {app.actor}.")
    return _tag("Local mode", "Sign-in is not set up: whoever opens this page on this computer works as “operator”.")


def _tag(text: str, meaning: str) -> str:
    return f'<span class="tag" title="{escape(meaning)}">{escape(text)}</span>'
