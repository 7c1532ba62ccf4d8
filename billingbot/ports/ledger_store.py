"""What planning and sending ask of the database."""

from collections.abc import Collection
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Protocol

from billingbot.domain.account import Account
from billingbot.domain.ledger import LedgerEntry, SendLease, SentState
from billingbot.domain.period import Period
from billingbot.domain.plan import KeptPlan
from billingbot.domain.target import TargetKind


class LedgerStore(Protocol):
    """Where mappings are read for billing, plans are kept, and the ledger is written."""

    def accounts(self, integration: str) -> dict[str, Account]:
        """Return every mapping of the integration by company id, with its client's settings.

        A company that the mirror does not know is gone, and is named by its id.
        """

    def keep_plan(self, plan: KeptPlan) -> None:
        """Keep a plan; one of the same hash stays as it is. A plan is never changed."""

    def plan(self, plan_hash: str) -> KeptPlan:
        """Return the plan whose hash begins so, or raise `NotFound`: there is none, or more than one."""

    def take_send_lease(self, integration: str, owner: str, duration: timedelta) -> SendLease:
        """Take the right to send for the integration.

        Raises `SendingRunning` while another one holds it, `NotFound` when the integration is not in use.
        """

    def extend_send_lease(self, lease: SendLease, duration: timedelta) -> None:
        """Keep it for `duration` from now, by the database's clock. Raises `SendingStopped` when it was taken over."""

    def release_send_lease(self, lease: SendLease) -> None:
        """Give it back; nothing happens when it was taken over."""

    def begin_entry(self, entry: LedgerEntry, lease: SendLease) -> None:
        """Write down what is about to be sent. Its revision must follow the newest one of client and period.

        Raises `SendingStopped` when the lease was taken over or the integration removed, `LedgerChanged` when the
        revision does not follow, or when the newest entry is still open, `DomainError` when the entry is not `sending`
        or an amount cannot be kept exactly: it has more than 10 decimals, or is 10¹⁵ or more.
        """

    def end_entry(
        self,
        entry_id: str,
        lease: SendLease,
        state: SentState,
        now: datetime,
        *,
        invoice_id: int | None = None,
        invoice: str = "",
        error: str = "",
        differences: tuple[str, ...] = (),
    ) -> None:
        """Write down how it ended; `invoice_id` None and `invoice` "" leave what is there.

        Only an open entry ends: whoever holds the lease later ends what a dead sending left, and `unknown` may become
        `sent` or `failed`, which are final. Raises `SendingStopped` when the lease was taken over, `NotFound`,
        `LedgerChanged` when it was `sent` or `failed` already.
        """

    def newest_entries(
        self, integration: str, period: Period, client_ids: Collection[int] | None = None
    ) -> dict[int, LedgerEntry]:
        """Return the newest entry of each client that is not `failed`, by client id: what stands in HaloPSA, or may."""

    def newest_revisions(self, integration: str, period: Period) -> dict[int, int]:
        """Return the newest revision of each client, failed ones included, by client id."""

    def ledger(
        self, integration: str, period: Period | None = None, client_id: int | None = None, limit: int = 500
    ) -> list[LedgerEntry]:
        """Return entries, newest first, all states."""

    def sent_before(self, integration: str, period: Period) -> dict[int, Decimal]:
        """Return the total of the newest sent entry of the newest earlier period of each client, by client id."""

    def recurring_sent_before(self, integration: str, period: Period) -> dict[int, set[int]]:
        """Return the recurring invoices on which lines of earlier periods are, or may be, by client id.

        Of each client and invoice the newest sent entry counts, unless all of it was taken back, and what is open since
        then: it may have arrived.
        """

    def newest_period_sent_to(self, integration: str, kind: TargetKind, invoice_id: int) -> Period | None:
        """Return the newest period of the integration whose charges were sent to that invoice, if any were.

        What is still open counts: it may have arrived.
        """
