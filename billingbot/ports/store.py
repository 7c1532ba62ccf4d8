"""Everything that the app asks of the database."""

from collections.abc import Collection
from datetime import datetime
from typing import Protocol

import pandas as pd

from billingbot.domain.integration import Integration
from billingbot.domain.refresh import RefreshRun
from billingbot.ports.charge_store import ChargeStore
from billingbot.ports.credential_store import CredentialStore
from billingbot.ports.decision_store import DecisionStore
from billingbot.ports.ledger_store import LedgerStore
from billingbot.ports.product_store import ProductStore
from billingbot.ports.refresh_store import RefreshStore
from billingbot.ports.setup_store import SetupStore
from billingbot.ports.user_store import UserStore


class Store(
    RefreshStore,
    DecisionStore,
    ChargeStore,
    CredentialStore,
    SetupStore,
    ProductStore,
    LedgerStore,
    UserStore,
    Protocol,
):
    """Everything that the app asks of the database."""

    def claim(self, data: str) -> None:
        """Say what data the database is for: "sandbox data", "real data". Said once, it holds for good.

        Raises `WrongDatabase` when it is for other data: invented and real clients must not mix.
        """

    def integrations(self) -> list[Integration]:
        """Return the configured integrations by name, without those that were removed."""

    def add_integration(self, integration: Integration, actor: str, now: datetime) -> None:
        """Configure an integration with its defaults.

        One that is configured already stays as it is; one that was removed is in use again, as it was.
        """

    def latest_success(self, integration: str) -> RefreshRun | None:
        """Return the newest run of the integration that succeeded, if there is one: the lists are from then."""

    def company_names(self, integration: str, company_ids: Collection[str]) -> list[str]:
        """Return the names of those companies of the integration, in the order of the names."""

    def client_rows(self, integration: str, client_ids: Collection[int] | None = None) -> pd.DataFrame:
        """Return the grid's rows: every Halo client, or the named ones, by name and id.

        Columns: client_id int64 · client str · companies str (linked company names, by name, joined by " · ") ·
        company_ids str (their ids, in that order, joined by " ") · open_company_id str (what waits for a click: the
        company of the least sure link under review, or of the best suggestion when nothing is linked; else "") ·
        status str (`ClientStatus`) · score float64 0..100 or NaN · reason str or "" · last_invoice_id Int64 ·
        recurring_invoice_id Int64 · assignment str (effective) · inherited bool (it is the integration's default) ·
        missing_target bool (charges have nowhere to go, and the client is not excluded) · excluded bool · use_global
        bool · drop_azure, collapse_azure, drop_favorable_prorates, drop_zero_dollar bool (effective) · added_run,
        renamed_run, gone_run, linked_run str or "" (the run that did it) · version int64.
        Score and reason are those of the least sure link, or of the best suggestion when nothing is linked; the reason
        of a Gone row says who no longer lists what.
        """

    def candidates(self, integration: str, client_ids: Collection[int]) -> pd.DataFrame:
        """Return the suggestions for clients, best first.

        Columns: client_id int64 · company_id str · company str · score float64 · reason str · rank int64.
        """

    def close(self) -> None:
        """Release the database."""
