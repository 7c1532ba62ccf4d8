"""What the ledger says, entry by entry, with lines and the charges behind them."""

from collections.abc import Collection
from decimal import Decimal

from billingbot.domain.ledger import LedgerEntry, LedgerLine
from billingbot.domain.period import Period
from billingbot.domain.target import TargetKind
from billingbot.store.engine import Transaction
from billingbot.store.ledger_rows import entry_of, line_of
from billingbot.store.statements import statement

_ENTRIES = statement("ledger_entries")
_SENT_BEFORE = statement("sent_before")
_RECURRING_SENT_BEFORE = statement("recurring_sent_before")
_NEWEST = """
join (
    select client_id, max(revision) as revision
    from ledger_entry
    where integration = $1
    and period = $2
    and state <> 'failed'
    and (cast($3 as bigint[]) is null or client_id = any(cast($3 as bigint[])))
    group by client_id
) as newest
    on newest.client_id = ledger_entry.client_id
    and newest.revision = ledger_entry.revision
where ledger_entry.integration = $1
and ledger_entry.period = $2
order by ledger_entry.client_id
"""
_WANTED = """
where ledger_entry.integration = $1
and (cast($2 as varchar) is null or ledger_entry.period = cast($2 as varchar))
and (cast($3 as bigint) is null or ledger_entry.client_id = cast($3 as bigint))
order by ledger_entry.number desc
limit cast($4 as bigint)
"""
_LINES = """
select entry_id, line_key, description, item_id, quantity, unit_price, unit_cost, price, cost, members
from ledger_line
where entry_id in (select unnest(cast($1 as varchar[])))
order by entry_id collate "C", position
"""
_REVISIONS = """
select client_id, max(revision)
from ledger_entry
where integration = $1
and period = $2
group by client_id
order by client_id
"""
_PERIOD_SENT_TO = """
select max(period)
from ledger_entry
where integration = $1
and kind = $2
and invoice_id = $3
and state <> 'failed'
"""


def newest_entries(
    tx: Transaction, integration: str, period: Period, client_ids: Collection[int] | None
) -> dict[int, LedgerEntry]:
    """Return the newest entry that is not `failed` of each client, or of the named ones, in the order of their ids."""
    wanted = None if client_ids is None else sorted(client_ids)
    found = _entries(tx, _NEWEST, (integration, str(period), wanted))
    return {entry.client_id: entry for entry in found}


def newest_revisions(tx: Transaction, integration: str, period: Period) -> dict[int, int]:
    """Return the newest revision of each client, failed ones included."""
    return dict(tx.rows(_REVISIONS, (integration, str(period))))


def entries(
    tx: Transaction, integration: str, period: Period | None, client_id: int | None, limit: int
) -> list[LedgerEntry]:
    """Return the entries that are as wanted, the one that was written down last first."""
    return _entries(tx, _WANTED, (integration, None if period is None else str(period), client_id, limit))


def sent_before(tx: Transaction, integration: str, period: Period) -> dict[int, Decimal]:
    """Return what the newest sent entry of the newest earlier period of each client came to."""
    return dict(tx.rows(_SENT_BEFORE, (integration, str(period))))


def recurring_sent_before(tx: Transaction, integration: str, period: Period) -> dict[int, set[int]]:
    """Return the recurring invoices on which lines of earlier periods are, or may be, by client id."""
    found: dict[int, set[int]] = {}
    for client_id, invoice_id in tx.rows(
        _RECURRING_SENT_BEFORE, (integration, str(period), TargetKind.RECURRING.value)
    ):
        found.setdefault(client_id, set()).add(invoice_id)
    return found


def newest_period_sent_to(tx: Transaction, integration: str, kind: TargetKind, invoice_id: int) -> Period | None:
    """Return the newest period whose charges were sent there. What is still open counts: it may have arrived."""
    [(period,)] = tx.rows(_PERIOD_SENT_TO, (integration, kind.value, invoice_id))
    return None if period is None else Period.parse(period)


def _entries(tx: Transaction, condition: str, params: tuple[object, ...]) -> list[LedgerEntry]:
    rows = tx.rows(f"{_ENTRIES}{condition}", params)
    lines: dict[str, list[LedgerLine]] = {entry_id: [] for entry_id, *_ in rows}
    for entry_id, *line in tx.rows(_LINES, (list(lines),)) if lines else []:
        lines[entry_id].append(line_of(line))
    return [entry_of(row, lines[row[0]]) for row in rows]
