"""The figures of the last refresh as chips that filter the grid."""

import pandas as pd
import streamlit as st

from billingbot.ui.client_filters import ClientFilter, figures


def pick_filter(rows: pd.DataFrame, run_id: str) -> ClientFilter | None:
    """Draw a chip a figure and return the one that is pressed, if any. A new run starts with none pressed."""
    counts = figures(rows, run_id)
    with st.container(key="summary"):
        return st.pills(
            "Last refresh found",
            list(ClientFilter),
            format_func=lambda chosen: f"{chosen} **{counts[chosen]:,}**",
            key=f"client-filter-{run_id}",
        )
