"""The part of the store that plans and the ledger are in."""

from collections.abc import Collection
from datetime import datetime, timedelta
from decimal import Decimal

from billingbot.domain.account import Account
from billingbot.domain.ledger import LedgerEntry, SendLease, SentState
from billingbot.domain.period import Period
from billingbot.domain.plan import KeptPlan
from billingbot.domain.target import TargetKind
from billingbot.store import accounts, ledger, ledger_writes, plans, send_leases
from billingbot.store.engine import Engine


class LedgerTables:
    """`ports.LedgerStore` on a database whose tables are up to date; each method is one transaction."""

    _engine: Engine

    def accounts(self, integration: str) -> dict[str, Account]:
        """Return every mapping of the integration by company id, with its client's settings."""
        return self._engine.read(lambda tx: accounts.accounts(tx, integration))

    def keep_plan(self, plan: KeptPlan) -> None:
        """Keep a plan; one of the same hash stays as it is."""
        self._engine.write(lambda tx: plans.keep(tx, plan))

    def plan(self, plan_hash: str) -> KeptPlan:
        """Return the plan whose hash begins so, or raise `NotFound`: there is none, or more than one."""
        return self._engine.read(lambda tx: plans.plan(tx, plan_hash))

    def take_send_lease(self, integration: str, owner: str, duration: timedelta) -> SendLease:
        """Take the right to send for the integration. Raises `SendingRunning` while another one holds it."""
        return self._engine.write(lambda tx: send_leases.take(tx, integration, owner, duration))

    def extend_send_lease(self, lease: SendLease, duration: timedelta) -> None:
        """Keep it for `duration` from now, by the database's clock."""
        self._engine.write(lambda tx: send_leases.extend(tx, lease, duration))

    def release_send_lease(self, lease: SendLease) -> None:
        """Give it back; nothing happens when it was taken over."""
        self._engine.write(lambda tx: send_leases.release(tx, lease))

    def begin_entry(self, entry: LedgerEntry, lease: SendLease) -> None:
        """Write down what is about to be sent, under the lease and as the client's next revision."""
        rows = ledger_writes.rows_of(entry)
        self._engine.write(lambda tx: ledger_writes.begin(tx, entry, rows, lease))

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
        """Write down how it ended, under the lease."""
        ending = ledger_writes.Ending(state, now, invoice_id, invoice, error, differences)
        self._engine.write(lambda tx: ledger_writes.end(tx, entry_id, lease, ending))

    def newest_entries(
        self, integration: str, period: Period, client_ids: Collection[int] | None = None
    ) -> dict[int, LedgerEntry]:
        """Return the newest entry of each client that is not `failed`, by client id."""
        return self._engine.read(lambda tx: ledger.newest_entries(tx, integration, period, client_ids))

    def newest_revisions(self, integration: str, period: Period) -> dict[int, int]:
        """Return the newest revision of each client, failed ones included, by client id."""
        return self._engine.read(lambda tx: ledger.newest_revisions(tx, integration, period))

    def ledger(
        self, integration: str, period: Period | None = None, client_id: int | None = None, limit: int = 500
    ) -> list[LedgerEntry]:
        """Return entries, newest first, all states."""
        return self._engine.read(lambda tx: ledger.entries(tx, integration, period, client_id, limit))

    def sent_before(self, integration: str, period: Period) -> dict[int, Decimal]:
        """Return the total of the newest sent entry of the newest earlier period of each client, by client id."""
        return self._engine.read(lambda tx: ledger.sent_before(tx, integration, period))

    def recurring_sent_before(self, integration: str, period: Period) -> dict[int, set[int]]:
        """Return the recurring invoices on which lines of earlier periods are, or may be, by client id."""
        return self._engine.read(lambda tx: ledger.recurring_sent_before(tx, integration, period))

    def newest_period_sent_to(self, integration: str, kind: TargetKind, invoice_id: int) -> Period | None:
        """Return the newest period of the integration whose charges were sent to that invoice, if any were."""
        return self._engine.read(lambda tx: ledger.newest_period_sent_to(tx, integration, kind, invoice_id))
