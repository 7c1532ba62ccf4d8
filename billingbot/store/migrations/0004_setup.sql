-- What connects a vendor (`halo`, or an integration's key), as it was entered on the page. The value of a secret is sealed:
-- without the key, which is not in the database, it says nothing.
create table credential (
    vendor varchar not null,
    name varchar not null,
    value varchar not null,
    sealed boolean not null,
    changed_at timestamptz not null,
    changed_by varchar not null,
    primary key (vendor, name)
);

-- Whether the last try to reach a vendor worked; `error` is '' then, and `failing_since` null.
create table vendor_check (
    vendor varchar primary key,
    checked_at timestamptz not null,
    error varchar not null,
    failing_since timestamptz
);

-- What holds for the whole MSP: `time_zone`, `setup`.
create table setting (
    name varchar primary key,
    value varchar not null
);

-- `removed_at` is null while the integration is in use; its mappings and rules stay when it is removed. `refresh_set_at`
-- is when the time of the daily refresh was set: earlier times of that day are not made up for.
alter table integration add column removed_at timestamptz;
alter table integration add column refresh_at varchar default '';
alter table integration add column refresh_set_at timestamptz;
alter table integration add column product_mode varchar default 'ask';
alter table integration add column default_item_id bigint;
alter table integration add column default_item varchar default '';

-- Which scheduled refreshes were started or found another one running, so that each happens once: `due_on` is the day
-- in the MSP's time zone. There is a further attempt when the process ended before the refresh did.
create table scheduled_refresh (
    integration varchar not null,
    due_on date not null,
    attempt bigint not null,
    claimed_at timestamptz not null,
    primary key (integration, due_on, attempt)
);

-- Which HaloPSA item a product is, as a person said. A product without a row goes by the integration's mode.
create table product_mapping (
    integration varchar not null,
    product_key varchar not null,
    item_id bigint not null,
    item varchar not null,
    actor varchar not null,
    mapped_at timestamptz not null,
    version bigint not null,
    primary key (integration, product_key)
);
