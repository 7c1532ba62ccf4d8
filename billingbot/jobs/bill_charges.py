"""What becomes of a month's charges under the rules, as everything stands in the database now."""

from billingbot.billing.apply import apply
from billingbot.domain.billing import Billing
from billingbot.domain.period import Period
from billingbot.errors import NotFound
from billingbot.ports import Store


def bill_charges(store: Store, integration: str, period: Period) -> Billing:
    """Return it. Raises `NotFound` when there is no such integration, or the month's charges were never fetched."""
    configured = store.integration(integration)
    statement = store.charges(integration, period, with_raw=False)
    if statement is None:
        raise NotFound(f"The charges of {configured.name} for {period} were not fetched yet.")
    return apply(configured, statement, store.accounts(integration))
