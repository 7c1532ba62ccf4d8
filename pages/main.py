"""What every session runs: the frame that all pages share, and the page itself, if the person may come in."""

import streamlit as st

from billingbot.ui.frame import draw_frame
from billingbot.ui.navigation import pages
from billingbot.ui.sign_in.gate import closed

draw_frame()
st.navigation(pages(closed()), position="hidden").run()
