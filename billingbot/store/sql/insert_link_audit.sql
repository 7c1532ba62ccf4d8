-- One row for each mapping that the run made. $1 run · $2 actor · $3 now · $4 integration · $5 revision
insert into audit (
    request_id, batch, actor, recorded_at, entity, entity_key, action, before, after, reason,
    integration, client_id, company_id, revision
)
select
    cast($1 as varchar) || ':' || mapping.company_id,
    cast($1 as varchar),
    cast($2 as varchar),
    cast($3 as timestamptz),
    'mapping',
    mapping.integration || '/' || mapping.company_id,
    'link',
    null,
    staged_match.after,
    mapping.reason,
    mapping.integration,
    mapping.client_id,
    mapping.company_id,
    cast($5 as bigint)
from mapping
join staged_match
    on staged_match.company_id = mapping.company_id
    and staged_match.client_id = mapping.client_id
    and staged_match.outcome = mapping.outcome
where mapping.integration = $4
and mapping.linked_run = $1
order by mapping.company_id
