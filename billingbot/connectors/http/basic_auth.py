"""Calls that carry a user name and a password each (RFC 7617): there is nothing to sign in to and nothing to renew."""

from base64 import b64encode
from dataclasses import replace
from typing import Any

from billingbot.connectors.http.json_body import parse_json
from billingbot.connectors.http.message import Request
from billingbot.connectors.http.refusals import Explain, refusal, refused_sign_in, unexplained
from billingbot.connectors.http.transport import Transport


class BasicAuth:
    """One vendor's API as one account. Any number of threads may use it.

    Args:
        transport: must know `password` among its secrets; what is made of it for the header is never shown anyway.
        user: without a colon.
        password: any text.
        explain: says what a refusal is about, where the vendor tells more than by its status.
    """

    def __init__(self, transport: Transport, user: str, password: str, explain: Explain = unexplained) -> None:
        self._transport = transport
        self._explain = explain
        self._token = b64encode(f"{user}:{password}".encode()).decode()

    def json(self, request: Request) -> Any:
        """Return the JSON value that the vendor answers with; numbers with a fraction are `Decimal`.

        Raises every kind of `UpstreamError` but `UpstreamListUnstable`. A 401 is the vendor's last word.
        """
        signed = replace(request, token=self._token, scheme="Basic")
        reply = self._transport.call(signed, self._transport.patience())
        if reply.status == 401:
            raise refused_sign_in(self._transport, signed, reply, self._explain)
        if not 200 <= reply.status < 300:
            raise refusal(self._transport, signed, reply, self._explain)
        return parse_json(reply, self._transport.source, request.label)
