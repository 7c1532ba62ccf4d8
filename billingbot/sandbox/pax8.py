"""Pax8's Partner API under `/pax8/v1`: sign-in and companies here, billing in `pax8_endpoints`.

Source: Pax8's specifications of authentication and of the partner endpoints. Errors are JSON of Pax8's own shape;
a refused sign-in has the shape of its documentation.
"""

from collections.abc import Sequence

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from billingbot.sandbox.dataset import Pax8Company
from billingbot.sandbox.listing import LastView
from billingbot.sandbox.pax8_endpoints import Pax8Billing
from billingbot.sandbox.pax8_query import error_answer, in_order, matching, page_answer, value_of
from billingbot.sandbox.pax8_rows import company_row
from billingbot.sandbox.wire import JsonResponse, Row, decode
from billingbot.sandbox.world import World

_AUDIENCES = ("https://api.pax8.com", "api://p8p.client")
_SORTS = ("name", "city", "country", "stateOrProvince", "postalCode")
_FLAGS = ("selfServiceAllowed", "billOnBehalfOfEnabled", "orderApprovalRequired")
_FILTERS = (*_SORTS[1:], *_FLAGS, "status")


def pax8_app(world: World) -> Starlette:
    """Return the app to mount at `/pax8/v1`."""
    companies, billing, guarded = _Companies(world), Pax8Billing(world), world.pax8.guarded
    routes = [
        Route("/token", world.pax8.opened(_SignIn(world).token), methods=["POST"]),
        Route("/companies", guarded(companies.list)),
        Route("/companies/{id}", guarded(companies.detail)),
        Route("/invoices", guarded(billing.invoices)),
        Route("/invoices/draftItems", guarded(billing.draft_items)),
        Route("/invoices/{id}", guarded(billing.invoice)),
        Route("/invoices/{id}/items", guarded(billing.items)),
        Route("/subscriptions", guarded(billing.subscriptions)),
        Route("/subscriptions/{id}/usage-summaries", guarded(billing.usage_summaries)),
        Route("/usage-summaries/{id}/usage-lines", guarded(billing.usage_lines)),
    ]
    return Starlette(routes=routes, exception_handlers={HTTPException: _refusal})


class _SignIn:
    def __init__(self, world: World) -> None:
        self._world = world

    async def token(self, request: Request) -> Response:
        credentials, tokens = self._world.credentials, self._world.pax8.tokens
        wanted = {
            "client_id": credentials.pax8_client_id,
            "client_secret": credentials.pax8_client_secret,
            "grant_type": "client_credentials",
        }
        try:
            given = decode(await request.body())
        except ValueError:
            raise HTTPException(400, "The body is not JSON") from None
        if (
            not isinstance(given, dict)
            or given.get("audience") not in _AUDIENCES
            or not wanted.items() <= given.items()
        ):
            return JsonResponse({"error": "access_denied", "error_description": "Unauthorized"}, 401)
        return JsonResponse({"access_token": tokens.issue(), "expires_in": tokens.lifetime, "token_type": "Bearer"})


class _Companies:
    def __init__(self, world: World) -> None:
        self._world = world
        self._view: LastView[Pax8Company] = LastView()

    async def list(self, request: Request) -> Response:
        rows = self._world.companies.rows
        query = frozenset(item for item in request.query_params.items() if item[0] not in ("page", "size"))
        found = self._view.of(rows, query, lambda: self._selected(request, rows))
        return page_answer(request, found, self._row)

    async def detail(self, request: Request) -> Response:
        company = self._world.companies.get(request.path_params["id"])
        if company is None:
            raise HTTPException(404, "Company not found")
        return JsonResponse(self._row(company))

    def _selected(self, request: Request, companies: Sequence[Pax8Company]) -> Sequence[Pax8Company]:
        """Return the companies that are asked for; whole rows are made only when something in them is asked for."""
        asked = set(request.query_params) - {"page", "size"}
        if asked <= {"sort"} and request.query_params.get("sort", "name").startswith("name"):
            return in_order(request, companies, lambda company, _: company.name.casefold(), ("name",))
        by_id = {company.company_id: company for company in companies}
        rows = matching(request, map(self._row, companies), _FILTERS)
        return [by_id[row["id"]] for row in in_order(request, rows, value_of, _SORTS)]

    def _row(self, company: Pax8Company) -> Row:
        return company_row(self._world.data, company)


async def _refusal(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)  # noqa: S101 - registered for nothing else
    return error_answer(request, error)
