"""The control over HTTP, under `/control`: for tests that run in another process than the sandbox.

Every request needs the header `X-Sandbox-Control` with the key that the sandbox was started with. Without a key these
routes do not exist.
"""

import hmac
from collections.abc import Awaitable, Callable

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from billingbot.errors import NotFound
from billingbot.sandbox.control import Control
from billingbot.sandbox.control_invoices import invoice_endpoints
from billingbot.sandbox.faults import Fault, FaultKind
from billingbot.sandbox.wire import JsonResponse, decode

KEY_HEADER = "x-sandbox-control"


def control_app(control: Control, key: str) -> Starlette:
    """Return the app to mount at `/control`."""
    endpoints = _Endpoints(control)

    def keyed(endpoint: Callable[[Request], Awaitable[Response]]) -> Callable[[Request], Awaitable[Response]]:
        async def answer(request: Request) -> Response:
            if not hmac.compare_digest(request.headers.get(KEY_HEADER, "").encode(), key.encode()):
                raise HTTPException(403)
            return await endpoint(request)

        return answer

    routes = [
        Route("/truth", keyed(endpoints.truth)),
        Route("/requests", keyed(endpoints.requests)),
        Route("/faults", keyed(endpoints.set_fault), methods=["POST"]),
        Route("/faults", keyed(endpoints.clear_faults), methods=["DELETE"]),
        Route("/tokens", keyed(endpoints.expire_tokens), methods=["DELETE"]),
        Route("/scopes", keyed(endpoints.grant), methods=["PUT"]),
        Route("/clients", keyed(endpoints.add_client), methods=["POST"]),
        Route("/clients/{id:int}", keyed(endpoints.change_client), methods=["PATCH", "DELETE", "PUT"]),
        Route("/companies", keyed(endpoints.add_company), methods=["POST"]),
        Route("/companies/{id}", keyed(endpoints.change_company), methods=["PATCH", "DELETE", "PUT"]),
        *(Route(path, keyed(endpoint), methods=methods) for path, endpoint, methods in invoice_endpoints(control)),
    ]
    return Starlette(routes=routes, exception_handlers={NotFound: _not_found})


class _Endpoints:
    def __init__(self, control: Control) -> None:
        self._control = control

    async def truth(self, _request: Request) -> Response:
        return JsonResponse(dict(self._control.truth))

    async def requests(self, _request: Request) -> Response:
        return JsonResponse({"requests": self._control.all_requests(), "tokens": self._control.tokens_issued()})

    async def set_fault(self, request: Request) -> Response:
        """Take `{"kind": "SERVER_ERROR", "path": …}`, the rest as in `Fault`."""
        given = decode(await request.body())
        fractions = {key: float(given[key]) for key in ("seconds", "share") if key in given}
        self._control.fault(Fault(**(given | fractions | {"kind": FaultKind[given["kind"]]})))
        return Response(status_code=204)

    async def clear_faults(self, _request: Request) -> Response:
        self._control.clear_faults()
        return Response(status_code=204)

    async def expire_tokens(self, _request: Request) -> Response:
        self._control.expire_tokens()
        return Response(status_code=204)

    async def grant(self, request: Request) -> Response:
        """Take `["read:customers", "edit:invoices"]`, the scopes that the application at HaloPSA has from now on."""
        self._control.grant(decode(await request.body()))
        return Response(status_code=204)

    async def add_client(self, request: Request) -> Response:
        return JsonResponse({"id": self._control.add_client(await _name(request))}, 201)

    async def add_company(self, request: Request) -> Response:
        return JsonResponse({"id": self._control.add_company(await _name(request))}, 201)

    async def change_client(self, request: Request) -> Response:
        """Rename (`PATCH`), remove (`DELETE`) or bring back (`PUT`)."""
        client_id = request.path_params["id"]
        if request.method == "PATCH":
            self._control.rename_client(client_id, await _name(request))
        elif request.method == "DELETE":
            self._control.remove_client(client_id)
        else:
            self._control.restore_client(client_id)
        return Response(status_code=204)

    async def change_company(self, request: Request) -> Response:
        """Rename (`PATCH`), remove (`DELETE`) or bring back (`PUT`)."""
        company_id = request.path_params["id"]
        if request.method == "PATCH":
            self._control.rename_company(company_id, await _name(request))
        elif request.method == "DELETE":
            self._control.remove_company(company_id)
        else:
            self._control.restore_company(company_id)
        return Response(status_code=204)


async def _name(request: Request) -> str:
    return str(decode(await request.body())["name"])


async def _not_found(_request: Request, error: Exception) -> Response:
    return JsonResponse({"message": str(error)}, 404)
