"""What every session runs: the frame that all pages share, and the page itself."""

import streamlit as st

from billingbot.ui.frame import draw_frame

draw_frame()
st.navigation([st.Page("clients.py", title="Client Management")], position="hidden").run()
