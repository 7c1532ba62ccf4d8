"""What the setup of integrations asks of the database: their defaults, their end, and what holds for the whole MSP."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Protocol

import pandas as pd

from billingbot.domain.decision import Receipt, Stamp
from billingbot.domain.integration import Integration
from billingbot.domain.setup_figures import SetupFigures


class SetupStore(Protocol):
    """Where integrations are set up. Everything by the integration's key."""

    def edit_integration(self, key: str, version: int, fields: Mapping[str, object], stamp: Stamp) -> Integration:
        """Set defaults by their names in `Integration` (modifiers by theirs), with an audit row; return how it is then.

        Raises `DecisionRefused` when the integration has another version than the one that was seen, `NotFound`,
        `InvalidSchedule` for a time that is none.
        """

    def remove_integration(self, key: str, stamp: Stamp) -> None:
        """Take the integration out of use, and forget its credentials. Mappings, rules and history stay.

        A refresh of it that is under way is cancelled.
        `add_integration` brings it back. Raises `NotFound`.
        """

    def removed_integrations(self) -> dict[str, int]:
        """Return the integrations that are out of use, and how many mappings of each are kept."""

    def purge_integration(self, key: str, stamp: Stamp) -> Receipt:
        """Delete the mappings, rejected pairs and client settings of a removed integration, as a batch to undo.

        Raises `NotFound`, also when the integration is in use.
        """

    def setup_figures(self) -> SetupFigures:
        """Count clients and companies that are not Gone, and which companies are mapped."""

    def setting(self, name: str) -> str:
        """Return what holds for the MSP: `time_zone`, `setup`; "" when nobody said."""

    def save_setting(self, name: str, value: str, stamp: Stamp) -> None:
        """Say what holds for the MSP, with an audit row when that changes anything.

        Raises `InvalidSchedule` for a time zone that nobody knows. A new one counts as setting all daily refreshes.
        """

    def refresh_set_at(self, key: str) -> datetime | None:
        """Return when the time of the integration's daily refresh was last set."""

    def claim_scheduled_refresh(self, key: str, due_on: date, now: datetime) -> bool:
        """Say that the refresh of that day is started; False when that was said before and something came of it.

        Nothing came of it when the process ended in the middle. It is said three times a day at most.
        """

    def present_clients(self) -> pd.DataFrame:
        """Return the clients that are not Gone. Columns: client_id int64 · name · twilio_subaccount_sid."""

    def present_companies(self, integration: str) -> pd.DataFrame:
        """Return the companies that are not Gone. Columns: company_id · name · external_id."""
