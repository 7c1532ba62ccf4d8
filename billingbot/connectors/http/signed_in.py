"""Calls that carry a token. A 401 renews the token once; a second one is the vendor's last word."""

from dataclasses import replace
from typing import Any

from billingbot.connectors.http.json_body import parse_json
from billingbot.connectors.http.message import Reply, Request
from billingbot.connectors.http.patience import Patience
from billingbot.connectors.http.refusals import Explain, oauth_blame, refusal, refused_sign_in, unexplained
from billingbot.connectors.http.tokens import OAUTH_KEYS, SignIn, Token, Tokens, read_token
from billingbot.connectors.http.transport import Transport
from billingbot.errors import NotFound

_NO_CONTENT = 204


class SignedIn:
    """One vendor's API as one account. Any number of threads may use it.

    Args:
        transport: how to call it.
        sign_in: returns a new token.
        explain: says what a refusal is about, where the vendor tells more than by its status.
    """

    def __init__(self, transport: Transport, sign_in: SignIn, explain: Explain = unexplained) -> None:
        self._transport = transport
        self._tokens = Tokens(sign_in, transport.timing.clock)
        self._explain = explain

    def json(self, request: Request, *, missing: str = "") -> Any:
        """Return the JSON value that the vendor answers with; numbers with a fraction are `Decimal`. None for a 204.

        Raises every kind of `UpstreamError` but `UpstreamListUnstable`; and `NotFound` with the sentence `missing`,
        when one is given, for a 404 to this request. A 404 to the sign-in says nothing about what was asked for.
        """
        patience = self._transport.patience()
        signed = replace(request, token=self._tokens.current(patience))
        reply = self._transport.call(signed, patience)
        if reply.status == 401:
            signed = replace(request, token=self._tokens.current(patience, refused=signed.token))
            reply = self._transport.call(signed, patience)
        if missing and reply.status == 404:
            raise NotFound(missing)
        if not 200 <= reply.status < 300:
            raise refusal(self._transport, signed, reply, self._explain)
        return None if reply.status == _NO_CONTENT else parse_json(reply, self._transport.source, request.label)


def token_for(
    transport: Transport,
    request: Request,
    patience: Patience,
    keys: tuple[str, str] = OAUTH_KEYS,
    explain: Explain = oauth_blame,
) -> Token:
    """Ask a token endpoint, whose answer has token and seconds under `keys`.

    Raises `UpstreamAuthError` when it refuses the credentials, of which `explain` may tell which; and other
    `UpstreamError`.
    """
    return token_of(transport, request, transport.call(request, patience), keys, explain)


def token_of(
    transport: Transport,
    request: Request,
    reply: Reply,
    keys: tuple[str, str] = OAUTH_KEYS,
    explain: Explain = oauth_blame,
) -> Token:
    """Return the token of a token endpoint's answer. Raises what `token_for` raises."""
    if reply.status in (400, 401, 403):
        raise refused_sign_in(transport, request, reply, explain)
    if not 200 <= reply.status < 300:
        raise refusal(transport, request, reply)
    return read_token(parse_json(reply, transport.source, request.label), transport.source, keys)
