"""How much of each integration is mapped, counted."""

from billingbot.domain.setup_figures import IntegrationFigures, SetupFigures
from billingbot.store.engine import Transaction

_COMPANIES = """
select
    company.integration,
    count(*),
    count(mapping.company_id),
    count(case when mapping.outcome = 'review' then 1 end)
from company
left join mapping
    on mapping.integration = company.integration
    and mapping.company_id = company.company_id
where company.missing_since is null
group by company.integration
"""


def setup_figures(tx: Transaction) -> SetupFigures:
    """Count clients and companies that are not Gone, and which companies are mapped."""
    [(clients,)] = tx.rows("select count(*) from client where missing_since is null")
    return SetupFigures(clients, {key: IntegrationFigures(*counts) for key, *counts in tx.rows(_COMPANIES)})
