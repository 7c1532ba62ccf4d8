"""What Ingram Micro checks before it answers, and the shapes of its refusals.

Source: Ingram Micro's specification and developer pages. Each endpoint takes 60 requests a minute and says in every
answer how many are left, and from when on there are more. A refusal is a list of errors, a fault of the gateway, or,
for a customer number that is somebody else's, a fault of an older kind; its status is not documented and a guess.
"""

import math
import re
from collections.abc import Callable
from http import HTTPStatus

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from billingbot.sandbox.guard import Endpoint
from billingbot.sandbox.tokens import RollingWindow
from billingbot.sandbox.wire import JsonResponse, Row
from billingbot.sandbox.world import World

_CALLS, _SECONDS = 60, 60.0
_LONGEST_ID = 32
_CUSTOMER_NUMBER = re.compile(r"[0-9A-Za-z]{2}-[0-9A-Za-z]{4,6}")
_FORMAT = "IM-CustomerNumber must be in the format xx-xxxx or xx-xxxxx or xx-xxxxxx"


class Refusal(Exception):
    """A refusal of Ingram Micro's own shape."""

    def __init__(self, status: int, body: Row) -> None:
        super().__init__(status)
        self.status = status
        self.body = body


class Gate:
    """Lets requests in that have a token, the right headers, and budget left at their endpoint.

    Args:
        world: its rate limit of None means any number.
        now: seconds since 1970.
    """

    def __init__(self, world: World, now: Callable[[], float]) -> None:
        self._world = world
        self._now = now

    def guarded(self, endpoint: Endpoint, *required: str) -> Endpoint:
        """Return an endpoint with a budget of its own; `required` are headers beside those that all want."""
        limited = self._world.ingram_micro.window.limit is not None
        window = RollingWindow(_CALLS if limited else None, _SECONDS, self._world.clock)

        async def answer(request: Request) -> Response:
            if not self._world.ingram_micro.tokens.accepts(request.headers.get("authorization", "")):
                raise HTTPException(401)
            is_admitted = window.admits()
            try:
                if not is_admitted:
                    raise HTTPException(429)
                self._check_headers(request, required)
                response = await endpoint(request)
            except (Refusal, HTTPException) as refused:
                response = refusal(refused)
            if window.left is not None:
                response.headers["X-RateLimit-Limit"] = str(_CALLS)
                response.headers["X-RateLimit-Remaining"] = str(window.left)
                response.headers["X-RateLimit-Reset"] = str(math.ceil(self._now() + window.frees_in))
            return response

        return self._world.ingram_micro.opened(answer)

    def _check_headers(self, request: Request, required: tuple[str, ...]) -> None:
        headers, known = request.headers, self._world.credentials
        number, country = headers.get("IM-CustomerNumber", ""), headers.get("IM-CountryCode", "")
        faults: list[tuple[str, str]] = []
        if not number:
            faults.append(("IM-CustomerNumber", "IM-CustomerNumber is blank"))
        elif not _CUSTOMER_NUMBER.fullmatch(number):
            faults.append(("IM-CustomerNumber", _FORMAT))
        if country != known.ingram_micro_country_code:
            faults.append(("IM-CountryCode", "IM-CountryCode is invalid"))
        faults += [(name, f"{name} is blank") for name in ("IM-CorrelationID", *required) if not headers.get(name)]
        if len(headers.get("IM-CorrelationID", "")) > _LONGEST_ID:
            faults.append(("IM-CorrelationID", f"IM-CorrelationID must not be longer than {_LONGEST_ID} characters"))
        if faults:
            raise invalid(request, *faults)
        if number != known.ingram_micro_customer_number:
            sentence = "Invalid customer number. It does not match the registered customer number."
            raise Refusal(403, {"faultcode": "Server", "faultstring": sentence})


def invalid(request: Request, *faults: tuple[str, str]) -> Refusal:
    """Return the 400 for fields (headers or parameters) and what is wrong with each."""
    given = {**request.query_params, **request.headers}
    fields = [
        {"field": name, "value": given.get(name.lower(), given.get(name)), "message": why} for name, why in faults
    ]
    return Refusal(400, _errors("/errors/validation-failed", "Validation failed", fields))


def refusal(error: Refusal | HTTPException) -> JsonResponse:
    """Return an error as Ingram Micro answers it."""
    if isinstance(error, Refusal):
        return JsonResponse(error.body, error.status)
    body = _errors("/errors/server-error", HTTPStatus(error.status_code).phrase, [])
    if error.status_code == HTTPStatus.UNAUTHORIZED:
        fault = {"faultstring": "Invalid Access Token", "detail": {"errorcode": "oauth.v2.InvalidAccessToken"}}
        body = {"fault": fault}
    if error.status_code == HTTPStatus.TOO_MANY_REQUESTS:
        body = {"errors": [{"field": None, "message": "too many requests"}]}
    return JsonResponse(body, error.status_code, error.headers)


def _errors(kind: str, message: str, fields: list[Row]) -> Row:
    return {"errors": [{"id": "1629204746878-123", "type": kind, "message": message, "fields": fields}]}
