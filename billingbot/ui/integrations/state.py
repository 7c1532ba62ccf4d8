"""What the Integrations page remembers of one session: what is open, the last notice, the last tests."""

from dataclasses import dataclass, field
from enum import StrEnum

import streamlit as st

from billingbot.domain.vendor_check import CheckResult
from billingbot.ui.client_page import Notice

_STATE = "integrations_page"


class PanelKind(StrEnum):
    """What can be open."""

    CREDENTIALS = "credentials"
    DEFAULTS = "defaults"
    DELETE = "delete"
    PURGE = "purge"


@dataclass(frozen=True, slots=True)
class Panel:
    """What is open and of which vendor. `number` is different for each opening: it stands in the widgets' keys."""

    kind: PanelKind
    vendor: str
    number: int

    @property
    def place(self) -> str:
        """Return what tells this opening's form from others."""
        return f"panel-{self.number}"


@dataclass
class IntegrationsState:
    """Lives in the session. `checks` are what tests of kept credentials found, by vendor.

    `notice` says what was done, beside an Undo; `problem` why the last click could not be carried out.
    """

    panel: Panel | None = None
    openings: int = 0
    notice: Notice | None = None
    problem: str = ""
    checks: dict[str, CheckResult] = field(default_factory=dict)

    def open(self, kind: PanelKind, vendor: str) -> None:
        """Open a dialog; while one is open, the first click wins."""
        if self.panel is None:
            self.openings += 1
            self.problem, self.panel = "", Panel(kind, vendor, self.openings)

    def close(self) -> None:
        """Close what is open."""
        self.panel = None

    def done(self, text: str, batch: str = "") -> None:
        """Close what is open and say what was done, as plain text, beside an Undo when there is a batch."""
        self.panel, self.problem, self.notice = None, "", Notice(text, batch)

    def failed(self, sentence: str) -> None:
        """Say why the last click could not be carried out."""
        self.notice, self.problem = None, sentence

    def dismiss(self) -> None:
        """Put the notice aside."""
        self.notice = None


def integrations_state() -> IntegrationsState:
    """Return this session's state. Call it first: each access to the session may end the run (for a newer one)."""
    if _STATE not in st.session_state:
        st.session_state[_STATE] = IntegrationsState()
    state: IntegrationsState = st.session_state[_STATE]
    return state
