-- Every mapping of an integration ($1), with the settings of its client, which are null where nobody decided anything.
-- What the mirror does not know is gone.
select
    mapping.company_id,
    coalesce(company.name, mapping.company_id),
    mapping.outcome = 'review',
    company.company_id is null or company.missing_since is not null,
    mapping.client_id,
    coalesce(client.name, 'client ' || cast(mapping.client_id as varchar)),
    client.client_id is null or client.missing_since is not null,
    client_settings.version,
    client_settings.use_global,
    client_settings.drop_azure,
    client_settings.collapse_azure,
    client_settings.drop_favorable_prorates,
    client_settings.drop_zero_dollar,
    client_settings.assignment,
    client_settings.excluded,
    client_settings.last_invoice_id,
    client_settings.recurring_invoice_id
from mapping
left join company
    on company.integration = mapping.integration
    and company.company_id = mapping.company_id
left join client
    on client.client_id = mapping.client_id
left join client_settings
    on client_settings.integration = mapping.integration
    and client_settings.client_id = mapping.client_id
where mapping.integration = $1
order by mapping.company_id collate "C"
