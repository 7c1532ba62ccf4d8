"""What a form of credentials remembers of one session, besides what its inputs hold."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import streamlit as st

from billingbot.domain.vendor_check import CheckResult


@dataclass
class FormState:
    """What Test Credentials found (`result`) and with which values (`tested`), and why the last try to save failed.

    `cleared` are the labels of secrets that went with a former address. `emptied` counts how often each input was
    emptied: the number stands in its key, so that it starts as a new one.
    """

    result: CheckResult | None = None
    tested: Mapping[str, str] = field(default_factory=dict, repr=False)
    problem: str = ""
    cleared: tuple[str, ...] = ()
    emptied: dict[str, int] = field(default_factory=dict)
    advanced_open: bool | None = None

    def empty(self, name: str) -> None:
        """Let the input of a field start anew, without what was typed into it."""
        self.emptied[name] = self.emptied.get(name, 0) + 1

    def result_for(self, entered: Mapping[str, str]) -> CheckResult | None:
        """Return what was found with exactly these values, if they were tested."""
        return self.result if self.tested == entered else None


def form_state(place: str, vendor: str) -> FormState:
    """Return the state of the form at that place. Call it first: each access to the session may end the run."""
    key = f"credential-form-{place}-{vendor}"
    if key not in st.session_state:
        st.session_state[key] = FormState()
    state: FormState = st.session_state[key]
    return state
