"""A HaloPSA of a few rows that behaves as a test wants it to, where the sandbox behaves as HaloPSA does."""

import asyncio
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs, urlsplit

from billingbot.connectors.halo import SOURCE, HaloAccount, HaloPsa
from billingbot.connectors.http import Transport, Wire
from tests.contract.patient import LOCAL, QUICK, WarpedTime
from tests.contract.raw_server import RawServer, Received, reply

Row = dict[str, Any]


def invoice_row(invoice_id: int, **given: Any) -> Row:
    """Return an invoice or recurring invoice of client 5, with the keys that HaloPSA sends and we read."""
    return {
        "id": invoice_id,
        "client_id": 5,
        "client_name": "Acme",
        "invoicenumber": f"INV-{invoice_id}",
        "invoice_date": "2026-11-02T00:00:00",
        "total": 10.5,
        "posted": False,
        "voided": False,
        "datepaid": None,
        "amountpaid": 0,
        "reference": None,
        "contract_ref": None,
        "nextcreationdate": None,
        "disabled": False,
        **given,
    }


@dataclass
class HaloStandIn:
    """Serves `lists` and `ones` by path. `authinfo` is its answer, or None for an older instance that has none."""

    lists: Mapping[str, Sequence[Row]] = field(default_factory=dict)
    ones: Mapping[str, object] = field(default_factory=dict)
    authinfo: Callable[[str], Row] | None = None
    token_path: str = "/auth/token"
    server: RawServer = field(init=False)

    async def answer(self, request: Received, writer: asyncio.StreamWriter) -> None:
        path = urlsplit(request.target).path
        body: object = None
        if path == "/api/authinfo" and self.authinfo is not None:
            body = self.authinfo(self.server.url)
        elif path == self.token_path:
            body = {"access_token": "token", "token_type": "Bearer", "expires_in": 3600}
        elif path in self.ones:
            body = self.ones[path]
        elif path in self.lists:
            key = "clients" if path == "/api/Client" else "invoices"
            rows = self.lists[path]
            body = {"page_no": 1, "page_size": 100, "record_count": len(rows), key: rows}
        if body is None:
            await reply(404, b"")(request, writer)
        else:
            await reply(body=json.dumps(body).encode())(request, writer)

    def sign_ins(self) -> list[Received]:
        return [hit for hit in self.server.hits if hit.method == "POST"]


@contextmanager
def connected(stand_in: HaloStandIn, tenant: str = "") -> Iterator[HaloPsa]:
    """Yield HaloPsa connected to the stand-in."""
    with RawServer(stand_in.answer) as server:
        stand_in.server = server
        account = HaloAccount(server.url, "my-id", "my secret&more", tenant, LOCAL)
        halo = HaloPsa(account, Transport(SOURCE, Wire(QUICK, LOCAL), QUICK, WarpedTime().timing()))
        try:
            yield halo
        finally:
            halo.close()


def query_of(request: Received) -> dict[str, list[str]]:
    return parse_qs(urlsplit(request.target).query)
