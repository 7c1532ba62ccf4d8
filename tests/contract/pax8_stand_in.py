"""Pax8 on a raw server: answers by path, as rude as a test needs them."""

import asyncio
import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any
from urllib.parse import parse_qs, urlsplit

from billingbot.connectors.http import Transport, Wire
from billingbot.connectors.pax8 import SOURCE, Pax8, Pax8Account
from tests.contract.patient import LOCAL, QUICK, WarpedTime
from tests.contract.raw_server import RawServer, Received, reply

Row = dict[str, Any]


@contextmanager
def answering(answers: Mapping[str, Row], page_size: int = 200) -> Iterator[tuple[Pax8, RawServer]]:
    """Yield Pax8 that answers each path with its answer, and with an empty list elsewhere; and the server.

    `/invoices 2026-10` stands for the invoices of that month, `/invoices` for those of any.
    """

    async def serve(request: Received, writer: asyncio.StreamWriter) -> None:
        url = urlsplit(request.target)
        (start,) = parse_qs(url.query).get("invoiceDateRangeStart", [""])
        found = answers.get(f"{url.path} {start[:7]}") or answers.get(url.path) or listed()
        token = {"access_token": "token", "expires_in": 86400}
        await reply(body=json.dumps(token if request.method == "POST" else found).encode())(request, writer)

    with RawServer(serve) as server:
        account = Pax8Account(server.url, f"{server.url}/token", "api://audience", "my-id", "my-secret")
        connection = Pax8(account, Transport(SOURCE, Wire(QUICK, LOCAL), QUICK, WarpedTime().timing()), page_size)
        try:
            yield connection, server
        finally:
            connection.close()


def listed(*rows: Row) -> Row:
    """Return a list of one page; as Pax8 does, without content when it is empty."""
    page = {"size": 200, "totalElements": len(rows), "totalPages": 1, "number": 0}
    return {"content": list(rows), "page": page} if rows else {"page": page}


def ignore(done: int, total: int) -> None:
    """Hear of a page."""
