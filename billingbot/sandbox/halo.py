"""HaloPSA under `/halo`: sign-in, and the lists that BillingBot uses.

Sources: HaloAPI (discovery at `/api/authinfo`; the tenant as query), pyhalopsa (the tenant as form field), halocli
(no tenant). 401, 404 and 500 have no body, 400 has one of HaloPSA's JSON shapes, 429 a sentence (HaloAPI #31).
Paths come here in small letters.
"""

from collections.abc import Awaitable, Callable
from urllib.parse import parse_qsl

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import BaseRoute, Route

from billingbot.errors import NotFound
from billingbot.sandbox.halo_billing import InvoiceEndpoints
from billingbot.sandbox.halo_lists import HaloLists
from billingbot.sandbox.tokens import RollingWindow
from billingbot.sandbox.wire import JsonResponse
from billingbot.sandbox.world import World


def halo_app(world: World) -> Starlette:
    """Return the app to mount at `/halo`."""
    sign_in, lists, opened, guarded = _SignIn(world), HaloLists(world), world.halo.opened, world.halo.guarded
    once, recurring = InvoiceEndpoints(world, world.invoices), InvoiceEndpoints(world, world.recurring_invoices)
    routes: list[BaseRoute] = [
        Route("/api/authinfo", opened(sign_in.authinfo)),
        Route("/auth/token", opened(sign_in.token), methods=["POST"]),
        Route("/api/client", guarded(lists.clients)),
        Route("/api/client/{id}", guarded(lists.client)),
        Route("/api/item", guarded(lists.items)),
        Route("/api/item", guarded(lists.save_items), methods=["POST"]),
        Route("/api/item/{id}", guarded(lists.item)),
        *_invoice_routes("/api/invoice", once, world),
        *_invoice_routes("/api/recurringinvoice", recurring, world),
    ]
    handlers = {HTTPException: _refusal(world.halo.window), NotFound: _not_found}
    return Starlette(routes=routes, exception_handlers=handlers)


def _invoice_routes(path: str, endpoints: InvoiceEndpoints, world: World) -> list[BaseRoute]:
    guarded = world.halo.guarded
    return [
        Route(path, guarded(endpoints.list)),
        Route(path, guarded(endpoints.save), methods=["POST"]),
        Route(path + "/{id}", guarded(endpoints.detail)),
    ]


class _SignIn:
    """Where to sign in, and signing in."""

    def __init__(self, world: World) -> None:
        self._world = world

    async def authinfo(self, request: Request) -> Response:
        auth_url = str(request.url.replace(path="/halo/auth", query=""))
        return JsonResponse({"auth_url": auth_url, "tenant_id": self._world.credentials.halo_tenant})

    async def token(self, request: Request) -> Response:
        form = dict(parse_qsl((await request.body()).decode()))
        credentials, tokens = self._world.credentials, self._world.halo.tokens
        tenant = request.query_params.get("tenant") or form.get("tenant") or credentials.halo_tenant
        given = (form.get("grant_type"), form.get("client_id"), form.get("client_secret"), tenant)
        wanted = (credentials.halo_client_id, credentials.halo_client_secret, credentials.halo_tenant)
        if given != ("client_credentials", *wanted):
            return JsonResponse({"error": "invalid_client"}, 401)
        return JsonResponse({"access_token": tokens.issue(), "token_type": "Bearer", "expires_in": tokens.lifetime})


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
