"""HaloPSA's invoices while the server runs: those that clients always had, and what was created or changed since."""

from collections.abc import Callable, Iterable
from datetime import date

from billingbot.sandbox.dataset import HaloClient
from billingbot.sandbox.halo_invoices import complete_line, new_header, wire_day, with_totals
from billingbot.sandbox.wire import Row

Generate = Callable[[int, HaloClient, date], list[Row]]

_FIRST_NEW_ID = 2_000_000
_FIRST_NEW_LINE_ID = 100_000_000


class InvoiceBook:
    """Invoices or recurring invoices of all clients, by id.

    Args:
        seed: of the data set.
        today: the day that `generate` ends on.
        generate: makes the invoices that a client had all along.
    """

    def __init__(self, seed: int, today: date, generate: Generate) -> None:
        self._seed = seed
        self._today = today
        self._generate = generate
        self._changed: dict[int, Row] = {}
        self._created: dict[int, list[int]] = {}
        self._next_id = _FIRST_NEW_ID
        self._next_line_id = _FIRST_NEW_LINE_ID

    def of(self, clients: Iterable[HaloClient]) -> list[Row]:
        """Return the invoices of these clients, with lines."""
        return [row for client in clients for row in self._of_client(client)]

    def find(self, invoice_id: int, client: HaloClient | None) -> Row | None:
        """Return one invoice; `client` is the one whose generated invoice has this id, if any."""
        if invoice_id in self._changed:
            return self._changed[invoice_id]
        rows = [] if client is None else self._of_client(client)
        return next((row for row in rows if row["id"] == invoice_id), None)

    def create(self, client: HaloClient, given: Row) -> Row:
        """Store a new invoice of the client and return it."""
        invoice_id, self._next_id = self._next_id, self._next_id + 1
        header = new_header(invoice_id, client) | {"invoice_date": wire_day(self._today)} | _without_lines(given)
        self._created.setdefault(client.client_id, []).append(invoice_id)
        return self._store(header, [self._new_line(line, invoice_id) for line in given.get("lines", [])])

    def update(self, old: Row, given: Row) -> Row:
        """Change what is given and return the invoice. Lines with an id are merged, lines without one are added.

        Args:
            old: the invoice as it is.
            given: keys to change; ids of lines are those of `old`.
        """
        lines = {line["id"]: line for line in old["lines"]}
        for line in given.get("lines", []):
            new = (
                complete_line(lines[line["id"]] | line, old["id"]) if "id" in line else self._new_line(line, old["id"])
            )
            lines[new["id"]] = new
        return self._store(old | _without_lines(given), list(lines.values()))

    def _of_client(self, client: HaloClient) -> list[Row]:
        generated = self._generate(self._seed, client, self._today)
        created = [self._changed[invoice_id] for invoice_id in self._created.get(client.client_id, [])]
        return [self._changed.get(row["id"], row) for row in generated] + created

    def _new_line(self, given: Row, invoice_id: int) -> Row:
        line_id, self._next_line_id = self._next_line_id, self._next_line_id + 1
        return complete_line(given | {"id": line_id}, invoice_id)

    def _store(self, header: Row, lines: list[Row]) -> Row:
        row = with_totals(header, lines)
        self._changed[row["id"]] = row
        return row


def _without_lines(given: Row) -> Row:
    return {key: value for key, value in given.items() if key != "lines"}
