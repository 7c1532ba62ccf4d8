"""The Ingram Micro Cloud Marketplace's API under `/ingram_cloud`: sign-in, customers, orders, products.

Source: CloudBlue's SimpleAPI 1.15. The largest limit, 500, and that a filter takes one status, are from integrators.
Single customers, subscriptions and reports are not played: BillingBot reads lists only.
"""

from base64 import b64encode
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from hmac import compare_digest
from typing import TypeVar

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from billingbot.sandbox.faults import kinds
from billingbot.sandbox.ingram_cloud_books import IngramCloudBooks, Placed
from billingbot.sandbox.ingram_cloud_catalog import PRODUCTS
from billingbot.sandbox.ingram_cloud_gate import Gate
from billingbot.sandbox.ingram_cloud_rows import customer_row, order_row, product_row
from billingbot.sandbox.listing import LastView, page_of
from billingbot.sandbox.wire import JsonResponse, Row, decode
from billingbot.sandbox.world import World

MOST_ROWS = 500
_DEFAULT_ROWS = 10
_PAGING = ("offset", "limit")
_STATUSES = ("submitted", "processing", "error", "completed", "cancelled")

T = TypeVar("T")


def ingram_cloud_app(world: World) -> Starlette:
    """Return the app to mount at `/ingram_cloud`."""
    lists, gate = _Lists(world), Gate(world)
    routes = [
        Route("/token", gate.opened(_SignIn(world).token), methods=["POST"]),
        Route("/customers", gate.guarded(lists.customers)),
        Route("/orders", gate.guarded(lists.orders)),
        Route("/products", gate.guarded(lists.products)),
    ]
    return Starlette(routes=routes, exception_handlers={HTTPException: gate.refusal})


class _SignIn:
    def __init__(self, world: World) -> None:
        self._world = world

    async def token(self, request: Request) -> Response:
        credentials, tokens = self._world.credentials, self._world.ingram_cloud.tokens
        named = f"{credentials.ingram_cloud_username}:{credentials.ingram_cloud_password}"
        wanted = f"Basic {b64encode(named.encode()).decode()}"
        if not compare_digest(request.headers.get("Authorization", "").encode(), wanted.encode()):
            raise HTTPException(401, "Unauthorized")
        try:
            given = decode(await request.body())
        except ValueError:
            raise HTTPException(400, "The body is not JSON") from None
        if not isinstance(given, dict) or given.get("marketplace") != credentials.ingram_cloud_marketplace:
            raise HTTPException(400, "Unknown marketplace")
        return JsonResponse({"token": tokens.issue(), "expiresInSeconds": tokens.lifetime})


class _Lists:
    def __init__(self, world: World) -> None:
        self._books = IngramCloudBooks(world.data)
        self._view: LastView[Placed] = LastView()

    async def customers(self, request: Request) -> Response:
        wanted = request.query_params.get("externalId")
        buyers = self._books.buyers
        return _page(
            request, buyers if wanted is None else [b for b in buyers if b.external_id == wanted], customer_row
        )

    async def orders(self, request: Request) -> Response:
        query = frozenset(item for item in request.query_params.items() if item[0] not in _PAGING)
        return _page(request, self._view.of(0, query, lambda: self._orders_asked_for(request)), order_row)

    async def products(self, request: Request) -> Response:
        return _page(request, PRODUCTS, product_row)

    def _orders_asked_for(self, request: Request) -> list[Placed]:
        """Return the orders that agree with every filter. The last moment that is asked for is one of them."""
        asked = request.query_params
        since, until = _moment(request, "creationTimeFrom"), _moment(request, "creationTimeTo")
        status, customer_id = asked.get("status"), asked.get("customerId")
        if status is not None and status not in _STATUSES:
            raise HTTPException(400, f"status must be one of {', '.join(_STATUSES)}")
        return [
            placed
            for month in self._books.months
            for placed in self._books.placed(month)
            if (status is None or placed.order.status == status)
            and (customer_id is None or placed.buyer.customer_id == customer_id)
            and (since is None or placed.created >= since)
            and (until is None or placed.created <= until)
        ]


def _page(request: Request, items: Sequence[T], render: Callable[[T], Row]) -> JsonResponse:
    """Return the rows from an offset on. Raises a 400 for an offset or limit that there cannot be."""
    offset, limit = _integer(request, "offset", 0, 0, None), _integer(request, "limit", _DEFAULT_ROWS, 1, MOST_ROWS)
    if offset % limit:
        rows = [render(item) for item in items[offset : offset + limit]]
        total = len(items)
    else:
        page = page_of(items, offset // limit + 1, limit, render, kinds(request.state.faults))
        rows, total = page.rows, page.total
    return JsonResponse({"data": rows, "pagination": {"offset": offset, "limit": limit, "total": total}})


def _integer(request: Request, name: str, absent: int, least: int, most: int | None) -> int:
    text = request.query_params.get(name, str(absent))
    if not text.isdecimal() or int(text) < least or (most is not None and int(text) > most):
        raise HTTPException(400, f"{name} is not in the right range")
    return int(text)


def _moment(request: Request, name: str) -> datetime | None:
    text = request.query_params.get(name)
    try:
        moment = None if text is None else datetime.fromisoformat(text)
    except ValueError:
        raise HTTPException(400, f"{name} must be a date and a time") from None
    if moment is not None and moment.tzinfo is None:
        raise HTTPException(400, f"{name} must have a time zone")
    return None if moment is None else moment.astimezone(UTC)
