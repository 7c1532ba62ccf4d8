"""What HaloPSA lets an application do: the scopes that it has, and those that each of its tokens was asked for.

The names are those of HaloAPI. Seen by integrators on tenants: `edit` includes `read`; a scope that does not exist is
refused as `invalid_scope`; a token that was asked for without a scope opens nothing. Not known, and decided here: a
scope that the application lacks is refused in the same way; a list of a module that is not open answers 403, a single
row 401, both without a body.
"""

from collections.abc import Iterable

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from billingbot.sandbox.guard import Endpoint

_WHOLE = frozenset({"all", "all:standard"})
_MODULES = (
    *("tickets", "calendar", "customers", "crm", "timesheets", "contracts", "suppliers", "items", "projects", "sales"),
    *("quotes", "sos", "pos", "invoices", "reporting", "software", "softwarelicensing", "kb", "assets"),
)
SCOPES = _WHOLE | {"admin"} | {f"{verb}:{module}" for verb in ("read", "edit") for module in _MODULES}


class Grants:
    """The scopes of the one application. It has all of them until it is told otherwise."""

    def __init__(self) -> None:
        self._granted = frozenset({"all"})
        self._asked: dict[str, frozenset[str]] = {}

    def grant(self, scopes: Iterable[str]) -> None:
        """Let the application have these scopes and no others. Tokens that were issued lose what it loses."""
        self._granted = frozenset(scopes)

    def may_ask(self, scopes: Iterable[str]) -> bool:
        """Say whether a token with all these scopes can be had."""
        return all(scope in SCOPES and _includes(self._granted, scope) for scope in scopes)

    def remember(self, token: str, scopes: Iterable[str]) -> None:
        """Keep what a token was asked for."""
        self._asked[token] = frozenset(scopes)

    def needing(self, scope: str, endpoint: Endpoint, refusal: int) -> Endpoint:
        """Return an endpoint that answers with the status `refusal` to a token that is not good for the scope."""

        async def answer(request: Request) -> Response:
            token = request.headers.get("authorization", "").partition(" ")[2]
            asked = self._asked.get(token, frozenset())
            if not (_includes(asked, scope) and _includes(self._granted, scope)):
                raise HTTPException(refusal)
            return await endpoint(request)

        return answer


def _includes(scopes: frozenset[str], wanted: str) -> bool:
    if "all" in scopes or ("all:standard" in scopes and wanted not in ("all", "admin")):
        return True
    return wanted in scopes or (wanted.startswith("read:") and f"edit:{wanted[5:]}" in scopes)
