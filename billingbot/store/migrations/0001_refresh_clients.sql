-- Mirror tables are what HaloPSA and the distributors say: only a refresh writes them, and no row is ever deleted.
-- `missing_since` and `gone_run` are null while upstream lists the row.
create table client (
    client_id bigint primary key,
    name varchar not null,
    twilio_subaccount_sid varchar,
    first_seen timestamptz not null,
    added_run varchar not null,
    previous_name varchar,
    renamed_run varchar,
    missing_since timestamptz,
    gone_run varchar
);

create table company (
    integration varchar not null,
    company_id varchar not null,
    name varchar not null,
    external_id varchar,
    first_seen timestamptz not null,
    added_run varchar not null,
    previous_name varchar,
    renamed_run varchar,
    missing_since timestamptz,
    gone_run varchar,
    primary key (integration, company_id)
);

create table suggestion (
    integration varchar not null,
    client_id bigint not null,
    company_id varchar not null,
    score double precision not null,
    reason varchar not null,
    rank bigint not null,
    primary key (integration, client_id, company_id)
);

-- What data this database is for, in one row: invented and real clients must never stand beside each other.
create table origin (
    data varchar primary key
);

-- Decision tables are what operators say, or the machine as `auto`.
create table integration (
    key varchar primary key,
    name varchar not null,
    threshold bigint not null,
    guards boolean not null,
    assignment varchar not null,
    drop_azure boolean not null,
    collapse_azure boolean not null,
    drop_favorable_prorates boolean not null,
    drop_zero_dollar boolean not null,
    version bigint not null
);

-- The key is the rule that a company has at most one client. A client may have several companies.
create table mapping (
    integration varchar not null,
    company_id varchar not null,
    client_id bigint not null,
    outcome varchar not null check (outcome in ('confident', 'review')),
    score double precision,
    reason varchar not null,
    actor varchar not null,
    created_at timestamptz not null,
    linked_run varchar,
    version bigint not null,
    primary key (integration, company_id)
);

create table rejected_pair (
    integration varchar not null,
    company_id varchar not null,
    client_id bigint not null,
    actor varchar not null,
    created_at timestamptz not null,
    reason varchar not null,
    primary key (integration, company_id, client_id)
);

-- A client without a row has the integration's defaults. `assignment` null is inherited.
create table client_settings (
    integration varchar not null,
    client_id bigint not null,
    use_global boolean not null,
    drop_azure boolean not null,
    collapse_azure boolean not null,
    drop_favorable_prorates boolean not null,
    drop_zero_dollar boolean not null,
    assignment varchar check (assignment in ('new', 'last', 'recurring')),
    excluded boolean not null,
    last_invoice_id bigint,
    recurring_invoice_id bigint,
    version bigint not null,
    primary key (integration, client_id)
);

-- What happened, in the order of `audit_id`; `before` and `after` are JSON. Rows are never changed.
create sequence audit_id_sequence;

create table audit (
    audit_id bigint primary key default nextval('audit_id_sequence'),
    request_id varchar not null unique,
    batch varchar not null,
    actor varchar not null,
    recorded_at timestamptz not null,
    entity varchar not null,
    entity_key varchar not null,
    action varchar not null,
    before varchar,
    after varchar,
    reason varchar not null
);

-- `summary` and `missing` are JSON.
create table refresh_run (
    run_id varchar primary key,
    integration varchar not null,
    actor varchar not null,
    state varchar not null,
    started_at timestamptz not null,
    token bigint not null,
    step varchar not null,
    done bigint not null,
    total bigint not null,
    finished_at timestamptz,
    error varchar,
    summary varchar,
    missing varchar
);

-- Who may write for a job. `token` grows with each owner, so that a former owner is told from the present one.
create table lease (
    name varchar primary key,
    owner varchar,
    token bigint not null,
    expires_at timestamptz
);

-- Suggestions that are still open: neither side is gone, the company is free and the pair was not rejected.
create view open_suggestion as
select
    suggestion.integration,
    suggestion.client_id,
    suggestion.company_id,
    company.name as company,
    suggestion.score,
    suggestion.reason,
    suggestion.rank
from suggestion
join company
    on company.integration = suggestion.integration
    and company.company_id = suggestion.company_id
    and company.missing_since is null
join client
    on client.client_id = suggestion.client_id
    and client.missing_since is null
where not exists (
    select 1 from mapping
    where mapping.integration = suggestion.integration
    and mapping.company_id = suggestion.company_id
)
and not exists (
    select 1 from rejected_pair
    where rejected_pair.integration = suggestion.integration
    and rejected_pair.company_id = suggestion.company_id
    and rejected_pair.client_id = suggestion.client_id
);
