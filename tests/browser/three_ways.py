"""Three clients whose charges reach HaloPSA in the three ways, what Pax8 bills them, and what HaloPSA's books hold."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from copy import deepcopy
from dataclasses import dataclass, replace
from decimal import Decimal

from billingbot.billing.rounding import rounded
from billingbot.domain.integration import Assignment
from billingbot.domain.match import ClientStatus
from billingbot.domain.period import Period
from billingbot.sandbox.charges import PORTFOLIOS, Charge
from billingbot.sandbox.dataset import DataSet
from billingbot.sandbox.pax8_billing import Pax8Books
from billingbot.sandbox.server import Sandbox
from billingbot.sandbox.wire import Row
from tests.browser.unused_clients import ListedClient, RefreshedLists

Lines = Counter[tuple[str, Decimal]]
"""How often a product, as the client reads it, stands on an invoice at a price."""
_ASKS_ABOVE = 25_000


@dataclass(frozen=True)
class Way:
    """A client, how its charges reach HaloPSA, and what Pax8 bills it.

    `target_id` is its open invoice or its recurring invoice that is picked, and `before` what that was like; a client
    that gets new invoices has none.
    """

    client_id: int
    name: str
    assignment: Assignment
    target_id: int | None
    before: Row | None
    invoice_ids: frozenset[int]
    charges: Sequence[Charge]

    @property
    def azure(self) -> list[Charge]:
        return [charge for charge in self.charges if is_azure(charge)]

    def lines(self, counts: Callable[[Charge], bool] = lambda _charge: True) -> Lines:
        """Return the lines of the charges that count: one each."""
        return Counter((charge.product.name, price(charge)) for charge in self.charges if counts(charge))

    @property
    def total(self) -> Decimal:
        return _total(self.charges)

    def invoice(self, sandbox: Sandbox) -> Row:
        """Return the only invoice that holds lines of ours, as HaloPSA has it.

        It is the one that was picked; of a client that gets new ones, it is the only one that was not there before.
        """
        invoices, recurring = rows_of(sandbox, self.client_id)
        [found] = [row for row in (*invoices, *recurring) if any(map(is_ours, row["lines"]))]
        new = [row["id"] for row in (*invoices, *recurring) if row["id"] not in self.invoice_ids]
        assert new == ([found["id"]] if self.target_id is None else [])
        assert self.target_id in (None, found["id"])
        assert (found in recurring) is (self.assignment is Assignment.RECURRING)
        return found


def three_ways(sandbox: Sandbox, lists: RefreshedLists, month: Period) -> tuple[Way, Way, Way]:
    """Return a client for New that uses Azure once, one for Last that has something for nothing, one for Recurring."""
    found = [_way(sandbox, client, charges) for client, charges in _billed(sandbox.data, lists, month)]
    new = next(way for way in found if len(way.azure) == 1 and len(way.charges) > 1)
    found.remove(new)
    targets = ((way, _open_invoice(sandbox, way)) for way in found if any(not price(one) for one in way.charges))
    last = next(_to(way, Assignment.LAST, row) for way, row in targets if row)
    others = (way for way in found if way.client_id != last.client_id and len(way.charges) > 1)
    targets = ((way, _recurring_invoice(sandbox, way)) for way in others)
    recurring = next(_to(way, Assignment.RECURRING, row) for way, row in targets if row)
    return new, last, recurring


def price(charge: Charge) -> Decimal:
    """Return what the client pays for it."""
    return rounded(charge.sub_total + charge.billing_fee, "USD")


def is_azure(charge: Charge) -> bool:
    return charge.product.term == "Arrears" or "Azure" in charge.product.name


def is_ours(line: Row) -> bool:
    return bool(line["item_external_reference"].startswith("BB-pax8-"))


def billed(invoice: Row) -> Lines:
    """Return our lines of an invoice that are charged."""
    lines = [line for line in invoice["lines"] if is_ours(line) and not line["isinactive"]]
    return Counter((line["item_shortdescription"].split(" · ")[0], line["net_amount"]) for line in lines)


def theirs(invoice: Row | None) -> list[Row]:
    """Return the lines that are not ours."""
    return [line for line in invoice["lines"] if not is_ours(line)] if invoice else []


def rows_of(sandbox: Sandbox, client_id: int) -> tuple[Sequence[Row], Sequence[Row]]:
    """Return a client's invoices and its recurring ones."""
    return sandbox.control.invoice_rows(client_id), sandbox.control.recurring_rows(client_id)


def _billed(data: DataSet, lists: RefreshedLists, month: Period) -> Iterator[tuple[ListedClient, Sequence[Charge]]]:
    """Yield clients whose only company the machine is sure of, with what they are charged: too little to ask."""
    books, owned = Pax8Books(data), Counter(data.truth.values())
    day = month.first
    [issue] = [issue for issue in books.issues if issue.day == day and issue.status != "Credited"]
    portfolios = books.billed(issue).portfolios
    companies = {data.truth[one.company_id]: one for one in data.companies if one.company_id in data.truth}
    for client in lists.clients:
        company = companies.get(client.client_id)
        if company and client.status is ClientStatus.MAPPED and owned[client.client_id] == 1:
            charges = portfolios[company.number % PORTFOLIOS]
            if client.companies == company.name and _is_plain(client.name, lists) and 0 < _total(charges) < _ASKS_ABOVE:
                yield client, charges


def _is_plain(name: str, lists: RefreshedLists) -> bool:
    """Say whether a search for the name finds no other client, and its cells show it as it is."""
    alike = [client for client in lists.clients if name.casefold() in client.name.casefold()]
    return len(alike) == 1 and all(part.isascii() and part.isalpha() for part in name.split(" "))


def _total(charges: Sequence[Charge]) -> Decimal:
    return sum(map(price, charges), Decimal(0))


def _way(sandbox: Sandbox, client: ListedClient, charges: Sequence[Charge]) -> Way:
    ids = frozenset(row["id"] for rows in rows_of(sandbox, client.client_id) for row in rows)
    return Way(client.client_id, client.name, Assignment.NEW, None, None, ids, charges)


def _to(way: Way, assignment: Assignment, target: Row) -> Way:
    # A copy: what is kept must not change when the invoice does.
    return replace(way, assignment=assignment, target_id=target["id"], before=deepcopy(target))


def _open_invoice(sandbox: Sandbox, way: Way) -> Row | None:
    invoices, _ = rows_of(sandbox, way.client_id)
    return next(
        (row for row in invoices if not (row["posted"] or row["voided"] or row["amountpaid"]) and row["lines"]), None
    )


def _recurring_invoice(sandbox: Sandbox, way: Way) -> Row | None:
    _, recurring = rows_of(sandbox, way.client_id)
    return next((row for row in recurring if not row["disabled"] and row["lines"]), None)
