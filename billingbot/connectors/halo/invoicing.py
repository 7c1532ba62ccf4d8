"""Invoices and recurring invoices that charges are sent to: read with their lines, created and written."""

from collections.abc import Callable, Collection, Sequence
from contextlib import suppress
from datetime import date

from billingbot.connectors.halo.api import HaloApi
from billingbot.connectors.halo.rows import refuse_strangers
from billingbot.connectors.halo.target_rows import invoice_body, lines_body, target_of
from billingbot.connectors.json_row import JsonRow
from billingbot.connectors.pages import unheard
from billingbot.domain.target import NewInvoice, Target, TargetKind, WrittenLine
from billingbot.errors import NotFound

_PATHS = {TargetKind.INVOICE: "/Invoice", TargetKind.RECURRING: "/RecurringInvoice"}
_FEW = 30
# Rows of a page: HaloPSA gives no more, whatever is asked for.
_PAGE_ROWS = 100


class Invoicing:
    """What is read and written of invoices with lines. Any number of threads may use it; all methods as in the port.

    Args:
        api: of HaloPSA.
        today: the day in UTC.
    """

    def __init__(self, api: HaloApi, today: Callable[[], date]) -> None:
        self._api = api
        self._today = today

    def target(self, kind: TargetKind, invoice_id: int) -> Target:
        """Return one with its lines. Raises `NotFound` and `UpstreamError`."""
        read = self._reading(kind)
        return self._api.one(_PATHS[kind], str(kind), invoice_id, read, {"includedetails": "true"})

    def targets(self, kind: TargetKind, invoice_ids: Collection[int]) -> dict[int, Target]:
        """Return those that HaloPSA has, by id. The list is read when that takes fewer calls. Raises `UpstreamError`.

        What a list leaves out is looked for alone: a list may hide what has been archived.
        """
        wanted = set(invoice_ids)
        found = self._listed(kind, wanted) if len(wanted) > _FEW and self._pages(kind) < len(wanted) else {}
        for invoice_id in sorted(wanted - found.keys()):
            with suppress(NotFound):
                found[invoice_id] = self.target(kind, invoice_id)
        return found

    def referred(self, client_id: int, reference: str) -> Target | None:
        """Return the client's oldest invoice of exactly this unique reference. Raises `UpstreamError`.

        A list whose rows do not say their reference is refused: what was sent would not be found in it.
        """
        asked = {"client_id": str(client_id)}
        rows = self._api.all("/Invoice", "invoices", asked, _reference_of, unheard)
        refuse_strangers(client_id, (owner for _, owner, _ in rows))
        found = [invoice_id for invoice_id, _, said in rows if said == reference]
        return self.target(TargetKind.INVOICE, min(found)) if found else None

    def create(self, invoice: NewInvoice) -> int:
        """Create an invoice and return its id. Raises `UpstreamOutcomeUnknown` and other `UpstreamError`."""
        return self._api.create("/Invoice", str(TargetKind.INVOICE), invoice_body(invoice))

    def write_lines(self, target: Target, lines: Sequence[WrittenLine]) -> None:
        """Write our lines and all others back. Raises `UpstreamOutcomeUnknown` and other `UpstreamError`."""
        body = {"lines": lines_body(target, lines)}
        self._api.update(_PATHS[target.kind], str(target.kind), target.invoice_id, body)

    def _reading(self, kind: TargetKind) -> Callable[[JsonRow], Target]:
        today = self._today()
        return lambda row: target_of(kind, row, today)

    def _pages(self, kind: TargetKind) -> int:
        """Return how many pages the list has now."""
        page = self._api.page(_PATHS[kind], "invoices", {"page_size": "1"}, 1, lambda _row: None)
        return -(-page.promised // _PAGE_ROWS)

    def _listed(self, kind: TargetKind, wanted: set[int]) -> dict[int, Target]:
        read = self._reading(kind)
        rows = self._api.all(
            _PATHS[kind],
            "invoices",
            {"includelines": "true"},
            # Others' rows may be odd without being in the way.
            lambda row: read(row) if row.integer("id") in wanted else None,
            unheard,
        )
        return {row.invoice_id: row for row in rows if row is not None}


def _reference_of(row: JsonRow) -> tuple[int, int, str]:
    """Return id, client and unique reference of a header."""
    return row.integer("id"), row.integer("client_id"), row.nullable_text("thirdpartyinvoicenumber") or ""
