"""A plain page: `st.dataframe`, and a box that searches all columns. `python -m bench.grid` runs it."""

import pandas as pd
import streamlit as st

from bench.grid_pages.plain_clients import clients
from bench.visits.searches import cell_texts

st.set_page_config(layout="wide")


@st.cache_data
def searched() -> "pd.Series[str]":
    """Return what is searched of each client."""
    return cell_texts(clients())


# Each key at once: by default it waits for a quarter of a second.
text = st.text_input("Search", live="0ms")
found = searched().str.contains(text.casefold(), regex=False)
st.dataframe(clients()[found], height=600, hide_index=True)
