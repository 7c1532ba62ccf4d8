"""The Ingram Micro Cloud Marketplace as one reseller: its customers, and what their orders of a month charge."""

from datetime import date

from billingbot.connectors.ingram_cloud.account import SOURCE
from billingbot.connectors.ingram_cloud.api import Api
from billingbot.connectors.ingram_cloud.catalogue import products_of
from billingbot.connectors.ingram_cloud.orders import created_in, statement_of
from billingbot.connectors.pages import unheard
from billingbot.domain.charge import Statement
from billingbot.domain.party import Company
from billingbot.domain.period import Period
from billingbot.ports import PageSeen

_GONE = "cancelled"


class IngramCloud:
    """The marketplace as one reseller. Any number of threads may use it; implements `billingbot.ports.Distributor`.

    Args:
        api: closed with this.
    """

    key = "ingram_cloud"
    name = SOURCE

    def __init__(self, api: Api) -> None:
        self._api = api

    def check(self) -> None:
        """Sign in and read one customer."""
        self._api.page("/customers", 1, 1, {})

    def companies(self, seen: PageSeen) -> list[Company]:
        """Return every customer by id, whatever is on hold; cancelled ones are not customers any more."""
        kept = (row for row in self._api.all("/customers", seen) if row.text("status") != _GONE)
        found = [Company(row.text("id"), row.text("name"), row.optional_text("externalId")) for row in kept]
        return sorted(found, key=lambda company: company.company_id)

    def charges(self, period: Period, today: date, seen: PageSeen) -> Statement:
        """Return what the completed orders of the period charge. It is final when the month is over and none open."""
        orders = self._api.all("/orders", seen, created_in(period))
        names = {row.text("id"): row.text("name") for row in self._api.all("/customers", unheard)}
        return statement_of(orders, names, products_of(self._api.all("/products", unheard)), period, today)

    def close(self) -> None:
        """Close all connections."""
        self._api.close()
