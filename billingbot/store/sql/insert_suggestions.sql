-- Of what was found, what nobody decided about. $1 integration
insert into suggestion (integration, client_id, company_id, score, reason, rank)
select
    cast($1 as varchar),
    staged_match.client_id,
    staged_match.company_id,
    staged_match.score,
    staged_match.reason,
    staged_match.rank
from staged_match
where staged_match.outcome = 'suggested'
and not exists (
    select 1 from mapping
    where mapping.integration = $1
    and mapping.company_id = staged_match.company_id
)
