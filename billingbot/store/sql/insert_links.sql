-- $1 integration · $2 actor · $3 now · $4 run
insert into mapping (
    integration, company_id, client_id, outcome, score, reason, actor, created_at, linked_run, version
)
select
    cast($1 as varchar),
    staged_match.company_id,
    staged_match.client_id,
    staged_match.outcome,
    staged_match.score,
    staged_match.reason,
    cast($2 as varchar),
    cast($3 as timestamptz),
    cast($4 as varchar),
    1
from staged_match
join client
    on client.client_id = staged_match.client_id
    and client.missing_since is null
join company
    on company.integration = $1
    and company.company_id = staged_match.company_id
    and company.missing_since is null
where staged_match.outcome in ('confident', 'review')
and not exists (
    select 1 from mapping
    where mapping.integration = $1
    and mapping.company_id = staged_match.company_id
)
and not exists (
    select 1 from mapping
    where mapping.integration = $1
    and mapping.client_id = staged_match.client_id
)
