"""What the jobs need from the outside world. Connectors and the store implement it; tests may stand in for it."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

import pandas as pd

from billingbot.domain.integration import Integration
from billingbot.domain.invoice import Invoice, RecurringInvoice
from billingbot.domain.party import Client, Company
from billingbot.domain.refresh import Missing, RefreshRun, Step, Summary


class PageSeen(Protocol):
    """Hears of every page of a list: rows so far, and rows in all when the source promises a number (else 0)."""

    def __call__(self, done: int, total: int) -> None:
        """Hear of it. May raise to stop the walk."""


class Distributor(Protocol):
    """A distributor's API. All methods raise `UpstreamError`."""

    @property
    def key(self) -> str:
        """Identify the adapter: `pax8`."""

    @property
    def name(self) -> str:
        """Return the name that users know: `Pax8`."""

    def check(self) -> None:
        """Sign in and read one row."""

    def companies(self, seen: PageSeen) -> list[Company]:
        """Return every company, complete and unique by id, in the order of the ids, or raise."""


class Halo(Protocol):
    """HaloPSA's API. All methods raise `UpstreamError`."""

    def check(self) -> None:
        """Sign in and read one row."""

    def clients(self, seen: PageSeen) -> list[Client]:
        """Return every active client, complete and unique by id, in the order of the ids, or raise."""

    def invoices(self, client_id: int) -> list[Invoice]:
        """Return the client's invoices, newest first."""

    def recurring_invoices(self, client_id: int) -> list[RecurringInvoice]:
        """Return the client's recurring invoices."""


@dataclass(frozen=True, slots=True)
class Fetched:
    """Both complete lists of one refresh, and what was known but is no longer in them."""

    clients: Sequence[Client]
    companies: Sequence[Company]
    missing: Missing

    def client_frame(self) -> pd.DataFrame:
        """Return client_id int64 · name · twilio_subaccount_sid; text is of dtype object, as vendors may send any."""
        return pd.DataFrame(
            {
                "client_id": pd.Series([client.client_id for client in self.clients], dtype="int64"),
                "name": pd.Series([client.name for client in self.clients], dtype="object"),
                "twilio_subaccount_sid": pd.Series(
                    [client.twilio_subaccount_sid for client in self.clients], dtype="object"
                ),
            }
        )

    def company_frame(self) -> pd.DataFrame:
        """Return company_id · name · external_id, all of dtype object."""
        return pd.DataFrame(
            {
                "company_id": pd.Series([company.company_id for company in self.companies], dtype="object"),
                "name": pd.Series([company.name for company in self.companies], dtype="object"),
                "external_id": pd.Series([company.external_id for company in self.companies], dtype="object"),
            }
        )


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


class Store(RefreshStore, Protocol):
    """Everything that the app asks of the database."""

    def claim(self, data: str) -> None:
        """Say what data the database is for: "sandbox data", "real data". Said once, it holds for good.

        Raises `WrongDatabase` when it is for other data: invented and real clients must not mix.
        """

    def integrations(self) -> list[Integration]:
        """Return the configured integrations by name."""

    def add_integration(self, integration: Integration, actor: str, now: datetime) -> None:
        """Configure an integration with its defaults; one that is configured already stays as it is."""

    def latest_success(self, integration: str) -> RefreshRun | None:
        """Return the newest run of the integration that succeeded, if there is one: the lists are from then."""

    def company_names(self, integration: str, company_ids: Collection[str]) -> list[str]:
        """Return the names of those companies of the integration, in the order of the names."""

    def client_rows(self, integration: str) -> pd.DataFrame:
        """Return the grid's rows: every Halo client, by name and id.

        Columns: client_id int64 · client str · companies str (linked company names, by name, joined by " · ") ·
        status str (`ClientStatus`) · score float64 0..100 or NaN · reason str or "" · last_invoice_id Int64 ·
        recurring_invoice_id Int64 · assignment str (effective) · inherited bool (it is the integration's default) ·
        excluded bool · added_run, renamed_run, gone_run, linked_run str or "" (the run that did it) · version int64.
        Score and reason are those of the least sure link, or of the best suggestion when nothing is linked; the reason
        of a Gone row says who no longer lists what.
        """

    def candidates(self, integration: str, client_ids: Collection[int]) -> pd.DataFrame:
        """Return the suggestions for clients, best first.

        Columns: client_id int64 · company_id str · company str · score float64 · reason str · rank int64.
        """

    def close(self) -> None:
        """Release the database."""
