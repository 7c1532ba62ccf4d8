-- $1 integration or '' · $2 actor or '' · $3 earliest time or null · $4 pattern · $5 batches or null · $6 limit
with
found as (
    select audit.batch
    from audit
    left join client
        on client.client_id = audit.client_id
    left join company
        on company.integration = audit.integration
        and company.company_id = audit.company_id
    where audit.entity in ('mapping', 'rejected_pair', 'client_settings')
    and (cast($1 as varchar) = '' or audit.integration = $1)
    and (cast($2 as varchar) = '' or audit.actor = $2)
    and (cast($3 as timestamptz) is null or audit.recorded_at >= cast($3 as timestamptz))
    and (
        cast($4 as varchar) = '%%'
        or lower(client.name) like lower(cast($4 as varchar)) escape '\'
        or lower(company.name) like lower(cast($4 as varchar)) escape '\'
        or cast(audit.client_id as varchar) like cast($4 as varchar) escape '\'
        or lower(audit.actor) like lower(cast($4 as varchar)) escape '\'
        or lower(audit.reason) like lower(cast($4 as varchar)) escape '\'
    )
    and (cast($5 as varchar[]) is null or audit.batch in (select unnest(cast($5 as varchar[]))))
    group by audit.batch
    order by max(audit.audit_id) desc
    limit cast($6 as bigint)
),
whole as (
    select
        audit.batch,
        min(audit.audit_id) as opening,
        count(distinct audit.client_id) as clients
    from audit
    join found on found.batch = audit.batch
    where audit.entity in ('mapping', 'rejected_pair', 'client_settings')
    group by audit.batch
)
select
    audit.batch,
    audit.integration,
    audit.actor,
    audit.recorded_at,
    whole.clients,
    coalesce(client.name, cast(audit.client_id as varchar)),
    audit.undoes
from whole
join audit
    on audit.audit_id = whole.opening
left join client
    on client.client_id = audit.client_id
order by audit.audit_id desc
