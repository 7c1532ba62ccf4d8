-- $1 integration · the others are one list a column
insert into mapping (
    integration, company_id, client_id, outcome, score, reason, actor, created_at, linked_run, version
)
select
    cast($1 as varchar),
    unnest(cast($2 as varchar[])),
    unnest(cast($3 as bigint[])),
    unnest(cast($4 as varchar[])),
    unnest(cast($5 as double precision[])),
    unnest(cast($6 as varchar[])),
    unnest(cast($7 as varchar[])),
    unnest(cast($8 as timestamptz[])),
    unnest(cast($9 as varchar[])),
    1
