-- How often this database was written to, in one row. The embedded database counts it up in every transaction, and keeps
-- the number in a file beside itself too: so it can tell that its newest changes are missing. Not copied elsewhere.
create table commit_number (
    number bigint not null
);

insert into commit_number (number) values (0);
