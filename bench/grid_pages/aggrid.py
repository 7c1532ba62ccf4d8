"""A plain page: streamlit-aggrid as its README shows it, where each tick is saved. `python -m bench.grid` runs it."""

import streamlit as st
from st_aggrid import AgGrid, GridOptionsBuilder

from bench.grid_pages.plain_clients import FLAGS, clients, draw_saved, save

st.set_page_config(layout="wide")

options = GridOptionsBuilder.from_dataframe(clients())
options.configure_columns(FLAGS, editable=True)
# The toolbar is the component's own; it has the search.
grid = AgGrid(
    clients(), gridOptions=options.build(), height=600, update_on=["cellValueChanged"], show_toolbar=True, key="clients"
)
event = grid.event_data
if event and event != st.session_state.get("event"):
    st.session_state["event"] = event
    save(event["data"]["halo_id"], event["colDef"]["field"], event["newValue"])
draw_saved()
