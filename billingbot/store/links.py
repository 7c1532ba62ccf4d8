"""The links of one client, and the companies that are free for one."""

from datetime import UTC

from billingbot.domain.link import Link
from billingbot.domain.match import Outcome
from billingbot.domain.party import Company
from billingbot.store.engine import Transaction

_LINKS = """
select
    mapping.company_id,
    coalesce(company.name, mapping.company_id),
    mapping.client_id,
    mapping.outcome,
    mapping.score,
    mapping.reason,
    mapping.actor,
    mapping.created_at,
    coalesce(company.missing_since is not null, false)
from mapping
left join company
    on company.integration = mapping.integration
    and company.company_id = mapping.company_id
where mapping.integration = $1
and mapping.client_id = $2
order by lower(coalesce(company.name, mapping.company_id)) collate "C", mapping.company_id collate "C"
"""
_FREE = """
select company.company_id, company.name, company.external_id
from company
where company.integration = $1
and company.missing_since is null
and not exists (
    select 1 from mapping
    where mapping.integration = $1
    and mapping.company_id = company.company_id
)
order by lower(company.name) collate "C", company.company_id collate "C"
"""


def links(tx: Transaction, integration: str, client_id: int) -> list[Link]:
    """Return the client's companies by name, whatever its case, then id."""
    found = tx.rows(_LINKS, (integration, client_id))
    return [
        Link(company_id, company, client, Outcome(outcome), score, reason, actor, created_at.astimezone(UTC), gone)
        for company_id, company, client, outcome, score, reason, actor, created_at, gone in found
    ]


def free_companies(tx: Transaction, integration: str) -> list[Company]:
    """Return the companies that are not Gone and that no client holds, by name, whatever its case, then id."""
    return [Company(*row) for row in tx.rows(_FREE, (integration,))]
