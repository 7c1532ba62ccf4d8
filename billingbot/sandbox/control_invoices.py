"""The control over HTTP of invoices and recurring invoices."""

from collections.abc import Awaitable, Callable, Iterable
from datetime import date
from decimal import Decimal

from starlette.requests import Request
from starlette.responses import Response

from billingbot.sandbox.invoice_book import LineUpdates
from billingbot.sandbox.invoice_control import InvoiceControl
from billingbot.sandbox.wire import JsonResponse, decode

_Route = tuple[str, Callable[[Request], Awaitable[Response]], list[str]]


def invoice_endpoints(control: InvoiceControl) -> Iterable[_Route]:
    """Return paths, what answers there, and the methods."""
    endpoints = _Endpoints(control)
    # Not {id:int} where ids may be negative: it takes no minus.
    return (
        ("/line_updates", endpoints.update_lines, ["PUT"]),
        ("/clients/{id:int}/invoices", endpoints.rows, ["GET"]),
        ("/invoices", endpoints.add_invoices, ["POST"]),
        ("/invoices/{id:int}", endpoints.change_invoice, ["PATCH", "DELETE"]),
        ("/recurring_invoices", endpoints.add_recurring_invoice, ["POST"]),
        ("/recurring_invoices/{id}", endpoints.change_recurring_invoice, ["PATCH", "DELETE"]),
    )


class _Endpoints:
    def __init__(self, control: InvoiceControl) -> None:
        self._control = control

    async def update_lines(self, request: Request) -> Response:
        """Take `"MERGE"` or `"REPLACE"`."""
        self._control.update_lines(LineUpdates[decode(await request.body())])
        return Response(status_code=204)

    async def rows(self, request: Request) -> Response:
        """Answer with all invoices and recurring invoices of a client, with lines."""
        client_id = request.path_params["id"]
        once, recurring = self._control.invoice_rows(client_id), self._control.recurring_rows(client_id)
        return JsonResponse({"invoices": once, "recurring_invoices": recurring})

    async def add_invoices(self, request: Request) -> Response:
        """Take `{"client_id": 12, "count": 5000}`."""
        given = decode(await request.body())
        return JsonResponse({"ids": self._control.add_invoices(given["client_id"], given["count"])}, 201)

    async def add_recurring_invoice(self, request: Request) -> Response:
        """Take `{"client_id": 12, "negative": true}`."""
        return JsonResponse({"id": self._control.add_recurring_invoice(**decode(await request.body()))}, 201)

    async def change_invoice(self, request: Request) -> Response:
        """Change (`PATCH`) or remove (`DELETE`).

        A change is `{"state": "posted" | "voided" | "paid"}`, or what somebody edits: see `_edit`.
        """
        control, invoice_id = self._control, request.path_params["id"]
        if request.method == "DELETE":
            control.remove_invoice(invoice_id)
            return Response(status_code=204)
        given = decode(await request.body())
        if "state" in given:
            verbs = {"posted": control.post_invoice, "voided": control.void_invoice, "paid": control.pay_invoice}
            verbs[given["state"]](invoice_id)
        else:
            self._edit(invoice_id, given, recurring=False)
        return Response(status_code=204)

    async def change_recurring_invoice(self, request: Request) -> Response:
        """Disable (`PATCH` without a body), end (`{"enddate": "2026-10-31"}`), edit, or remove (`DELETE`)."""
        control, invoice_id, body = self._control, int(request.path_params["id"]), await request.body()
        if request.method == "DELETE":
            control.remove_recurring_invoice(invoice_id)
        elif not body:
            control.disable_recurring_invoice(invoice_id)
        elif "enddate" in (given := decode(body)):
            control.end_recurring_invoice(invoice_id, date.fromisoformat(given["enddate"]))
        else:
            self._edit(invoice_id, given, recurring=True)
        return Response(status_code=204)

    def _edit(self, invoice_id: int, given: dict[str, object], *, recurring: bool) -> None:
        """Take `{"currency": "EUR"}`, or `{"line": 7, "price": 9.5}`."""
        if "currency" in given:
            self._control.set_currency(invoice_id, str(given["currency"]), recurring=recurring)
        else:
            line_id, price = int(str(given["line"])), Decimal(str(given["price"]))
            self._control.price_line(invoice_id, line_id, price, recurring=recurring)
