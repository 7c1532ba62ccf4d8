"""What the Client Management page remembers of one session, and what it reads for one run."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

import pandas as pd
import streamlit as st

from billingbot.domain.refresh import RefreshRun, Step
from billingbot.ports import Store

_STATE = "client_page"


@dataclass
class PageState:
    """Lives in the session. `dismissed` are the runs whose outcome the operator has closed.

    `problem` is why the last click could not be carried out, until the next click. `progress` is where a running
    refresh stood when this session last saw it move, and `moved_at` when that was.
    """

    dismissed: set[str] = field(default_factory=set)
    problem: str | None = None
    progress: tuple[str, Step, int] | None = None
    moved_at: datetime | None = None

    def standing_still(self, run: RefreshRun, now: datetime) -> timedelta:
        """Return for how long this session has seen no progress of the run."""
        progress = (run.run_id, run.step, run.done)
        if self.moved_at is None or progress != self.progress:
            self.progress, self.moved_at = progress, now
        return now - self.moved_at


@dataclass(frozen=True, slots=True)
class PageData:
    """What one run of the page shows. `rows` is `Store.client_rows`; `latest` may still be running."""

    rows: pd.DataFrame
    latest: RefreshRun | None
    succeeded: RefreshRun | None


def page_state() -> PageState:
    """Return this session's state. Call it first: each access to the session may end the run (for a newer one)."""
    if _STATE not in st.session_state:
        st.session_state[_STATE] = PageState()
    state: PageState = st.session_state[_STATE]
    return state


def read_page_data(store: Store, integration: str) -> PageData:
    """Read runs before rows, so that the rows are never older than the run that they are shown with."""
    latest, succeeded = store.latest_run(integration), store.latest_success(integration)
    return PageData(store.client_rows(integration), latest, succeeded)
