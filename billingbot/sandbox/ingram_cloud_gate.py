"""What every request to the marketplace must bring, what every answer carries, and what refusals look like.

An API gateway (Azure API Management) stands in front: it wants its key before anything else, and answers in its own
shape. The marketplace's own errors are not documented; they have the same shape here.
"""

import math
from http import HTTPStatus
from itertools import count
from uuid import UUID

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from billingbot.sandbox.guard import Endpoint
from billingbot.sandbox.wire import JsonResponse
from billingbot.sandbox.world import World

_KEY = "X-Subscription-Key"


class Gate:
    """Lets in who has the key of the gateway, and counts the answers."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._answers = count(1)

    def opened(self, endpoint: Endpoint) -> Endpoint:
        """Return an endpoint that needs the key and no token."""
        return self._keyed(self._world.ingram_cloud.opened(endpoint))

    def guarded(self, endpoint: Endpoint) -> Endpoint:
        """Return an endpoint that needs the key and a token, and counts against the budget."""
        return self._keyed(self._world.ingram_cloud.guarded(endpoint))

    async def refusal(self, request: Request, error: Exception) -> Response:
        """Return an error as the gateway answers it; a full window says when it is free again."""
        assert isinstance(error, HTTPException)  # noqa: S101 - registered for nothing else
        headers, message = dict(error.headers or {}), error.detail
        if error.status_code == HTTPStatus.TOO_MANY_REQUESTS and not request.state.faults:
            seconds = math.ceil(self._world.ingram_cloud.window.frees_in)
            headers["Retry-After"] = str(seconds)
            message = f"Rate limit is exceeded. Try again in {seconds} seconds."
        body = {"statusCode": error.status_code, "message": message}
        return self._numbered(JsonResponse(body, error.status_code, headers))

    def _keyed(self, endpoint: Endpoint) -> Endpoint:
        async def answer(request: Request) -> Response:
            key = request.headers.get(_KEY)
            if key != self._world.credentials.ingram_cloud_subscription_key:
                why = "missing" if key is None else "invalid"
                raise HTTPException(401, f"Access denied due to {why} subscription key.")
            return self._numbered(await endpoint(request))

        return answer

    def _numbered(self, response: Response) -> Response:
        response.headers["X-Correlation-ID"] = str(UUID(int=next(self._answers)))
        return response
