-- Of each client, the total of the newest sent entry of its newest period before one. $1 integration · $2 period
with
sent as (
    select
        client_id,
        total,
        row_number() over (partition by client_id order by period desc, revision desc) as newness
    from ledger_entry
    where integration = $1
    and period < $2
    and state = 'sent'
)
select client_id, total from sent where newness = 1
