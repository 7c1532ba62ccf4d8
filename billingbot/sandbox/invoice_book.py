"""HaloPSA's invoices while the server runs: those that clients always had, and what was created or changed since."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from enum import Enum
from threading import Lock

from billingbot.errors import NotFound
from billingbot.sandbox.dataset import HaloClient
from billingbot.sandbox.halo_invoices import (
    complete_line,
    invoices,
    new_header,
    number_of_invoice,
    number_of_recurring,
    recurring_invoices,
    wire_day,
    with_totals,
)
from billingbot.sandbox.roster import Roster
from billingbot.sandbox.wire import Row

_FIRST_NEW_ID = 2_000_000
_FIRST_NEW_LINE_ID = 100_000_000


@dataclass(frozen=True, slots=True)
class Generator:
    """Makes the invoices that a client had all along, and says which client's (by number) an id is."""

    rows: Callable[[int, HaloClient, date], list[Row]]
    number_of: Callable[[int], int]


INVOICES = Generator(invoices, number_of_invoice)
RECURRING_INVOICES = Generator(recurring_invoices, number_of_recurring)


class LineUpdates(Enum):
    """What an update does with the lines that an invoice has. HaloPSA's documentation does not say it."""

    MERGE = "lines with an id are merged key by key, lines that are left out stay"
    REPLACE = "the lines that are given are all that there are, and each has only the keys that are given"


class InvoiceBook:
    """Invoices or recurring invoices of all clients, by id. Any thread may use it.

    Rows are replaced, never altered: a request that reads meanwhile sees the old row or the new one. `changes` counts
    what was written; it moves when the change is there to be read. `line_updates` is what callers of the API get.

    Args:
        generator: of the invoices that were there all along.
        seed: of the data set.
        today: the day that the generated invoices end on, and that new ones have.
        clients: who is billed.
    """

    def __init__(self, generator: Generator, seed: int, today: date, clients: Roster[int, HaloClient]) -> None:
        self._generator = generator
        self._seed = seed
        self._today = today
        self._clients = clients
        self._lock = Lock()
        self._changed: dict[int, Row] = {}
        self._created: dict[int, list[int]] = {}
        self._removed: set[int] = set()
        self._next_id = _FIRST_NEW_ID
        self._next_line_id = _FIRST_NEW_LINE_ID
        self.changes = 0
        self.line_updates = LineUpdates.MERGE

    def of(self, clients: Iterable[HaloClient]) -> list[Row]:
        """Return the invoices of these clients, with lines."""
        return [row for client in clients for row in self._of_client(client)]

    def get(self, invoice_id: int) -> Row:
        """Return one invoice, with lines. Raises `NotFound`."""
        row = None if invoice_id in self._removed else self._changed.get(invoice_id) or self._generated(invoice_id)
        if row is None:
            raise NotFound(f"No invoice {invoice_id}.")
        client = self._clients.get(row["client_id"])
        return row if client is None else _named(row, client)

    def create(self, client: HaloClient, given: Row, *, negative: bool = False) -> Row:
        """Store a new invoice of the client, of today unless it says otherwise, and return it."""
        with self._writing():
            number, self._next_id = self._next_id, self._next_id + 1
            invoice_id = -number if negative else number
            header = new_header(invoice_id, client) | {"invoice_date": wire_day(self._today)} | _without_lines(given)
            row = self._store(header, [self._new_line(line, invoice_id) for line in given.get("lines", [])])
            # Last: whoever reads the list meanwhile looks up every id in it.
            self._created.setdefault(client.client_id, []).append(invoice_id)
            return row

    def update(self, invoice_id: int, given: Row, lines: LineUpdates = LineUpdates.MERGE) -> Row:
        """Change what is given and return the invoice.

        Args:
            invoice_id: of the invoice. Raises `NotFound`.
            given: keys to change; ids of lines are those of the invoice. Lines without one are added.
            lines: what becomes of the lines that were there, when any are given.
        """
        with self._writing():
            old = self.get(invoice_id)
            there = {line["id"]: line for line in old["lines"]}
            kept = {} if lines is LineUpdates.REPLACE and "lines" in given else dict(there)
            for line in given.get("lines", []):
                before = {} if lines is LineUpdates.REPLACE else there.get(line.get("id"), {})
                new = complete_line(before | line, invoice_id) if "id" in line else self._new_line(line, invoice_id)
                kept[new["id"]] = new
            return self._store(old | _without_lines(given), list(kept.values()))

    def remove(self, invoice_id: int) -> None:
        """Take an invoice away for good. Raises `NotFound`."""
        with self._writing():
            self.get(invoice_id)
            self._removed.add(invoice_id)

    @contextmanager
    def _writing(self) -> Iterator[None]:
        with self._lock:
            yield
            self.changes += 1

    def _of_client(self, client: HaloClient) -> list[Row]:
        generated = self._generator.rows(self._seed, client, self._today)
        created = [self._changed[invoice_id] for invoice_id in self._created.get(client.client_id, [])]
        rows = [self._changed.get(row["id"], row) for row in generated] + created
        return [_named(row, client) for row in rows if row["id"] not in self._removed]

    def _generated(self, invoice_id: int) -> Row | None:
        owner = self._clients.numbered(self._generator.number_of(invoice_id))
        rows = [] if owner is None else self._generator.rows(self._seed, owner, self._today)
        return next((row for row in rows if row["id"] == invoice_id), None)

    def _new_line(self, given: Row, invoice_id: int) -> Row:
        line_id, self._next_line_id = self._next_line_id, self._next_line_id + 1
        return complete_line(given | {"id": line_id}, invoice_id)

    def _store(self, header: Row, lines: list[Row]) -> Row:
        row = with_totals(header, lines)
        self._changed[row["id"]] = row
        return row


def _without_lines(given: Row) -> Row:
    return {key: value for key, value in given.items() if key != "lines"}


def _named(row: Row, client: HaloClient) -> Row:
    """Return the row under the name that its client has now."""
    return row if row["client_name"] == client.name else row | {"client_name": client.name}
