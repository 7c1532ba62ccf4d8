-- The client grid of an integration ($1): every client, or those of a list ($2).
with
link as (
    select
        mapping.client_id,
        mapping.company_id,
        coalesce(company.name, mapping.company_id) as company,
        mapping.outcome,
        mapping.score,
        mapping.reason,
        mapping.linked_run,
        company.missing_since,
        company.gone_run,
        row_number() over (
            partition by mapping.client_id
            order by
                case mapping.outcome when 'review' then 0 else 1 end,
                mapping.score nulls last,
                mapping.company_id collate "C"
        ) as sureness,
        row_number() over (
            partition by mapping.client_id order by mapping.created_at desc, mapping.company_id collate "C"
        ) as newness,
        row_number() over (
            partition by mapping.client_id
            order by company.missing_since desc nulls last, mapping.company_id collate "C"
        ) as goneness
    from mapping
    left join company
        on company.integration = mapping.integration
        and company.company_id = mapping.company_id
    where mapping.integration = $1
    and (cast($2 as bigint[]) is null or mapping.client_id = any(cast($2 as bigint[])))
),
linked as (
    select
        client_id,
        string_agg(company, ' · ' order by lower(company) collate "C", company_id collate "C") as companies,
        string_agg(company_id, ' ' order by lower(company) collate "C", company_id collate "C") as company_ids,
        max(case when sureness = 1 then score end) as score,
        max(case when sureness = 1 then reason end) as reason,
        max(case when sureness = 1 and outcome = 'review' then company_id end) as review_company_id,
        bool_or(outcome = 'review') as in_review,
        bool_or(missing_since is not null) as company_gone,
        max(case when goneness = 1 then gone_run end) as gone_run,
        max(case when newness = 1 then linked_run end) as linked_run
    from link
    group by client_id
),
ranked_suggestion as (
    select
        client_id,
        company_id,
        score,
        reason,
        row_number() over (partition by client_id order by rank, company_id collate "C") as place
    from open_suggestion
    where integration = $1
    and (cast($2 as bigint[]) is null or client_id = any(cast($2 as bigint[])))
)
select
    client.client_id,
    client.name as client,
    coalesce(linked.companies, '') as companies,
    coalesce(linked.company_ids, '') as company_ids,
    case
        when linked.client_id is not null then coalesce(linked.review_company_id, '')
        else coalesce(ranked_suggestion.company_id, '')
    end as open_company_id,
    case
        when client.missing_since is not null or linked.company_gone then 'Gone'
        when client_settings.excluded then 'Excluded'
        when linked.in_review then 'Review'
        when linked.client_id is not null then 'Mapped'
        when ranked_suggestion.client_id is not null then 'Suggested'
        else 'Unmapped'
    end as status,
    case when linked.client_id is not null then linked.score else ranked_suggestion.score end as score,
    case
        when client.missing_since is not null then 'HaloPSA no longer lists this client.'
        when linked.company_gone then integration.name || ' no longer lists a company of this client.'
        else coalesce(linked.reason, ranked_suggestion.reason, '')
    end as reason,
    client_settings.last_invoice_id,
    client_settings.recurring_invoice_id,
    coalesce(client_settings.assignment, integration.assignment) as assignment,
    client_settings.assignment is null as inherited,
    not coalesce(client_settings.excluded, false) and case coalesce(client_settings.assignment, integration.assignment)
        when 'last' then client_settings.last_invoice_id is null
        when 'recurring' then client_settings.recurring_invoice_id is null
        else false
    end as missing_target,
    coalesce(client_settings.excluded, false) as excluded,
    coalesce(client_settings.use_global, true) as use_global,
    case when client_settings.use_global is false then client_settings.drop_azure else integration.drop_azure end
        as drop_azure,
    case when client_settings.use_global is false then client_settings.collapse_azure else integration.collapse_azure end
        as collapse_azure,
    case
        when client_settings.use_global is false then client_settings.drop_favorable_prorates
        else integration.drop_favorable_prorates
    end as drop_favorable_prorates,
    case
        when client_settings.use_global is false then client_settings.drop_zero_dollar
        else integration.drop_zero_dollar
    end as drop_zero_dollar,
    client.added_run,
    coalesce(client.renamed_run, '') as renamed_run,
    coalesce(client.gone_run, linked.gone_run, '') as gone_run,
    coalesce(linked.linked_run, '') as linked_run,
    coalesce(client_settings.version, 0) as version
from client
join integration
    on integration.key = $1
left join linked
    on linked.client_id = client.client_id
left join ranked_suggestion
    on ranked_suggestion.client_id = client.client_id
    and ranked_suggestion.place = 1
left join client_settings
    on client_settings.integration = $1
    and client_settings.client_id = client.client_id
where cast($2 as bigint[]) is null or client.client_id = any(cast($2 as bigint[]))
order by lower(client.name) collate "C", client.client_id
