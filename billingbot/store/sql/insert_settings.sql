-- $1 integration · the others are one list a column
insert into client_settings (
    integration, client_id, use_global, drop_azure, collapse_azure, drop_favorable_prorates, drop_zero_dollar,
    assignment, excluded, last_invoice_id, recurring_invoice_id, version
)
select
    cast($1 as varchar),
    unnest(cast($2 as bigint[])),
    unnest(cast($3 as boolean[])),
    unnest(cast($4 as boolean[])),
    unnest(cast($5 as boolean[])),
    unnest(cast($6 as boolean[])),
    unnest(cast($7 as boolean[])),
    unnest(cast($8 as varchar[])),
    unnest(cast($9 as boolean[])),
    unnest(cast($10 as bigint[])),
    unnest(cast($11 as bigint[])),
    1
