"""The plain page as a server of its own, with Streamlit's agent API."""

from pathlib import Path

import streamlit as st
from streamlit import config

config.set_option("server.enableAgentApi", True)
app = st.App(Path(__file__).with_name("plain_page.py"))
