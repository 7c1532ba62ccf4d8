"""What the Client Management page remembers of one session: the open dialog, the last notice, refused edits."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

import streamlit as st

from billingbot.domain.refresh import RefreshRun, Step
from billingbot.errors import Clash

_STATE = "client_page"


class DialogKind(StrEnum):
    """What can be open. The values stand in addresses and in the grid's events."""

    EDIT_COMPANY = "edit_company"
    ASSIGN_INVOICE = "assign_invoice"
    ASSIGN_COMPANY = "assign_company"
    DELETE_ASSIGNMENT = "delete_assignment"
    HISTORY = "history"
    BULK_EDIT = "bulk_edit"
    ACCEPT_SUGGESTIONS = "accept_suggestions"
    REJECT_SUGGESTIONS = "reject_suggestions"
    CONFIRM_LINKS = "confirm_links"
    EXPORT = "export"
    IMPORT = "import"


@dataclass(frozen=True, slots=True)
class OpenDialog:
    """A dialog and the clients that it is about: one, or all that were selected or shown, in the grid's order.

    `number` is different for each opening: it stands in the widgets' keys, so that nothing typed into one dialog shows
    in the next. `filters` says in words what the grid showed, for the export.
    """

    kind: DialogKind
    client_ids: tuple[int, ...]
    number: int
    filters: str = ""

    @property
    def client_id(self) -> int:
        """Return the client of a dialog that is about one."""
        return self.client_ids[0]

    def key(self, name: str) -> str:
        """Return the key of a widget in this opening."""
        return f"{self.kind}-{self.number}-{name}"


@dataclass(frozen=True, slots=True)
class Notice:
    """What was saved, in words, and the batch that the Undo beside it takes back ("" when there is nothing to undo)."""

    text: str
    batch: str = ""


@dataclass
class PageState:
    """Lives in the session. `dismissed` are the runs whose outcome the operator has closed.

    `problem` is why the last click could not be carried out, until the next click. `clashes` are edits that were
    refused because somebody else was faster, and `refused` their clients, whose rows the grid gets again.
    `progress` is where a running refresh stood when this session last saw it move, and `moved_at` when that was.
    `returned_from` is the dialog that was closed last: the grid gives its row the focus. `shows_all` asks for every
    chip to be released; `followed_address` is set once the address has been obeyed.
    """

    dismissed: set[str] = field(default_factory=set)
    problem: str | None = None
    progress: tuple[str, Step, int] | None = None
    moved_at: datetime | None = None
    dialog: OpenDialog | None = None
    returned_from: OpenDialog | None = None
    notice: Notice | None = None
    clashes: tuple[Clash, ...] = ()
    refused: tuple[int, ...] = ()
    openings: int = 0
    shows_all: bool = False
    followed_address: bool = False

    def open(self, kind: DialogKind, client_ids: Sequence[int], filters: str = "") -> None:
        """Open a dialog; while one is open, the first click wins."""
        if self.dialog is None:
            self.openings += 1
            self.dialog = OpenDialog(kind, tuple(client_ids), self.openings, filters)

    def close(self) -> None:
        """Close the dialog; the focus goes back to its row."""
        self.returned_from, self.dialog = self.dialog, None

    def saved(self, text: str, batch: str) -> None:
        """Say what was saved, beside an Undo."""
        self.notice, self.problem, self.clashes = Notice(text, batch), None, ()

    def standing_still(self, run: RefreshRun, now: datetime) -> timedelta:
        """Return for how long this session has seen no progress of the run."""
        progress = (run.run_id, run.step, run.done)
        if self.moved_at is None or progress != self.progress:
            self.progress, self.moved_at = progress, now
        return now - self.moved_at


def page_state() -> PageState:
    """Return this session's state. Call it first: each access to the session may end the run (for a newer one)."""
    if _STATE not in st.session_state:
        st.session_state[_STATE] = PageState()
    state: PageState = st.session_state[_STATE]
    return state
