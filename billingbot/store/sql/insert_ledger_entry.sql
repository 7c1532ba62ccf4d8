insert into ledger_entry (
    entry_id, integration, period, client_id, client, revision, reference, plan_hash, action, kind,
    invoice_id, invoice, state, currency, total, dropped, actor, started_at, ended_at, error, differences
)
values (
    $1, $2, $3, $4, $5, $6, $7, $8, $9, $10,
    $11, $12, $13, $14, cast(cast($15 as varchar) as decimal(28, 10)), $16, $17, $18, $19, $20, $21
)
