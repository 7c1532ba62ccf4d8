"""Ingram Micro as one reseller: its end users, and what it invoiced in a month."""

from collections.abc import Callable
from datetime import date, timedelta

from billingbot.connectors.ingram_micro.account import SOURCE
from billingbot.connectors.ingram_micro.api import Api, page_of
from billingbot.connectors.ingram_micro.end_users import companies_of
from billingbot.connectors.ingram_micro.invoice import Invoice, invoice_of
from billingbot.connectors.ingram_micro.listed import Listed, counts, listed_of
from billingbot.connectors.ingram_micro.remarks import remarks
from billingbot.connectors.json_row import JsonRow
from billingbot.connectors.pages import Listing, Page, walk
from billingbot.domain.charge import Statement
from billingbot.domain.party import Company
from billingbot.domain.period import Period
from billingbot.ports import PageSeen

# The longest term that is sold is three years: whoever still runs something has an order or a renewal in them.
_ORDERS_OF_DAYS = 3 * 366
_NAME_KEY = "endUserCompanyName"


class IngramMicro:
    """Ingram Micro as one reseller. Any number of threads may use it; implements `billingbot.ports.Distributor`.

    Args:
        api: closed with this.
        today: returns the day in UTC.
        page_size: rows to ask for at a time; Ingram Micro gives 100 at most.
    """

    key = "ingram_micro"
    name = SOURCE

    def __init__(self, api: Api, today: Callable[[], date], page_size: int = 100) -> None:
        self._api = api
        self._today = today
        self._page_size = page_size

    def check(self) -> None:
        """Sign in and read one order."""
        self._api.orders(self._recent(), 1, 1)

    def companies(self, seen: PageSeen) -> list[Company]:
        """Return every end user of an order of the last three years or of a renewal, by id.

        A name that is spelled in several ways is spelled as on the newest order.
        """
        recent = self._recent()
        orders = walk(Listing(SOURCE, "/orders/search", lambda page: self._orders(recent, page), rising=False), seen)
        renewals = walk(
            Listing(SOURCE, "/renewals/search", self._renewals, rising=False),
            lambda done, total: seen(len(orders) + done, len(orders) + total),
        )
        return companies_of([*renewals.values(), *(name for *_, name in sorted(orders.values(), key=_age))])

    def charges(self, period: Period, today: date, seen: PageSeen) -> Statement:
        """Return the lines, charges and taxes of the invoices that are dated in the period.

        It is final two days after the month: today is the day in UTC, and the last day of the month is over
        everywhere on earth, and with it the dating of invoices, only half a day later.
        """
        listed = walk(
            Listing(SOURCE, "/invoices", lambda page: self._invoices(period, page), rising=False),
            lambda _, total: seen(0, total),
        )
        invoices: list[Invoice] = []
        for done, one in enumerate(listed.values(), 1):
            if counts(one):
                invoices.append(invoice_of(self._api.invoice(one.number), one))
            seen(done, len(listed))
        charges = sorted(
            (charge for invoice in invoices for charge in invoice.charges), key=lambda charge: charge.charge_id
        )
        final = today > period.last + timedelta(days=1)
        return Statement(period, charges, final, remarks(list(listed.values()), invoices))

    def close(self) -> None:
        """Close all connections."""
        self._api.close()

    def _recent(self) -> list[tuple[str, str]]:
        """Return the range of orders, up to whatever day it is anywhere on earth."""
        today = self._today()
        days = (today - timedelta(days=_ORDERS_OF_DAYS), today + timedelta(days=1))
        return [("ingramOrderDate-bt", day.isoformat()) for day in days]

    def _orders(self, recent: list[tuple[str, str]], page: int) -> Page[str, "_Order"]:
        return page_of(self._api.orders(recent, page, self._page_size), "orders", "ingramOrderNumber", _order_of)

    def _renewals(self, page: int) -> Page[str, str | None]:
        found = self._api.renewals(page, self._page_size)
        return page_of(found, "renewals", "renewalId", lambda row: row.optional_text("endUser"))

    def _invoices(self, period: Period, page: int) -> Page[str, Listed]:
        query = [
            ("invoiceFromDate", period.first.isoformat()),
            ("invoiceToDate", period.last.isoformat()),
            ("orderby", "invoiceDate"),
            ("direction", "asc"),
        ]
        found = self._api.invoices(query, page, self._page_size)
        return page_of(found, "invoices", "invoiceNumber", lambda row: listed_of(row, period))


_Order = tuple[date | None, str, str | None]


def _order_of(row: JsonRow) -> _Order:
    return row.optional_day("ingramOrderDate"), row.text("ingramOrderNumber"), row.optional_text(_NAME_KEY)


def _age(order: _Order) -> tuple[date, str]:
    day, number, _ = order
    return day or date.min, number
