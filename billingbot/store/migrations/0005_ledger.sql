-- What would be sent, as an operator saw it: `text` is the whole plan. Rows are only ever added.
create table plan (
    plan_hash varchar primary key,
    integration varchar not null,
    period varchar not null,
    text varchar not null,
    actor varchar not null,
    made_at timestamptz not null
);

-- What was sent to HaloPSA, written down before each call, in the order of `number`. Rows are only ever added; how an
-- entry ended (`state`, `invoice_id`, `invoice`, `ended_at`, `error`, `differences`) is written into it, once it is
-- known for good. The second key is the rule that nothing is sent twice at once: a revision comes once.
-- `dropped` is a JSON list of charges, each a list of charge, company, product, cost, price and the rule that dropped
-- it; `differences` is a JSON list of sentences.
create sequence ledger_number_sequence;

create table ledger_entry (
    entry_id varchar primary key,
    number bigint not null default nextval('ledger_number_sequence'),
    integration varchar not null,
    period varchar not null,
    client_id bigint not null,
    client varchar not null,
    revision bigint not null check (revision > 0),
    reference varchar not null,
    plan_hash varchar not null,
    action varchar not null,
    kind varchar not null,
    invoice_id bigint,
    invoice varchar not null,
    state varchar not null check (state in ('sending', 'sent', 'unknown', 'failed')),
    currency varchar not null,
    total decimal(28, 10) not null,
    dropped varchar not null,
    actor varchar not null,
    started_at timestamptz not null,
    ended_at timestamptz,
    error varchar not null,
    differences varchar not null,
    unique (integration, period, client_id, revision)
);

-- The lines of the entries, in the order of `position`. `members` is a JSON list of the charges behind the line, like
-- `dropped` above, each with the rule ''.
create table ledger_line (
    entry_id varchar not null,
    position bigint not null,
    line_key varchar not null,
    description varchar not null,
    item_id bigint,
    quantity decimal(28, 10) not null,
    unit_price decimal(28, 10) not null,
    unit_cost decimal(28, 10) not null,
    price decimal(28, 10) not null,
    cost decimal(28, 10) not null,
    members varchar not null,
    primary key (entry_id, position)
);
