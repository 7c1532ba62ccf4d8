"""What a refresh asks of the database."""

from datetime import datetime, timedelta
from typing import Protocol

import pandas as pd

from billingbot.domain.integration import Integration
from billingbot.domain.refresh import Missing, RefreshRun, Step, Summary
from billingbot.ports.fetched import Fetched


class LeaseStore(Protocol):
    """Where a run keeps its lease."""

    def extend_lease(self, run_id: str, token: int, lease: timedelta) -> None:
        """Keep the lease for `lease` from now, by the database's clock. Raises `RefreshStopped`."""


class RefreshStore(LeaseStore, Protocol):
    """What a refresh reads and writes.

    Every method that takes a `token` raises `RefreshStopped` when the run is not running or its lease is not this one.
    """

    def integration(self, key: str) -> Integration:
        """Return the configured integration, or raise `NotFound`."""

    def start_run(self, run: RefreshRun, lease: timedelta) -> RefreshRun:
        """Take the integration's lease, store the run, return it with its token; a dead run becomes `abandoned`.

        Raises `RefreshRunning` while another run of the integration holds the lease.
        """

    def report(self, run_id: str, token: int, step: Step, done: int, total: int) -> None:
        """Store how far the run is."""

    def run(self, run_id: str) -> RefreshRun:
        """Return the run, or raise `NotFound`."""

    def latest_run(self, integration: str) -> RefreshRun | None:
        """Return the newest run of the integration, if there is one."""

    def present_client_ids(self) -> frozenset[int]:
        """Return the ids of the clients that are not Gone."""

    def present_company_ids(self, integration: str) -> frozenset[str]:
        """Return the ids of the integration's companies that are not Gone."""

    def decided_pairs(self, integration: str) -> pd.DataFrame:
        """Return every mapping. Columns: company_id str · client_id int64."""

    def rejected_pairs(self, integration: str) -> pd.DataFrame:
        """Return the pairs that are never to come back. Columns: company_id str · client_id int64."""

    def apply_refresh(self, run: RefreshRun, fetched: Fetched, matches: pd.DataFrame, now: datetime) -> Summary:
        """Write lists, links, suggestions, audit rows and the run's end in one transaction, under the run's token.

        Decisions are read again inside it: a company or a client that was mapped meanwhile, or a pair that was rejected
        meanwhile, is left alone. `matches` has the columns that `billingbot.matching.match` returns.
        """

    def end_run(self, run: RefreshRun, now: datetime, error: str | None = None, missing: Missing | None = None) -> None:
        """Store how the run ended when it did not succeed, under its token, and give the lease back.

        `run.state` is `failed` or `needs_approval`; nothing else is written.
        """

    def cancel_run(self, run_id: str, actor: str, now: datetime) -> bool:
        """End a running run at once, whoever asks; return False when it had ended before."""

    def require_space(self) -> None:
        """Raise `StoreFull` when there is too little space for what a vendor lists."""

    def abandon_expired(self) -> None:
        """End the runs whose lease has ended as `abandoned`: whoever ran them is gone."""
