"""Signing in to HaloPSA, at the authorisation server that the instance names."""

from urllib.parse import urlencode

from billingbot.connectors.base_url import checked_url
from billingbot.connectors.halo.account import SOURCE, HaloAccount
from billingbot.connectors.http import Patience, Request, Token, Transport, parse_json, reading, token_for
from billingbot.connectors.json_row import root
from billingbot.errors import ConfigError, UpstreamRejected, UpstreamSchemaError


def sign_in(account: HaloAccount, transport: Transport, patience: Patience) -> Token:
    """Return a new token. Raises `UpstreamAuthError` when the credentials are refused, and other `UpstreamError`."""
    auth_url, tenant = _authorisation_server(account, transport, patience)
    form = {
        "grant_type": "client_credentials",
        "client_id": account.client_id,
        "client_secret": account.client_secret,
        "scope": "all",
    }
    request = Request(
        "POST",
        f"{auth_url}/token",
        "the sign-in",
        repeatable=True,
        params={"tenant": tenant} if tenant else {},
        headers={"Content-Type": "application/x-www-form-urlencoded"},
        content=urlencode(form).encode(),
    )
    return token_for(transport, request, patience)


def _authorisation_server(account: HaloAccount, transport: Transport, patience: Patience) -> tuple[str, str]:
    """Return the URL before `/token`, and the tenant; older instances without authinfo have it at `/auth`."""
    request = reading(f"{account.base_url}/api/authinfo", "/authinfo")
    reply = transport.call(request, patience)
    try:
        answer = root(parse_json(reply, SOURCE, request.label), SOURCE, request.label)
        auth_url = answer.text("auth_url")
    except UpstreamSchemaError:
        return f"{account.base_url}/auth", account.tenant
    tenant = account.tenant or answer.optional_text("tenant_id") or ""
    return _trusted(auth_url, account.allowed_hosts), tenant


def _trusted(auth_url: str, allowed_hosts: frozenset[str]) -> str:
    """Return a URL that came over the wire, if our secret may be sent there."""
    try:
        return checked_url(auth_url, "the authorisation server", allowed_hosts)
    except ConfigError as error:
        fault = str(error)
    raise UpstreamRejected(f"/authinfo: {fault}", source=SOURCE)
