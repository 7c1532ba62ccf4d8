"""Who gets in: what every vendor checks before they answer."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from billingbot.sandbox.faults import Fault, FaultKind
from billingbot.sandbox.tokens import RollingWindow, TokenBook

Endpoint = Callable[[Request], Awaitable[Response]]
Accepts = Callable[[str], bool]

_STATUS = {
    FaultKind.RATE_LIMITED: 429,
    FaultKind.SERVER_ERROR: 500,
    FaultKind.UNAUTHORIZED: 401,
    FaultKind.WRONG_CLOCK: 401,
}


@dataclass(frozen=True, slots=True)
class Guard:
    """The tokens and the request budget of one vendor. Refusals are `HTTPException`; each vendor has its own shape."""

    tokens: TokenBook
    window: RollingWindow

    def opened(self, endpoint: Endpoint) -> Endpoint:
        """Return an endpoint that needs no token."""

        async def answer(request: Request) -> Response:
            _fail_on_purpose(request.state.faults)
            return await endpoint(request)

        return answer

    def guarded(self, endpoint: Endpoint, accepts: Accepts | None = None) -> Endpoint:
        """Return an endpoint that needs a token and counts against the budget.

        `accepts` judges the Authorization header of a vendor without tokens.
        """
        accepts = accepts or self.tokens.accepts

        async def answer(request: Request) -> Response:
            _fail_on_purpose(request.state.faults)
            if not accepts(request.headers.get("authorization", "")):
                raise HTTPException(401)
            if not self.window.admits():
                raise HTTPException(429)
            return await endpoint(request)

        return answer


def _fail_on_purpose(faults: list[Fault]) -> None:
    for fault in faults:
        if fault.kind in _STATUS:
            headers = {"Retry-After": fault.retry_after} if fault.retry_after else None
            raise HTTPException(_STATUS[fault.kind], headers=headers)
