"""The first page that a new user sees: what BillingBot does, what to have at hand, and the two ways to begin."""

import streamlit as st

from billingbot.bootstrap import App
from billingbot.ui.frame import logo_address
from billingbot.ui.setup.steps import SetupStep, go_to
from billingbot.ui.workspace_links import sandbox_link

_TEXT = """
<div class="welcome">
<img alt="" src="{logo}">
<h2>Welcome to BillingBot</h2>
<p class="lead">It reads what your distributors charge, finds out which HaloPSA client each charge belongs to, and
puts it on the right invoice. Nothing is sent before you have seen it, and what you decide is never overwritten.</p>
<div class="needs"><h3>Have these at hand</h3><ul>
<li><strong>HaloPSA</strong><span>an API application: its address, Client ID and Client Secret. In HaloPSA it is made
under Configuration › Integrations › HaloPSA API.</span></li>
<li><strong>A distributor</strong><span>API credentials of {vendors}. One is enough to begin; the others can come
later.</span></li>
<li><strong>Five minutes</strong><span>Each step is kept: you can leave at any time and go on where you
were.</span></li>
</ul></div>
</div>
"""


def draw_welcome(app: App) -> None:
    """Draw it."""
    names = [vendor.name for vendor in app.vendors.all if vendor.key != "halo"]
    st.html(_TEXT.format(logo=logo_address(), vendors=f"{', '.join(names[:-1])} or {names[-1]}"))
    with st.container(key="welcome-ways", horizontal=True, horizontal_alignment="center", vertical_alignment="center"):
        st.button("Connect HaloPSA", type="primary", on_click=go_to, args=(app, SetupStep.HALO))
        st.html(sandbox_link("Explore with sandbox data"), width="content")
    st.html(
        '<p class="welcome-note">The sandbox is a made-up MSP with its own database: nothing in it is real, and none '
        "of it comes near your data. You can leave it whenever you like.</p>"
    )
