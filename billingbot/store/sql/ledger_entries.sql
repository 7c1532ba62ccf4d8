-- Entries in the order of the fields of `LedgerEntry`, without lines; a condition follows.
select
    ledger_entry.entry_id,
    ledger_entry.integration,
    ledger_entry.period,
    ledger_entry.client_id,
    ledger_entry.client,
    ledger_entry.revision,
    ledger_entry.reference,
    ledger_entry.plan_hash,
    ledger_entry.action,
    ledger_entry.kind,
    ledger_entry.invoice_id,
    ledger_entry.invoice,
    ledger_entry.state,
    ledger_entry.currency,
    ledger_entry.total,
    ledger_entry.dropped,
    ledger_entry.actor,
    ledger_entry.started_at,
    ledger_entry.ended_at,
    ledger_entry.error,
    ledger_entry.differences
from ledger_entry
