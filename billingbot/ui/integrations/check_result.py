"""What Test Credentials found: that they work, or what is wrong and what to do; and HaloPSA's permissions."""

from collections.abc import Sequence
from html import escape

import streamlit as st

from billingbot.domain.vendor_check import CheckResult, HaloScope
from billingbot.ui.frame import STATIC
from billingbot.ui.wording import plain

# Class, sign, and what a screen reader says.
_SIGNS = {
    True: ("has", "✓", "granted"),
    False: ("lacks", "✗", "missing"),
    None: ("unknown", "–", "HaloPSA does not say"),
}


def draw_check_result(result: CheckResult) -> None:
    """Draw a result, with the permissions when there are some."""
    if result.error:
        parts = [f"**{plain(result.error)}**", plain(result.advice)]
        st.error("\n\n".join(filter(None, parts)), icon=":material/error:")
    else:
        parts = [f"**The credentials work.** {plain(result.found)}", plain(result.advice)]
        st.success("\n\n".join(filter(None, parts)), icon=":material/check_circle:")
    if result.scopes:
        draw_scopes(result.scopes)


def draw_scopes(scopes: Sequence[HaloScope]) -> None:
    """Draw a line a permission: whether the application has it, its name, what it is for."""
    st.html(STATIC / "scopes.css")
    st.html(f'<ul class="scopes" aria-label="Permissions in HaloPSA">{"".join(map(_line, scopes))}</ul>')


def _line(scope: HaloScope) -> str:
    look, sign, words = _SIGNS[scope.granted]
    return (
        f'<li class="scope-{look}"><span class="sign" role="img" aria-label="{words}" title="{words}">{sign}</span>'
        f"<div><code>{escape(scope.name)}</code><span>{escape(scope.needed_for)}</span></div></li>"
    )
