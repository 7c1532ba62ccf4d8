"""What the Activity page remembers of one session, and what stands in its address."""

from dataclasses import dataclass
from enum import StrEnum

import streamlit as st

from billingbot.ui.client_page import Notice

_STATE = "activity_page"
_PAGE_SIZE = 50


class Detail(StrEnum):
    """What can be open beside its list, and how the address names it: a batch, a refresh run, a ledger entry."""

    BATCH = "batch"
    RUN = "run"
    ENTRY = "entry"


@dataclass(frozen=True, slots=True)
class RefusedUndo:
    """An undo that would have lost what was changed since, a sentence each."""

    batch: str
    sentences: tuple[str, ...]


@dataclass
class ActivityState:
    """Lives in the session. `asking` is the batch whose undo waits for a second click, "" for none.

    `problem` is why the last click could not be carried out. Lists show `limit` rows.
    """

    limit: int = _PAGE_SIZE
    asking: str = ""
    refused: RefusedUndo | None = None
    notice: Notice | None = None
    problem: str = ""

    def show_more(self) -> None:
        """Let lists show another page."""
        self.limit += _PAGE_SIZE

    def forget(self) -> None:
        """Put aside what the last click brought up."""
        self.asking, self.refused, self.notice, self.problem = "", None, None, ""


def activity_state() -> ActivityState:
    """Return this session's state. Call it first: each access to the session may end the run (for a newer one)."""
    if _STATE not in st.session_state:
        st.session_state[_STATE] = ActivityState()
    state: ActivityState = st.session_state[_STATE]
    return state


def opened(detail: Detail) -> str:
    """Return the id of what is open, as the address says; "" for none."""
    return st.query_params.get(detail, "")


def set_open(detail: Detail, wanted: str) -> None:
    """Open one, so that the address names it; "" closes it."""
    if wanted:
        st.query_params[detail] = wanted
    elif detail in st.query_params:
        del st.query_params[detail]
