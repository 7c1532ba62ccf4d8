-- What a distributor charges for a month, as it was when it was last read: replaced whole or not at all. `period` is
-- written like 2026-11, `remarks` is a JSON list of sentences.
create table charge_snapshot (
    integration varchar not null,
    period varchar not null,
    fetched_at timestamptz not null,
    fetched_by varchar not null,
    final boolean not null,
    remarks varchar not null,
    charges bigint not null,
    primary key (integration, period)
);

-- The rows of the snapshots. Amounts are as the distributor says them; `raw` is its own row, as JSON.
create table charge (
    integration varchar not null,
    period varchar not null,
    charge_id varchar not null,
    company_id varchar not null,
    company varchar not null,
    kind varchar not null,
    term varchar not null,
    azure varchar not null,
    product varchar not null,
    sku varchar not null,
    description varchar not null,
    subscription_id varchar not null,
    quantity decimal(28, 10) not null,
    unit varchar not null,
    unit_cost decimal(28, 10),
    unit_price decimal(28, 10),
    cost decimal(28, 10) not null,
    price decimal(28, 10) not null,
    tax decimal(28, 10) not null,
    fee decimal(28, 10) not null,
    currency varchar not null,
    start_day date,
    end_day date,
    raw varchar not null,
    primary key (integration, period, charge_id)
);
