"""Writing into the ledger: an entry before each call, and how it ended after it. Only who holds the lease does."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from billingbot.domain.ledger import OPEN, LedgerEntry, SendLease, SentState
from billingbot.errors import DomainError, LedgerChanged, NotFound, SendingStopped
from billingbot.store import integrations, send_leases
from billingbot.store.engine import Transaction
from billingbot.store.ledger_rows import entry_row, line_rows, sentences_text
from billingbot.store.statements import columns, statement

_INSERT = statement("insert_ledger_entry")
_INSERT_LINES = statement("insert_ledger_lines")
_NEWEST = """
select revision, state
from ledger_entry
where integration = $1
and period = $2
and client_id = $3
order by revision desc
limit 1
"""
_END = """
update ledger_entry set
    state = $1,
    ended_at = $2,
    invoice_id = coalesce(cast($3 as bigint), invoice_id),
    invoice = case when cast($4 as varchar) = '' then invoice else cast($4 as varchar) end,
    error = $5,
    differences = $6
where entry_id = $7
"""

Rows = tuple[tuple[object, ...], Sequence[tuple[object, ...]]]
"""An entry and its lines, as `rows_of` makes them."""


@dataclass(frozen=True, slots=True)
class Ending:
    """How an entry ended. `invoice_id` None and `invoice` "" leave what is there."""

    state: SentState
    now: datetime
    invoice_id: int | None = None
    invoice: str = ""
    error: str = ""
    differences: tuple[str, ...] = ()


def rows_of(entry: LedgerEntry) -> Rows:
    """Return what `begin` inserts: with a million members it takes seconds, in which nobody should wait.

    Raises `DomainError` for an entry that is not `sending`, or an amount that is not kept exactly.
    """
    if entry.state is not SentState.SENDING:
        raise DomainError(f"An entry of the ledger does not begin as {entry.state}.")
    return entry_row(entry), line_rows(entry)


def begin(tx: Transaction, entry: LedgerEntry, rows: Rows, lease: SendLease) -> None:
    """Write down the entry, whose rows these are. Raises `SendingStopped`, `LedgerChanged`; see `ports.LedgerStore`."""
    if lease.integration != entry.integration:
        raise DomainError(f"Who sends for {lease.integration} may not write down what is sent for {entry.integration}.")
    send_leases.fence(tx, lease)
    _hold_in_use(tx, entry.integration)
    _refuse_unless_next(tx, entry)
    row, lines = rows
    tx.execute(_INSERT, row)
    if lines:
        tx.execute(_INSERT_LINES, (entry.entry_id, *columns(lines)))


def end(tx: Transaction, entry_id: str, lease: SendLease, ending: Ending) -> None:
    """Write down how an entry of the lease's integration ended, which was open.

    Raises `SendingStopped`, `NotFound`, `LedgerChanged` when the entry was `sent` or `failed` already, which is final.
    """
    if ending.state is SentState.SENDING:
        raise DomainError(f"An entry of the ledger does not end as {ending.state}.")
    send_leases.fence(tx, lease)
    found = tx.rows(
        "select state from ledger_entry where entry_id = $1 and integration = $2", (entry_id, lease.integration)
    )
    if not found:
        raise NotFound(f"There is no entry {entry_id} in the ledger of {lease.integration}.")
    [(state,)] = found
    if SentState(state) not in OPEN:
        raise LedgerChanged(f"The entry {entry_id} of the ledger has ended before, as {state}.")
    differences = sentences_text(ending.differences)
    tx.execute(
        _END,
        (ending.state.value, ending.now, ending.invoice_id, ending.invoice, ending.error, differences, entry_id),
    )


def _hold_in_use(tx: Transaction, integration: str) -> None:
    """Raise `SendingStopped` when the integration was removed while its charges are sent: what was sent stays."""
    try:
        integrations.hold_in_use(tx, integration)
    except NotFound as error:
        raise SendingStopped("The integration was removed meanwhile: nothing more is sent.") from error


def _refuse_unless_next(tx: Transaction, entry: LedgerEntry) -> None:
    """Raise `LedgerChanged` unless the entry follows the newest one of its client and period, which has ended."""
    found = tx.rows(_NEWEST, (entry.integration, str(entry.period), entry.client_id))
    newest, state = found[0] if found else (0, SentState.SENT)
    if SentState(state) in OPEN:
        raise LedgerChanged(f"What was sent for {entry.client} before is not known to have arrived. Plan again.")
    if entry.revision != newest + 1:
        raise LedgerChanged(f"Another sending for {entry.client} came first. Plan again.")
