"""Calls that carry a token. A 401 renews the token once; a second one is the vendor's last word."""

from dataclasses import replace
from typing import Any

from billingbot.connectors.http.json_body import parse_json
from billingbot.connectors.http.message import Reply, Request
from billingbot.connectors.http.patience import Patience
from billingbot.connectors.http.tokens import OAUTH_KEYS, SignIn, Token, Tokens, read_token
from billingbot.connectors.http.transport import Transport
from billingbot.errors import NotFound, UpstreamAuthError, UpstreamError, UpstreamRejected

_NO_CONTENT = 204


class SignedIn:
    """One vendor's API as one account. Any number of threads may use it."""

    def __init__(self, transport: Transport, sign_in: SignIn) -> None:
        self._transport = transport
        self._tokens = Tokens(sign_in, transport.timing.clock)

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
            raise refusal(self._transport, signed, reply)
        return None if reply.status == _NO_CONTENT else parse_json(reply, self._transport.source, request.label)


def refusal(transport: Transport, request: Request, reply: Reply) -> UpstreamError:
    """Return the error that an answer means which is neither a success nor worth a retry."""
    words = transport.words(request, reply)
    kind: type[UpstreamError] = UpstreamRejected
    if reply.status == 401:
        kind = UpstreamAuthError
        sentence = (
            f"{request.label} answered 401 to a new token too{words}: the account lacks the permission to read it."
        )
    elif reply.status == 403:
        kind = UpstreamAuthError
        sentence = f"{request.label} answered 403{words}: the account lacks the permission to read it."
    elif reply.status < 400:
        sentence = f"{request.label} answered with a redirect ({reply.status}), which is not followed."
    else:
        sentence = f"{request.label} was refused with {reply.status}{words}."
    return kind(sentence, source=transport.source, status=reply.status)


def refused_sign_in(transport: Transport, request: Request, reply: Reply) -> UpstreamAuthError:
    """Return the error that an answer means which is about the credentials."""
    sentence = f"the sign-in was refused with {reply.status}{transport.words(request, reply)}: check the credentials."
    return UpstreamAuthError(sentence, source=transport.source, status=reply.status)


def token_for(transport: Transport, request: Request, patience: Patience, keys: tuple[str, str] = OAUTH_KEYS) -> Token:
    """Ask a token endpoint, whose answer has token and seconds under `keys`.

    Raises `UpstreamAuthError` when it refuses the credentials, and other `UpstreamError`.
    """
    reply = transport.call(request, patience)
    if reply.status in (400, 401, 403):
        raise refused_sign_in(transport, request, reply)
    if not 200 <= reply.status < 300:
        raise refusal(transport, request, reply)
    return read_token(parse_json(reply, transport.source, request.label), transport.source, keys)
