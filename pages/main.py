"""What every session runs: the frame that all pages share, and the page itself."""

import streamlit as st

from billingbot.ui.frame import draw_frame
from billingbot.ui.navigation import pages

draw_frame()
st.navigation(pages(), position="hidden").run()
