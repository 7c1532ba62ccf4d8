-- $1 batch · $2 actor · $3 now · $4 integration · $5 revision · $6 undone batch · the others are one list a column
insert into audit (
    batch, actor, recorded_at, integration, revision, undoes,
    request_id, entity, entity_key, action, client_id, company_id, before, after, reason
)
select
    cast($1 as varchar),
    cast($2 as varchar),
    cast($3 as timestamptz),
    cast($4 as varchar),
    cast($5 as bigint),
    cast($6 as varchar),
    unnest(cast($7 as varchar[])),
    unnest(cast($8 as varchar[])),
    unnest(cast($9 as varchar[])),
    unnest(cast($10 as varchar[])),
    unnest(cast($11 as bigint[])),
    unnest(cast($12 as varchar[])),
    unnest(cast($13 as varchar[])),
    unnest(cast($14 as varchar[])),
    unnest(cast($15 as varchar[]))
