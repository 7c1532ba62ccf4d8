-- How often anything has changed, in one row. Whoever changes decisions or lists counts it up in the same transaction,
-- so that writers go one after another, and nobody who has seen a number misses a smaller one that is committed later.
-- `all_rows` is the newest number after which any row of the client grid may look different.
create table revision (
    number bigint not null,
    all_rows bigint not null
);

insert into revision (number, all_rows) values (0, 0);

-- What a change is about, besides its key; `undoes` is the batch that the change takes back. Changes of other things
-- than decisions have none of it, and changes from before this migration no revision.
alter table audit add column integration varchar;
alter table audit add column client_id bigint;
alter table audit add column company_id varchar;
alter table audit add column revision bigint;
alter table audit add column undoes varchar;

update audit set
    integration = substr(entity_key, 1, strpos(entity_key, '/') - 1),
    company_id = substr(entity_key, strpos(entity_key, '/') + 1),
    client_id = cast(cast(after as json) ->> 'client_id' as bigint)
where entity = 'mapping';

-- Up to which number the events of a grid's outbox are done.
create table outbox_ack (
    boot varchar primary key,
    number bigint not null,
    seen_at timestamptz not null
);
