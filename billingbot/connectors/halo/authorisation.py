"""The authorisation server of an instance of HaloPSA: where it is, and what it is asked for tokens."""

from dataclasses import dataclass
from urllib.parse import urlencode

from billingbot.connectors.base_url import checked_url
from billingbot.connectors.halo.account import SOURCE, HaloAccount
from billingbot.connectors.http import Patience, Reply, Request, Transport, holds_json, parse_json, reading
from billingbot.connectors.json_row import root
from billingbot.errors import Cause, ConfigError, UpstreamRejected, UpstreamSchemaError

_LONGEST_TENANT = 100


@dataclass(frozen=True, slots=True)
class AuthorisationServer:
    """Where to sign in. `url` ends before `/token`.

    `tenant` is the one that the instance names, "" when it names none. A server that was not `named` by the instance is
    where older ones have it, or there is no HaloPSA at all.
    """

    url: str
    tenant: str = ""
    named: bool = True

    def ask(self, account: HaloAccount, transport: Transport, patience: Patience, scope: str, tenant: str) -> Reply:
        """Return the answer to the sign-in for a scope at a tenant, of whatever status, if HaloPSA may have given it.

        Raises `UpstreamSchemaError` when there is no HaloPSA, and what `Transport.call` raises.
        """
        reply = transport.call(self.request(account, scope, tenant), patience)
        is_redirect = 300 <= reply.status < 400
        if not self.named and not is_redirect and not holds_json(reply):
            sentence = f"{account.base_url} is not a HaloPSA: it knows neither /api/authinfo nor /auth/token."
            raise UpstreamSchemaError(sentence, source=SOURCE, status=reply.status, cause=Cause.NOT_THE_API)
        return reply

    def request(self, account: HaloAccount, scope: str, tenant: str) -> Request:
        """Return what asks for a token that is good for a scope."""
        form = {
            "grant_type": "client_credentials",
            "client_id": account.client_id,
            "client_secret": account.client_secret,
            "scope": scope,
        }
        return Request(
            "POST",
            f"{self.url}/token",
            "the sign-in",
            repeatable=True,
            params={"tenant": tenant} if tenant else {},
            headers={"Content-Type": "application/x-www-form-urlencoded"},
            content=urlencode(form).encode(),
        )


def authorisation_server(account: HaloAccount, transport: Transport, patience: Patience) -> AuthorisationServer:
    """Return the server that the instance names; older instances without authinfo have it at `/auth`."""
    request = reading(f"{account.base_url}/api/authinfo", "/authinfo")
    reply = transport.call(request, patience)
    try:
        answer = root(parse_json(reply, SOURCE, request.label), SOURCE, request.label)
        auth_url = answer.text("auth_url")
    except UpstreamSchemaError:
        return AuthorisationServer(f"{account.base_url}/auth", named=False)
    tenant = (answer.optional_text("tenant_id") or "")[:_LONGEST_TENANT]
    return AuthorisationServer(_trusted(auth_url, account.allowed_hosts), tenant)


def _trusted(auth_url: str, allowed_hosts: frozenset[str]) -> str:
    """Return a URL that came over the wire, if our secret may be sent there."""
    try:
        return checked_url(auth_url, "the authorisation server", allowed_hosts)
    except ConfigError as error:
        fault = str(error)
    raise UpstreamRejected(f"/authinfo: {fault}", source=SOURCE, cause=Cause.BLOCKED_HOST)
