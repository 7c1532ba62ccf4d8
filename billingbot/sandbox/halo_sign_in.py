"""Signing in to HaloPSA: the authorisation server, its tokens, and what it says to those whom it refuses.

HaloPSA does not document its refusals. `invalid_client` with 401 was seen (HaloAPI #19); the words are those of
OpenIddict, the framework for such servers on .NET. Each tenant has applications of its own, so that at another one the
client is not known.
"""

from urllib.parse import parse_qsl

from starlette.requests import Request
from starlette.responses import Response

from billingbot.sandbox.wire import JsonResponse
from billingbot.sandbox.world import World

_UNKNOWN_CLIENT = "The specified 'client_id' is invalid."
_WRONG_SECRET = "The specified client credentials are invalid."  # noqa: S105 - a sentence
_NOT_ALLOWED = "This client application is not allowed to use the specified scope."
_GRANT_TYPE = "The specified 'grant_type' is not supported."


class HaloSignIn:
    """Endpoints."""

    def __init__(self, world: World) -> None:
        self._world = world

    async def authinfo(self, request: Request) -> Response:
        """Answer `GET /api/authinfo`."""
        auth_url = str(request.url.replace(path="/halo/auth", query=""))
        return JsonResponse({"auth_url": auth_url, "tenant_id": self._world.credentials.halo_tenant})

    async def token(self, request: Request) -> Response:
        """Answer `POST /auth/token`. The tenant may come as query or as form field, or not at all."""
        form = dict(parse_qsl((await request.body()).decode()))
        credentials, tokens, grants = self._world.credentials, self._world.halo.tokens, self._world.halo_grants
        tenant = request.query_params.get("tenant") or form.get("tenant") or credentials.halo_tenant
        if form.get("grant_type") != "client_credentials":
            return _refused(400, "unsupported_grant_type", _GRANT_TYPE)
        if (form.get("client_id"), tenant) != (credentials.halo_client_id, credentials.halo_tenant):
            return _refused(401, "invalid_client", _UNKNOWN_CLIENT)
        if form.get("client_secret") != credentials.halo_client_secret:
            return _refused(401, "invalid_client", _WRONG_SECRET)
        scopes = form.get("scope", "").split()
        if not grants.may_ask(scopes):
            return _refused(400, "invalid_scope", _NOT_ALLOWED)
        token = tokens.issue()
        grants.remember(token, scopes)
        answer = {"access_token": token, "token_type": "Bearer", "expires_in": tokens.lifetime}
        return JsonResponse(answer | ({"scope": " ".join(scopes)} if scopes else {}))


def _refused(status: int, error: str, description: str) -> JsonResponse:
    return JsonResponse({"error": error, "error_description": description}, status)
