"""HaloPSA under `/halo`: sign-in, and the lists that BillingBot uses.

Sources: HaloAPI (discovery at `/api/authinfo`; the tenant as query), pyhalopsa (the tenant as form field), halocli
(no tenant). 401, 404 and 500 have no body, 400 has one of HaloPSA's JSON shapes, 429 a sentence (HaloAPI #31).
Paths come here in small letters.
"""

from collections.abc import Awaitable, Callable

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import BaseRoute, Route

from billingbot.errors import NotFound
from billingbot.sandbox.guard import Endpoint
from billingbot.sandbox.halo_billing import InvoiceEndpoints
from billingbot.sandbox.halo_lists import HaloLists
from billingbot.sandbox.halo_sign_in import HaloSignIn
from billingbot.sandbox.tokens import RollingWindow
from billingbot.sandbox.world import World


def halo_app(world: World) -> Starlette:
    """Return the app to mount at `/halo`."""
    sign_in, lists, opened = HaloSignIn(world), HaloLists(world), world.halo.opened
    once, recurring = InvoiceEndpoints(world, world.invoices), InvoiceEndpoints(world, world.recurring_invoices)
    customers, invoices, items = (_Module(world, name) for name in ("customers", "invoices", "items"))
    routes: list[BaseRoute] = [
        Route("/api/authinfo", opened(sign_in.authinfo)),
        Route("/auth/token", opened(sign_in.token), methods=["POST"]),
        Route("/api/client", customers.listed(lists.clients)),
        Route("/api/client/{id}", customers.single(lists.client)),
        Route("/api/item", items.listed(lists.items)),
        Route("/api/item", items.saved(lists.save_items), methods=["POST"]),
        Route("/api/item/{id}", items.single(lists.item)),
        *_invoice_routes("/api/invoice", once, invoices),
        *_invoice_routes("/api/recurringinvoice", recurring, invoices),
    ]
    handlers = {HTTPException: _refusal(world.halo.window), NotFound: _not_found}
    return Starlette(routes=routes, exception_handlers=handlers)


class _Module:
    """Endpoints that need a token which is good for a module."""

    def __init__(self, world: World, name: str) -> None:
        self._world = world
        self._name = name

    def listed(self, endpoint: Endpoint) -> Endpoint:
        return self._needing("read", endpoint, 403)

    def single(self, endpoint: Endpoint) -> Endpoint:
        return self._needing("read", endpoint, 401)

    def saved(self, endpoint: Endpoint) -> Endpoint:
        return self._needing("edit", endpoint, 403)

    def _needing(self, verb: str, endpoint: Endpoint, refusal: int) -> Endpoint:
        return self._world.halo.guarded(self._world.halo_grants.needing(f"{verb}:{self._name}", endpoint, refusal))


def _invoice_routes(path: str, endpoints: InvoiceEndpoints, invoices: _Module) -> list[BaseRoute]:
    return [
        Route(path, invoices.listed(endpoints.list)),
        Route(path, invoices.saved(endpoints.save), methods=["POST"]),
        Route(path + "/{id}", invoices.single(endpoints.detail)),
    ]


def _refusal(window: RollingWindow) -> Callable[[Request, Exception], Awaitable[Response]]:
    """Return what answers an `HTTPException`."""

    async def answer(_request: Request, error: Exception) -> Response:
        assert isinstance(error, HTTPException)  # noqa: S101 - registered for nothing else
        if error.status_code == 400:
            return Response(error.detail, 400, error.headers, "application/json")
        if error.status_code == 429:
            minutes = round(window.seconds / 60)
            text = f"Rate Limit Reached - {window.limit} Requests per rolling {minutes} minute window"
            return PlainTextResponse(text, 429, error.headers)
        return Response(None, error.status_code, error.headers)

    return answer


async def _not_found(_request: Request, _error: Exception) -> Response:
    return Response(None, 404)
