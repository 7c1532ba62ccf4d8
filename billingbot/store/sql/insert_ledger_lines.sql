-- $1 entry · the others are one list a column; amounts come as text, of which the database makes decimals
insert into ledger_line (
    entry_id, position, line_key, description, item_id, quantity, unit_price, unit_cost, price, cost, members
)
select
    cast($1 as varchar),
    unnest(cast($2 as bigint[])),
    unnest(cast($3 as varchar[])),
    unnest(cast($4 as varchar[])),
    unnest(cast($5 as bigint[])),
    unnest(cast($6 as decimal(28, 10)[])),
    unnest(cast($7 as decimal(28, 10)[])),
    unnest(cast($8 as decimal(28, 10)[])),
    unnest(cast($9 as decimal(28, 10)[])),
    unnest(cast($10 as decimal(28, 10)[])),
    unnest(cast($11 as varchar[]))
