"""The part of the store that the setup of integrations is in."""

from collections.abc import Mapping
from datetime import date, datetime

import pandas as pd

from billingbot.domain.decision import Receipt, Stamp
from billingbot.domain.integration import Integration
from billingbot.domain.setup_figures import SetupFigures
from billingbot.store import (
    integration_defaults,
    integration_end,
    integration_figures,
    integrations,
    known,
    scheduled_refreshes,
    settings,
)
from billingbot.store.engine import Engine


class SetupTables:
    """`ports.SetupStore` on a database whose tables are up to date; each method is one transaction."""

    _engine: Engine

    def edit_integration(self, key: str, version: int, fields: Mapping[str, object], stamp: Stamp) -> Integration:
        """Set defaults by their names in `Integration` (modifiers by theirs); return how it is then."""
        return self._engine.write(lambda tx: integration_defaults.edit(tx, key, version, fields, stamp))

    def remove_integration(self, key: str, stamp: Stamp) -> None:
        """Take the integration out of use, and forget its credentials."""
        self._engine.write(lambda tx: integration_end.remove(tx, key, stamp))

    def removed_integrations(self) -> dict[str, int]:
        """Return the integrations that are out of use, and how many mappings of each are kept."""
        return self._engine.read(integrations.removed_integrations)

    def purge_integration(self, key: str, stamp: Stamp) -> Receipt:
        """Delete the mappings, rejected pairs and client settings of a removed integration, as a batch to undo."""
        return self._engine.write(lambda tx: integration_end.purge(tx, key, stamp))

    def setup_figures(self) -> SetupFigures:
        """Count clients and companies that are not Gone, and which companies are mapped."""
        return self._engine.read(integration_figures.setup_figures)

    def setting(self, name: str) -> str:
        """Return what holds for the MSP; "" when nobody said."""
        return self._engine.read(lambda tx: settings.setting(tx, name))

    def save_setting(self, name: str, value: str, stamp: Stamp) -> None:
        """Say what holds for the MSP, with an audit row when that changes anything."""
        self._engine.write(lambda tx: settings.save(tx, name, value, stamp))

    def refresh_set_at(self, key: str) -> datetime | None:
        """Return when the time of the integration's daily refresh was last set."""
        return self._engine.read(lambda tx: scheduled_refreshes.refresh_set_at(tx, key))

    def claim_scheduled_refresh(self, key: str, due_on: date, now: datetime) -> bool:
        """Say that the refresh of that day is started; False when that was said before and something came of it."""
        return self._engine.write(lambda tx: scheduled_refreshes.claim(tx, key, due_on, now))

    def present_clients(self) -> pd.DataFrame:
        """Return the clients that are not Gone. Columns: client_id int64 · name · twilio_subaccount_sid."""
        return self._engine.read(known.present_clients)

    def present_companies(self, integration: str) -> pd.DataFrame:
        """Return the companies that are not Gone. Columns: company_id · name · external_id."""
        return self._engine.read(lambda tx: known.present_companies(tx, integration))
