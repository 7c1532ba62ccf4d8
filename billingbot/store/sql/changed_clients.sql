-- $1 integration · $2 revision
with
changed as (
    select client_id, company_id
    from audit
    where integration = $1
    and revision > $2
)
select client_id from changed where client_id is not null
union
select suggestion.client_id
from suggestion
where suggestion.integration = $1
and suggestion.company_id in (select company_id from changed)
