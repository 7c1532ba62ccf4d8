-- $1 integration · $2 period, or null for all; one row a currency, or one row when there is no charge
select
    charge_snapshot.period,
    charge_snapshot.fetched_at,
    charge_snapshot.fetched_by,
    charge_snapshot.final,
    charge_snapshot.remarks,
    charge_snapshot.charges,
    totals.currency,
    totals.charges,
    totals.cost,
    totals.price,
    totals.tax,
    totals.fee
from charge_snapshot
left join (
    select
        period,
        currency,
        count(*) as charges,
        sum(cost) as cost,
        sum(price) as price,
        sum(tax) as tax,
        sum(fee) as fee
    from charge
    where integration = $1
    and (cast($2 as varchar) is null or period = $2)
    group by period, currency
) as totals
    on totals.period = charge_snapshot.period
where charge_snapshot.integration = $1
and (cast($2 as varchar) is null or charge_snapshot.period = $2)
order by charge_snapshot.period desc, totals.currency collate "C"
