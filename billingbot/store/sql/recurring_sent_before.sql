-- Which recurring invoices hold lines of which clients since before a period: of each client and invoice, the newest
-- sent entry counts, and what may have arrived after it. $1 integration · $2 period · $3 kind
with
ranked as (
    select
        entry_id,
        client_id,
        invoice_id,
        state,
        row_number() over (partition by client_id, invoice_id order by period desc, revision desc) as newness
    from ledger_entry
    where integration = $1
    and period < $2
    and kind = $3
    and state <> 'failed'
    and invoice_id is not null
)
select distinct ranked.client_id, ranked.invoice_id
from ranked
join ledger_line
    on ledger_line.entry_id = ranked.entry_id
    and ledger_line.members <> '[]'
where not exists (
    select 1
    from ranked as newer
    where newer.client_id = ranked.client_id
    and newer.invoice_id = ranked.invoice_id
    and newer.newness < ranked.newness
    and newer.state = 'sent'
)
