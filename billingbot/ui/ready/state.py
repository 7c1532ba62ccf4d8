"""What the Ready to Invoice page remembers of one session: what is ticked and open, and what the last click did."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

import pandas as pd
import streamlit as st

from billingbot.ui.dialogs.picking import Choice
from billingbot.ui.sending.state import SendDesk

_STATE = "ready_page"


class View(StrEnum):
    """What is shown of a month. The values stand on the page."""

    SUMMARY = "Summary"
    DETAIL = "Detail"
    SENT = "Sent"


class DialogKind(StrEnum):
    """What can be open, besides the plan, and the dialogs about a client, which Client Management has too."""

    EXPORT = "export"
    ASSIGN = "assign"


@dataclass(frozen=True, slots=True)
class OpenDialog:
    """A dialog, the clients that it is about, and how they were chosen, in words.

    `number` is different for each opening, for widgets' keys.
    """

    kind: DialogKind
    client_ids: tuple[int, ...]
    filters: str
    number: int

    def key(self, name: str) -> str:
        """Return the key of a widget in this opening."""
        return f"ready-{self.kind}-{self.number}-{name}"


@dataclass
class Assigning:
    """What the dialog that assigns companies remembers while it is open.

    `compared` is the company that the clients in `candidates` are compared with, and `comparisons` counts such
    companies: other clients come first then. `problem` is why the last one could not be assigned.
    """

    company: Choice[str] = field(default_factory=Choice)
    client: Choice[int] = field(default_factory=Choice)
    compared: str = ""
    candidates: pd.DataFrame = field(default_factory=pd.DataFrame)
    comparisons: int = 0
    problem: str = ""

    def compare(self, company_id: str, candidates: pd.DataFrame) -> None:
        """Turn to another company."""
        self.compared, self.candidates, self.client, self.problem = company_id, candidates, Choice(), ""
        self.comparisons += 1


@dataclass
class ReadyState:
    """Lives in the session.

    `desk` is what planning and sending remember, `assigning` what the dialog of that name does. `ticked` are the
    clients that are ticked, whether they are shown or not. `client_id` is the one whose detail is shown. `sending` is
    the newest sending that had ended when the page was drawn. `scope` is the integration and month that all of this is
    about.
    """

    dialog: OpenDialog | None = None
    openings: int = 0
    desk: SendDesk = field(default_factory=SendDesk)
    assigning: Assigning = field(default_factory=Assigning)
    view: View = View.SUMMARY
    ticked: set[int] = field(default_factory=set)
    client_id: int | None = None
    sending: str = ""
    scope: tuple[str, ...] = ()

    def enter(self, *scope: str) -> None:
        """Forget what was about another integration or month."""
        if self.scope != scope:
            self.scope, self.client_id, self.view = scope, None, View.SUMMARY
            self.ticked = set()

    def untick_sent(self, sending_id: str, sent: Collection[int]) -> None:
        """Untick the clients that are sent, once after each sending: the next plan is about the others."""
        if self.sending != sending_id:
            self.sending = sending_id
            self.ticked.difference_update(sent)

    def show(self, view: View, client_id: int | None = None) -> None:
        """Show a view, and in the detail that client. For use in callbacks."""
        self.view = view
        self.client_id = self.client_id if client_id is None else client_id

    def open_dialog(self, kind: DialogKind, client_ids: Sequence[int] = (), filters: str = "") -> None:
        """Open a dialog; while one is open, the first click wins."""
        if self.dialog is None:
            self.openings += 1
            self.assigning = Assigning()
            self.dialog = OpenDialog(kind, tuple(client_ids), filters, self.openings)

    def close(self) -> None:
        """Close the dialog."""
        self.dialog = None


def ready_state() -> ReadyState:
    """Return this session's state. Call it first: each access to the session may end the run (for a newer one)."""
    if _STATE not in st.session_state:
        st.session_state[_STATE] = ReadyState()
    state: ReadyState = st.session_state[_STATE]
    return state
