-- $1 integration · the others are one list a column
insert into rejected_pair (integration, company_id, client_id, actor, created_at, reason)
select
    cast($1 as varchar),
    unnest(cast($2 as varchar[])),
    unnest(cast($3 as bigint[])),
    unnest(cast($4 as varchar[])),
    unnest(cast($5 as timestamptz[])),
    unnest(cast($6 as varchar[]))
