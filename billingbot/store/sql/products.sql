-- The products of an integration ($1): what the charges of all periods name, and what is mapped though no charge names it.
with
named as (
    select
        case when charge.sku = '' then charge.product else charge.sku end as product_key,
        charge.product,
        charge.sku,
        charge.period,
        row_number() over (
            partition by case when charge.sku = '' then charge.product else charge.sku end
            order by charge.period desc, charge.product collate "C", charge.charge_id collate "C"
        ) as newness
    from charge
    where charge.integration = $1
),
charged as (
    select
        product_key,
        max(case when newness = 1 then product end) as name,
        max(case when newness = 1 then sku end) as sku,
        count(*) as charges,
        min(period) as first_period,
        max(period) as last_period
    from named
    group by product_key
),
mapped as (
    select product_key, item_id, item, actor, mapped_at, version
    from product_mapping
    where integration = $1
)
select
    coalesce(charged.product_key, mapped.product_key),
    coalesce(charged.name, mapped.product_key),
    coalesce(charged.sku, ''),
    coalesce(charged.charges, 0),
    coalesce(charged.first_period, ''),
    coalesce(charged.last_period, ''),
    mapped.item_id,
    coalesce(mapped.item, ''),
    coalesce(mapped.actor, ''),
    mapped.mapped_at,
    coalesce(mapped.version, 0)
from charged
full join mapped
    on mapped.product_key = charged.product_key
order by
    lower(coalesce(charged.name, mapped.product_key)) collate "C",
    coalesce(charged.product_key, mapped.product_key) collate "C"
