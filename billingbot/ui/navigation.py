"""The pages of the app, and the links between them, which keep the integration and the data of a session."""

from collections.abc import Callable
from dataclasses import dataclass
from html import escape

import streamlit as st

from billingbot.bootstrap import App
from billingbot.domain.access import Permission
from billingbot.ui.current_app import keep_data_in_address
from billingbot.ui.header import INTEGRATION
from billingbot.ui.products.counter import open_product_count

_PAGE = "current-page"
_KEPT = "kept-integration"


@dataclass(frozen=True, slots=True)
class PageEntry:
    """A page: its title, its file beside pages/main.py, and its path in the address ("" is the one at "/").

    Only who has the permission is led to it.
    """

    title: str
    file: str
    path: str = ""
    permission: Permission = Permission.VIEW


PRODUCTS_TITLE = "Products"
PAGES = (
    PageEntry("Integrations", "integrations.py", "integrations", Permission.ADMINISTER),
    PageEntry(PRODUCTS_TITLE, "products.py", "products"),
    PageEntry("Client Management", "clients.py"),
    PageEntry("Ready to Invoice", "ready_to_invoice.py", "ready"),
    PageEntry("Activity", "activity.py", "activity"),
)
SETUP_TITLE = "Setup"
USERS_TITLE = "Users"
_UNLINKED = (PageEntry(SETUP_TITLE, "setup.py", "setup"), PageEntry(USERS_TITLE, "users.py", "users"))


def pages(closed: Callable[[], None] | None = None) -> list[st.Page]:
    """Return the pages for `st.navigation`; `closed` is what to draw instead of each of them."""
    # Without icons: Streamlit would fetch them from the internet for the browser tab.
    return [
        st.Page(closed or page.file, title=page.title, url_path=page.path or None, default=not page.path)
        for page in (*PAGES, *_UNLINKED)
    ]


def draw_page_links(current: str, app: App) -> None:
    """Draw a link to each page that the person may see, in a row, and mark the one with that title as current."""
    address = keep_data_in_address() | _keep_integration(current)
    with st.container(key="page-links", horizontal=True, vertical_alignment="center", width="content", gap=None):
        for page in PAGES:
            if not app.role.permits(page.permission):
                continue
            if page.title == current:
                st.html(f'<span class="page-link" aria-current="page">{escape(page.title)}</span>', width="content")
            else:
                st.page_link(page.file, label=_label(page, app), query_params=address)


def _label(page: PageEntry, app: App) -> str:
    """Return the title, and beside Products how many of them wait for a person."""
    waiting = open_product_count(app) if page.title == PRODUCTS_TITLE else 0
    return f"{page.title} :blue-badge[{waiting:,}]" if waiting else page.title


def _keep_integration(current: str) -> dict[str, str]:
    """Remember which integration is selected, also while no selector is drawn, and return it for an address.

    Streamlit forgets a selector that a page does not draw, and shows what is set in the run that draws it again. A
    selector leaves out what it does not know.
    """
    kept = st.session_state.get(INTEGRATION) or st.session_state.get(_KEPT) or st.query_params.get(INTEGRATION)
    arrived = st.session_state.get(_PAGE) != current
    st.session_state[_PAGE] = current
    if not kept:
        return {}
    st.session_state[_KEPT] = kept
    if arrived:
        st.session_state[INTEGRATION] = kept
    return {INTEGRATION: kept}
