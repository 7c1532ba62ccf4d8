"""What somebody does to invoices in HaloPSA while tests run, and what is in them behind the API."""

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal

from billingbot.errors import NotFound
from billingbot.sandbox.charges import add_months
from billingbot.sandbox.dataset import HaloClient
from billingbot.sandbox.halo_invoices import paid_on, posted_on, wire_day
from billingbot.sandbox.invoice_book import InvoiceBook, LineUpdates
from billingbot.sandbox.wire import Row
from billingbot.sandbox.world import World


class InvoiceControl:
    """The part of the control that is about invoices and recurring invoices. Unknown ids raise `NotFound`.

    Where both have ids, `recurring` says which is meant.
    """

    def __init__(self, world: World) -> None:
        self._world = world

    def update_lines(self, how: LineUpdates) -> None:
        """Say what callers of the API get who update an invoice with lines; at first they are merged."""
        for book in (self._world.invoices, self._world.recurring_invoices):
            book.line_updates = how

    def invoice_rows(self, client_id: int) -> Sequence[Row]:
        """Return all invoices of a client with their lines, as HaloPSA has them. They are not to be altered."""
        return self._world.invoices.of([self._client(client_id)])

    def recurring_rows(self, client_id: int) -> Sequence[Row]:
        """Return all recurring invoices of a client with their lines, as HaloPSA has them."""
        return self._world.recurring_invoices.of([self._client(client_id)])

    def add_invoice(self, client_id: int, reference: str = "", day: date | None = None) -> int:
        """Add an open invoice of a HaloPSA client, of today or of `day`, and return its id."""
        line = {"item_shortdescription": "Managed services", "unit_price": Decimal(100)}
        given = {"invoice_date": wire_day(day or self._world.data.today), "reference": reference, "lines": [line]}
        return int(self._world.invoices.create(self._client(client_id), given)["id"])

    def add_invoices(self, client_id: int, count: int) -> list[int]:
        """Add open invoices of a HaloPSA client, a day apart and the last of today, and return their ids in order."""
        days = [self._world.data.today - timedelta(days=ago) for ago in reversed(range(count))]
        return [self.add_invoice(client_id, f"Services {day}", day) for day in days]

    def post_invoice(self, invoice_id: int) -> None:
        """Post an invoice, as somebody does in HaloPSA."""
        self._world.invoices.update(invoice_id, posted_on(self._world.data.today))

    def void_invoice(self, invoice_id: int) -> None:
        """Void an invoice."""
        self._world.invoices.update(invoice_id, {"voided": True})

    def pay_invoice(self, invoice_id: int) -> None:
        """Pay the whole of an invoice."""
        total = self._world.invoices.get(invoice_id)["total"]
        self._world.invoices.update(invoice_id, paid_on(self._world.data.today, total))

    def remove_invoice(self, invoice_id: int) -> None:
        """Take an invoice away."""
        self._world.invoices.remove(invoice_id)

    def disable_recurring_invoice(self, recurring_invoice_id: int) -> None:
        """Stop HaloPSA from making invoices of a recurring invoice."""
        self._world.recurring_invoices.update(recurring_invoice_id, {"disabled": True})

    def remove_recurring_invoice(self, recurring_invoice_id: int) -> None:
        """Take a recurring invoice away."""
        self._world.recurring_invoices.remove(recurring_invoice_id)

    def add_recurring_invoice(self, client_id: int, *, negative: bool = False) -> int:
        """Add a recurring invoice of a HaloPSA client, with a line, and return its id, which may be below zero."""
        next_month = add_months(self._world.data.today, 1)
        given = {
            "invoicenumber": "",
            "reference": "Managed services",
            "period": 3,
            "nextcreationdate": wire_day(next_month),
            "nextcreationperiod": f"{next_month:%Y-%m}",
            "startdate": wire_day(add_months(next_month, -2)),
            "lines": [{"item_shortdescription": "Managed services", "unit_price": Decimal(100)}],
        }
        return int(self._world.recurring_invoices.create(self._client(client_id), given, negative=negative)["id"])

    def end_recurring_invoice(self, recurring_invoice_id: int, day: date) -> None:
        """Let a recurring invoice end on a day."""
        self._world.recurring_invoices.update(recurring_invoice_id, {"enddate": wire_day(day)})

    def edit_invoice(self, invoice_id: int, given: Row, *, recurring: bool = False) -> None:
        """Change an invoice, whatever its state: keys of the header, and `lines`, which are merged or added."""
        self._book(recurring).update(invoice_id, given)

    def price_line(self, invoice_id: int, line_id: int, price: Decimal, *, recurring: bool = False) -> None:
        """Give a line another price, as somebody does in HaloPSA. Raises `NotFound` for a line that is not there."""
        book = self._book(recurring)
        if line_id not in {line["id"] for line in book.get(invoice_id)["lines"]}:
            raise NotFound(f"No line {line_id}.")
        book.update(invoice_id, {"lines": [{"id": line_id, "unit_price": price}]})

    def set_currency(self, invoice_id: int, currency: str, *, recurring: bool = False) -> None:
        """Let an invoice be in another currency."""
        self._book(recurring).update(invoice_id, {"currency_code_name": currency})

    def _book(self, recurring: bool) -> InvoiceBook:
        return self._world.recurring_invoices if recurring else self._world.invoices

    def _client(self, client_id: int) -> HaloClient:
        client = self._world.clients.get(client_id)
        if client is None:
            raise NotFound(f"No client {client_id}.")
        return client
