"""What charges ask of the database."""

from collections.abc import Collection
from datetime import datetime
from typing import Protocol

from billingbot.domain.charge import Charge, Statement
from billingbot.domain.charge_snapshot import ChargeSnapshot
from billingbot.domain.period import Period


class ChargeStore(Protocol):
    """Where the charges of an integration are kept, a snapshot a period. Everything by the integration's key."""

    def replace_charges(self, integration: str, statement: Statement, actor: str, now: datetime) -> ChargeSnapshot:
        """Keep the statement in place of what is kept for its period, in one transaction; return what is known of it.

        Raises `DomainError`, and keeps what was there, when a charge is listed twice or an amount cannot be kept
        exactly: it has more than 10 decimals, or is 10¹⁵ or more.
        """

    def charges(self, integration: str, period: Period, *, with_raw: bool = True) -> Statement | None:
        """Return what is kept for the period, in the order of the charges' ids; None when it was never read.

        Without `raw`, which is most of it, many charges are read in half the time.
        """

    def charges_of(self, integration: str, period: Period, company_ids: Collection[str]) -> list[Charge]:
        """Return the period's charges of those companies, in the order of the charges' ids; none when it has none."""

    def charge_snapshot(self, integration: str, period: Period) -> ChargeSnapshot | None:
        """Return what is known of the period; None when it was never read."""

    def charge_periods(self, integration: str) -> list[ChargeSnapshot]:
        """Return what is known of each period that was read, newest period first."""
