"""The Ingram Micro Cloud connector with a clock of tests: at the sandbox, and at a server that answers as told."""

import asyncio
import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlsplit

from billingbot.connectors.http import Transport, Wire
from billingbot.connectors.ingram_cloud import POLICY, SOURCE, Api, IngramCloud, IngramCloudAccount
from billingbot.sandbox.credentials import SANDBOX_CREDENTIALS
from billingbot.sandbox.server import Sandbox
from tests.contract.patient import LOCAL, WarpedTime
from tests.contract.raw_server import RawServer, Received, reply

Row = dict[str, Any]
TOKEN = {"token": "t0ken", "expiresInSeconds": 1500}


@contextmanager
def connected(account: IngramCloudAccount, time: WarpedTime, page_size: int = 500) -> Iterator[IngramCloud]:
    """Yield a connection, and close it."""
    transport = Transport(SOURCE, Wire(POLICY, LOCAL), POLICY, time.timing(), account.secrets)
    connection = IngramCloud(Api(account, transport, page_size))
    try:
        yield connection
    finally:
        connection.close()


@contextmanager
def connected_to(sandbox: Sandbox, time: WarpedTime, page_size: int = 500) -> Iterator[IngramCloud]:
    """Yield a connection to a sandbox."""
    known = SANDBOX_CREDENTIALS
    account = IngramCloudAccount(
        f"{sandbox.url}/ingram_cloud",
        known.ingram_cloud_marketplace,
        known.ingram_cloud_username,
        known.ingram_cloud_password,
        known.ingram_cloud_subscription_key,
    )
    with connected(account, time, page_size) as connection:
        yield connection


@contextmanager
def answering(answers: Mapping[str, Any], time: WarpedTime | None = None) -> Iterator[tuple[IngramCloud, RawServer]]:
    """Yield a connection, and the server behind it. Answers are JSON or an `Answer`, by path; other lists are empty."""
    usual: dict[str, Any] = {"/token": TOKEN} | dict.fromkeys(("/customers", "/orders", "/products"), listed())

    async def serve(request: Received, writer: asyncio.StreamWriter) -> None:
        told = {**usual, **answers}[urlsplit(request.target).path]
        answer = told if callable(told) else reply(body=json.dumps(told).encode())
        await answer(request, writer)

    with RawServer(serve) as server:
        account = IngramCloudAccount(server.url, "us", "my-user", "my-pass-word", "my-key")
        with connected(account, time or WarpedTime()) as connection:
            yield connection, server


def listed(*rows: Row) -> Row:
    """Return a list of one page."""
    return {"data": list(rows), "pagination": {"offset": 0, "limit": 500, "total": len(rows)}}


def usd(amount: str) -> Row:
    """Return an amount in USD."""
    return {"currency": "USD", "amount": amount}


def order(*details: Row, **changes: Any) -> Row:
    """Return a completed sales order of October."""
    row = {"id": "7", "type": "sales", "customerId": "1", "creationDate": "2026-10-05T12:00:00Z", "status": "completed"}
    return row | {"details": list(details)} | changes


def detail(price: str = "20.00", **changes: Any) -> Row:
    """Return four seats at 5.00 for a month."""
    row: Row = {"type": "recurring", "mpn": "M", "productId": "P", "description": "Recurring", "quantity": 4}
    row |= {"unitPrice": usd("5.00"), "duration": {"type": "month", "duration": 1.0}}
    return row | {"extendedPrice": usd(price)} | changes


def product(**changes: Any) -> Row:
    """Return the product of `detail`, which costs 4.20 a unit."""
    row: Row = {"id": "P", "mpn": "M", "name": "Seats", "vendor": "Microsoft", "serviceName": "O365_APS"}
    row |= {"prices": [usd("5.00") | {"type": "recurring", "model": "FLAT"}]}
    return row | {"costs": [usd("4.20") | {"type": "recurring", "model": "FLAT"}]} | changes


def ignore(done: int, total: int) -> None:
    """Hear of a page."""
