"""Pax8 as one partner: its companies, and what it charges."""

from datetime import date

from billingbot.connectors.http import Transport
from billingbot.connectors.json_row import JsonRow
from billingbot.connectors.pax8.account import SOURCE, Pax8Account
from billingbot.connectors.pax8.lists import Pax8Lists
from billingbot.connectors.pax8.statement import statement_of
from billingbot.domain.charge import Statement
from billingbot.domain.party import Company
from billingbot.domain.period import Period
from billingbot.ports import PageSeen

_BY_NAME = {"sort": "name,asc"}


class Pax8:
    """Pax8 as one partner. Any number of threads may use it; implements `billingbot.ports.Distributor`.

    Args:
        account: where, and as whom.
        transport: closed with this.
        page_size: rows to ask for at a time; Pax8 gives 200 at most.
    """

    key = "pax8"
    name = SOURCE

    def __init__(self, account: Pax8Account, transport: Transport, page_size: int = 200) -> None:
        self._transport = transport
        self._lists = Pax8Lists(account, transport, page_size)

    def check(self) -> None:
        """Sign in and read one company."""
        self._lists.page("/companies", _BY_NAME, 1, 1)

    def companies(self, seen: PageSeen) -> list[Company]:
        """Return every company, active or not, by id; deleted ones are not companies any more."""
        rows = self._lists.every("/companies", _BY_NAME, seen)
        found = [_company(row) for row in rows if row.optional_text("status") != "Deleted"]
        return sorted(found, key=lambda company: company.company_id)

    def charges(self, period: Period, today: date, seen: PageSeen) -> Statement:
        """Return the items of the month's invoices by id; for the running month without one, what is known of it."""
        return statement_of(self._lists, period, today, seen)

    def close(self) -> None:
        """Close all connections."""
        self._transport.close()


def _company(row: JsonRow) -> Company:
    return Company(row.text("id"), row.text("name"), row.optional_text("externalId"))
