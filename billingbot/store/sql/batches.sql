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
    left join integration as configured
        on configured.key = audit.integration
    where audit.entity in (
        'mapping', 'rejected_pair', 'client_settings', 'integration', 'credential', 'product_mapping', 'user'
    )
    and (cast($1 as varchar) = '' or coalesce(audit.integration, audit.entity_key) = $1)
    and (cast($2 as varchar) = '' or audit.actor = $2)
    and (cast($3 as timestamptz) is null or audit.recorded_at >= cast($3 as timestamptz))
    and (
        cast($4 as varchar) = '%%'
        or lower(client.name) like lower(cast($4 as varchar)) escape '\'
        or lower(company.name) like lower(cast($4 as varchar)) escape '\'
        or cast(audit.client_id as varchar) like cast($4 as varchar) escape '\'
        or lower(audit.actor) like lower(cast($4 as varchar)) escape '\'
        or lower(audit.reason) like lower(cast($4 as varchar)) escape '\'
        or (
            audit.entity in ('integration', 'credential', 'product_mapping', 'user')
            and lower(
                concat_ws(
                    ' ',
                    case when audit.integration = 'halo' then 'HaloPSA' end,
                    configured.name,
                    audit.entity_key,
                    cast(audit.before as json) ->> 'name',
                    cast(audit.before as json) ->> 'item',
                    cast(audit.after as json) ->> 'name',
                    cast(audit.after as json) ->> 'item'
                )
            ) like lower(cast($4 as varchar)) escape '\'
        )
    )
    and (cast($5 as varchar[]) is null or audit.batch in (select unnest(cast($5 as varchar[]))))
    group by audit.batch
    order by max(audit.audit_id) desc
    limit cast($6 as bigint)
),
whole as (
    select
        audit.batch,
        coalesce(min(case when audit.entity = 'integration' then audit.audit_id end), min(audit.audit_id)) as opening,
        count(distinct audit.client_id) as clients
    from audit
    join found on found.batch = audit.batch
    where audit.entity in (
        'mapping', 'rejected_pair', 'client_settings', 'integration', 'credential', 'product_mapping', 'user'
    )
    group by audit.batch
)
select
    audit.batch,
    coalesce(audit.integration, audit.entity_key),
    audit.actor,
    audit.recorded_at,
    whole.clients,
    coalesce(client.name, cast(audit.client_id as varchar), ''),
    audit.undoes,
    audit.entity,
    audit.entity_key,
    coalesce(audit.after, audit.before)
from whole
join audit
    on audit.audit_id = whole.opening
left join client
    on client.client_id = audit.client_id
order by audit.audit_id desc
