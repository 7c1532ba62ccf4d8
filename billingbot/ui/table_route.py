"""Where the client grid fetches its table: an address that only pages know, which hold the table's token."""

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from billingbot.ui.client_list import client_lists

_HEADERS = {"Content-Encoding": "gzip", "Cache-Control": "no-store"}


def table_route() -> Route:
    """Return the route of `GET /grid-table/{token}`; a table that was replaced is not found."""
    return Route("/grid-table/{token}", _table)


async def _table(request: Request) -> Response:
    token = request.path_params["token"]
    body = client_lists(sandbox=False).table_body(token) or client_lists(sandbox=True).table_body(token)
    return Response(status_code=404) if body is None else Response(body, 200, _HEADERS, "application/json")
