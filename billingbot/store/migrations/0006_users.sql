-- Everybody who has signed in. The person is `issuer` and `subject`; name and address are as the provider said last.
-- A sign-in that the provider dates up to `revoked_before` is not valid any more.
create table app_user (
    user_id varchar primary key,
    issuer varchar not null,
    subject varchar not null,
    name varchar not null,
    email varchar not null,
    role varchar not null check (role in ('none', 'viewer', 'operator', 'admin')),
    disabled boolean not null,
    revoked_before timestamptz,
    first_seen timestamptz not null,
    last_seen timestamptz not null,
    version bigint not null,
    unique (issuer, subject)
);

-- The sign-ins that were seen. A cookie outlives signing out in the browser that copied it: what ended here stays ended.
create table sign_in (
    sign_in_id varchar primary key,
    user_id varchar not null,
    first_seen timestamptz not null,
    ended_at timestamptz
);
