"""A plain page: `st.data_editor`, where each tick is saved. `python -m bench.grid` runs it."""

import streamlit as st

from bench.grid_pages.plain_clients import FLAGS, clients, draw_saved, save

st.set_page_config(layout="wide")

known = st.session_state.setdefault("known", clients()[FLAGS])
edited = st.data_editor(clients(), key="clients", height=600, hide_index=True)
for column in FLAGS:
    for row in edited[edited[column] != known[column]].itertuples():
        save(row.halo_id, column, getattr(row, column))
st.session_state["known"] = edited[FLAGS]
draw_saved()
