-- $1 integration · the others are one list a column
update mapping set
    client_id = wanted.client_id,
    outcome = wanted.outcome,
    score = wanted.score,
    reason = wanted.reason,
    actor = wanted.actor,
    created_at = wanted.created_at,
    linked_run = wanted.linked_run,
    version = mapping.version + 1
from (
    select
        unnest(cast($2 as varchar[])) as company_id,
        unnest(cast($3 as bigint[])) as client_id,
        unnest(cast($4 as varchar[])) as outcome,
        unnest(cast($5 as double precision[])) as score,
        unnest(cast($6 as varchar[])) as reason,
        unnest(cast($7 as varchar[])) as actor,
        unnest(cast($8 as timestamptz[])) as created_at,
        unnest(cast($9 as varchar[])) as linked_run
) as wanted
where mapping.integration = $1
and mapping.company_id = wanted.company_id
