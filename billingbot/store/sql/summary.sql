-- In the order of the fields of `Summary`. $1 integration · $2 run
with
free_client as (
    select client.client_id
    from client
    where client.missing_since is null
    and not exists (
        select 1 from mapping
        where mapping.integration = $1
        and mapping.client_id = client.client_id
    )
),
suggested_client as (
    select distinct client_id from open_suggestion where integration = $1
),
free_company as (
    select company.company_id
    from company
    where company.integration = $1
    and company.missing_since is null
    and not exists (
        select 1 from mapping
        where mapping.integration = $1
        and mapping.company_id = company.company_id
    )
)
select
    (select count(*) from client where missing_since is null),
    (select count(*) from client where added_run = $2),
    (select count(*) from client where renamed_run = $2),
    (select count(*) from client where gone_run = $2),
    (select count(*) from company where integration = $1 and missing_since is null),
    (select count(*) from company where integration = $1 and added_run = $2),
    (select count(*) from company where integration = $1 and renamed_run = $2),
    (select count(*) from company where integration = $1 and gone_run = $2),
    (select count(*) from mapping where integration = $1 and linked_run = $2 and outcome = 'confident'),
    (select count(*) from mapping where integration = $1 and linked_run = $2 and outcome = 'review'),
    (select count(*) from free_client where client_id in (select client_id from suggested_client)),
    (select count(*) from free_client where client_id not in (select client_id from suggested_client)),
    (select count(*) from free_company)
