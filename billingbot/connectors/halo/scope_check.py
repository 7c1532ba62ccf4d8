"""Which scopes an application has, found out without writing anything.

It is asked for tokens, which are good for a scope each and used for nothing but reading one row of a list.
"""

from dataclasses import dataclass, field, replace
from typing import Any

from billingbot.connectors.halo.account import SOURCE, HaloAccount
from billingbot.connectors.halo.api import page_request
from billingbot.connectors.halo.authorisation import authorisation_server
from billingbot.connectors.halo.scopes import NEEDED, WHOLE, Need, is_among
from billingbot.connectors.http import Transport, parse_json, token_of
from billingbot.domain.vendor_check import HaloScope
from billingbot.errors import Cause, UpstreamAuthError, UpstreamError


def scopes_of(account: HaloAccount, transport: Transport) -> tuple[HaloScope, ...]:
    """Return what BillingBot needs and which of it the application has; None where HaloPSA does not say."""
    try:
        probe = _Probe(account, transport)
        whole = probe.first_of(WHOLE)
    except UpstreamError:
        return tuple(HaloScope(need.name, need.needed_for, None) for need in NEEDED)
    return tuple(HaloScope(need.name, need.needed_for, _has(probe, need, whole)) for need in NEEDED)


@dataclass(frozen=True, slots=True)
class _Limited:
    """A token, and the scopes that HaloPSA says it is good for, if it says so."""

    token: str = field(repr=False)
    scopes: frozenset[str] | None


class _Probe:
    """Asks for tokens and with tokens; all of it together may take as long as one call."""

    def __init__(self, account: HaloAccount, transport: Transport) -> None:
        self._account = account
        self._transport = transport
        self._patience = transport.patience()
        self._server = authorisation_server(account, transport, self._patience)

    def first_of(self, scopes: tuple[str, ...]) -> _Limited | None:
        """Return a token that is good for the first scope that the application has, None when it has none of them."""
        tokens = (self._token(scope) for scope in scopes)
        return next((token for token in tokens if token is not None), None)

    def reads(self, path: str, token: str) -> bool | None:
        """Say whether a list can be read with a token; None when the answer does not tell."""
        request = replace(page_request(self._account.api_url, path, 1, 1, {}), token=token)
        status = self._transport.call(request, self._patience).status
        return False if status in (401, 403) else True if status == 200 else None

    def _token(self, scope: str) -> _Limited | None:
        tenant = self._account.tenant or self._server.tenant
        request = self._server.request(self._account, scope, tenant)
        reply = self._server.ask(self._account, self._transport, self._patience, scope, tenant)
        try:
            token = token_of(self._transport, request, reply)
        except UpstreamAuthError as error:
            if error.cause is Cause.PERMISSION:
                return None
            raise
        return _Limited(token.value, _named(parse_json(reply, SOURCE, request.label)))


def _has(probe: _Probe, need: Need, whole: _Limited | None) -> bool | None:
    try:
        token = whole or probe.first_of((need.name, need.wider))
        if token is None or (token.scopes is not None and not is_among(need, token.scopes)):
            return False
        if not need.paths:
            return None if token.scopes is None else True
        answers = [probe.reads(path, token.token) for path in need.paths]
    except UpstreamError:
        return None
    return False if False in answers else None if None in answers else True


def _named(answer: Any) -> frozenset[str] | None:
    """Return the scopes of a token endpoint's answer."""
    text = answer.get("scope") if isinstance(answer, dict) else None
    return frozenset(text.replace(",", " ").split()) if isinstance(text, str) and text.strip() else None
