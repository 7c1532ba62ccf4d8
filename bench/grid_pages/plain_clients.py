"""What the plain pages have in common: a table of what the client grid shows, read once, and written at each tick."""

import os

import duckdb
import pandas as pd
import streamlit as st

FLAGS = ["new", "last", "recurring", "exclude"]


@st.cache_resource
def _connection() -> duckdb.DuckDBPyConnection:
    return duckdb.connect(os.environ["BENCH_DATABASE"])


@st.cache_data
def clients() -> pd.DataFrame:
    """Return every client as the client grid shows it."""
    rows: pd.DataFrame = _connection().cursor().sql("select * exclude (place) from client_list order by place").df()
    return rows


def save(client_id: int, column: str, ticked: bool) -> None:
    """Write a tick, and count it for the page."""
    _connection().cursor().execute(
        f'update client_list set "{column}" = ? where halo_id = ?',  # noqa: S608 (one of FLAGS)
        [ticked, client_id],
    )
    st.session_state["saved"] = st.session_state.get("saved", 0) + 1


def draw_saved() -> None:
    """Say how many ticks were saved."""
    st.html(f'<div id="saved">{st.session_state.get("saved", 0)} saved</div>')
