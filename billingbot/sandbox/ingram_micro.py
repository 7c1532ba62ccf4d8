"""Ingram Micro's Xvantage Reseller API under `/ingram_micro`: sign-in, orders, renewals, invoices.

Source: Ingram Micro's specification of the reseller endpoints, and its developer pages. Tokens are handed out at
`/oauth/oauth20/token` and `/oauth/oauth30/token`, to a GET and to a POST. There are no customers.
"""

import time
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from urllib.parse import parse_qsl

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from billingbot.sandbox.ingram_micro_books import IngramMicroBooks, Issue, Order
from billingbot.sandbox.ingram_micro_gate import Gate, invalid, refusal
from billingbot.sandbox.ingram_micro_invoice_rows import detail_row, invoice_row
from billingbot.sandbox.ingram_micro_query import days, page_answer
from billingbot.sandbox.ingram_micro_rows import order_row, renewal_row
from billingbot.sandbox.ingram_micro_sheets import sheet_of
from billingbot.sandbox.listing import LastView
from billingbot.sandbox.wire import JsonResponse, Row, decode
from billingbot.sandbox.world import World

# Orders of these days are listed when no other range is asked for.
_DEFAULT_DAYS = 20
_PAGING = ("pageSize", "pageNumber")


def ingram_micro_app(world: World, now: Callable[[], float] = time.time) -> Starlette:
    """Return the app to mount at `/ingram_micro`; `now` is in seconds since 1970."""
    lists, gate, sign_in = _Lists(world), Gate(world, now), world.ingram_micro.opened(_SignIn(world).token)
    routes = [
        *(Route(f"/oauth/{version}/token", sign_in, methods=["GET", "POST"]) for version in ("oauth20", "oauth30")),
        Route("/resellers/v6/orders/search", gate.guarded(lists.orders)),
        Route("/resellers/v6/renewals/search", gate.guarded(lists.renewals), methods=["POST"]),
        Route("/resellers/v6/invoices", gate.guarded(lists.invoices, "IM-ApplicationID")),
        Route("/resellers/v6.1/invoices/{number}", gate.guarded(lists.invoice, "IM-ApplicationID")),
    ]
    return Starlette(routes=routes, exception_handlers={HTTPException: _refused})


class _SignIn:
    def __init__(self, world: World) -> None:
        self._world = world

    async def token(self, request: Request) -> Response:
        credentials, tokens = self._world.credentials, self._world.ingram_micro.tokens
        wanted = {
            "client_id": credentials.ingram_micro_client_id,
            "client_secret": credentials.ingram_micro_client_secret,
            "grant_type": "client_credentials",
        }
        form = (await request.body()).decode(errors="replace")
        given = dict(request.query_params) if request.method == "GET" else dict(parse_qsl(form))
        if not wanted.items() <= given.items():
            return JsonResponse({"message": "Invalid client identifier or secret"}, 400)
        # A text, as specified.
        answer = {"access_token": tokens.issue(), "token_type": "Bearer", "expires_in": str(tokens.lifetime)}
        return JsonResponse(answer)


class _Lists:
    def __init__(self, world: World) -> None:
        self._world = world
        self._books = IngramMicroBooks(world.data)
        self._orders: LastView[Order] = LastView()
        self._invoices: LastView[Issue] = LastView()

    async def orders(self, request: Request) -> Response:
        query = frozenset(item for item in request.query_params.multi_items() if item[0] not in _PAGING)
        found = self._orders.of(0, query, lambda: self._orders_asked_for(request, bool(query)))
        if not found:
            return Response(status_code=204)
        answer = page_answer(request, found, order_row, ("orders", "ingramOrderNumber", "endUserCompanyName"))
        # Numbers as texts, and a link that leads nowhere, both as in the specification's example.
        texts: Row = {key: str(answer[key]) for key in ("recordsFound", "pageSize", "pageNumber")}
        link = f"/resellers/v6/orders/[original_parameters]&pageNumber={answer['pageNumber'] + 1}"
        return JsonResponse(answer | texts | {"nextPage": link})

    async def renewals(self, request: Request) -> Response:
        try:
            decode(await request.body())
        except ValueError:
            raise invalid(request, ("body", "The body is not JSON")) from None
        keys = ("renewals", "renewalId", "endUser")
        answer = page_answer(request, self._books.renewals, renewal_row, keys, ("size", "page"))
        answer["nextPage"] = f"/resellers/v6/renewals/search?page={answer['pageNumber'] + 1}"
        # An object, as the schema says, or a list of one, as the example shows.
        return JsonResponse(answer if answer["pageNumber"] % 2 else [answer])

    async def invoices(self, request: Request) -> Response:
        query = frozenset(item for item in request.query_params.items() if item[0] not in _PAGING)
        found = self._invoices.of(0, query, lambda: self._invoices_asked_for(request))
        keys = ("invoices", "invoiceNumber", "customerOrderNumber")
        answer = page_answer(request, found, self._invoice_row, keys)
        answer["nextPage"] = f"/resellers/v6/invoices/?customerNumber=&page=1&size=10&pageNumber={answer['pageNumber']}"
        return JsonResponse(answer)

    async def invoice(self, request: Request) -> Response:
        issue = self._books.issue(request.path_params["number"])
        if issue is None or request.query_params.get("customerType", "invoice") != "invoice":
            raise HTTPException(404)
        return JsonResponse(detail_row(issue, sheet_of(self._books, issue)))

    def _orders_asked_for(self, request: Request, asked: bool) -> Sequence[Order]:
        today = self._world.data.today
        asked_days = days(request, "ingramOrderDate-bt")
        if len(asked_days) not in (0, 2):
            raise invalid(request, ("ingramOrderDate-bt", "two dates are needed"))
        first, last = asked_days or (today - timedelta(days=_DEFAULT_DAYS) if not asked else date.min, today)
        return [order for order in self._books.orders if first <= order.day <= last]

    def _invoices_asked_for(self, request: Request) -> Sequence[Issue]:
        (first,) = days(request, "invoiceFromDate") or [date.min]
        (last,) = days(request, "invoiceToDate") or [date.max]
        found = [issue for issue in self._books.issues if first <= issue.day <= last]
        return found[::-1] if request.query_params.get("direction", "asc") == "desc" else found

    def _invoice_row(self, issue: Issue) -> Row:
        return invoice_row(issue, sheet_of(self._books, issue))


async def _refused(_: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)  # noqa: S101 - registered for nothing else
    return refusal(error)
