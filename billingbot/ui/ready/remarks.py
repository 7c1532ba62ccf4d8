"""What the distributor's statement says beside its charges, and whoever bills by it should read."""

from collections.abc import Sequence
from html import escape

import streamlit as st

from billingbot.domain.integration import Integration
from billingbot.ui.wording import plain

_SHOWN = 2
_LISTED = 500


def draw_remarks(integration: Integration, remarks: Sequence[str]) -> None:
    """Draw them; where there are many they are folded away, with how many that are."""
    if len(remarks) <= _SHOWN:
        for remark in remarks:
            st.caption(f":material/info: {plain(remark)}")
        return
    with st.expander(f"{len(remarks):,} remarks on what {plain(integration.name)} charges", icon=":material/info:"):
        items = "".join(f"<li>{escape(remark)}</li>" for remark in remarks[:_LISTED])
        more = f"<li>… and {len(remarks) - _LISTED:,} more.</li>" if len(remarks) > _LISTED else ""
        st.html(f'<ul class="ready-remarks" tabindex="0" aria-label="Remarks">{items}{more}</ul>')
