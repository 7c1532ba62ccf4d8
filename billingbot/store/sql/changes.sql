-- Every recorded change of decisions and of what is set up, with today's names; conditions follow.
select
    audit.audit_id,
    audit.batch,
    coalesce(audit.integration, audit.entity_key),
    audit.actor,
    audit.recorded_at,
    audit.entity,
    audit.action,
    audit.client_id,
    audit.company_id,
    audit.before,
    audit.after,
    audit.entity_key,
    coalesce(client.name, cast(audit.client_id as varchar), ''),
    coalesce(company.name, audit.company_id, ''),
    audit.reason
from audit
left join client
    on client.client_id = audit.client_id
left join company
    on company.integration = audit.integration
    and company.company_id = audit.company_id
where audit.entity in ('mapping', 'rejected_pair', 'client_settings', 'integration', 'credential', 'product_mapping', 'user')
