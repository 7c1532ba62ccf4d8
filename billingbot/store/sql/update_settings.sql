-- $1 integration · the others are one list a column
update client_settings set
    use_global = wanted.use_global,
    drop_azure = wanted.drop_azure,
    collapse_azure = wanted.collapse_azure,
    drop_favorable_prorates = wanted.drop_favorable_prorates,
    drop_zero_dollar = wanted.drop_zero_dollar,
    assignment = wanted.assignment,
    excluded = wanted.excluded,
    last_invoice_id = wanted.last_invoice_id,
    recurring_invoice_id = wanted.recurring_invoice_id,
    version = client_settings.version + 1
from (
    select
        unnest(cast($2 as bigint[])) as client_id,
        unnest(cast($3 as boolean[])) as use_global,
        unnest(cast($4 as boolean[])) as drop_azure,
        unnest(cast($5 as boolean[])) as collapse_azure,
        unnest(cast($6 as boolean[])) as drop_favorable_prorates,
        unnest(cast($7 as boolean[])) as drop_zero_dollar,
        unnest(cast($8 as varchar[])) as assignment,
        unnest(cast($9 as boolean[])) as excluded,
        unnest(cast($10 as bigint[])) as last_invoice_id,
        unnest(cast($11 as bigint[])) as recurring_invoice_id
) as wanted
where client_settings.integration = $1
and client_settings.client_id = wanted.client_id
