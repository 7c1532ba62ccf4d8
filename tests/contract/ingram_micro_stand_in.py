"""Ingram Micro's connector with a clock of tests: at the sandbox, and at a server that answers what it is told to."""

import asyncio
import json
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from typing import Any
from urllib.parse import urlsplit
from uuid import uuid4

from billingbot.connectors.http import Transport, Wire
from billingbot.connectors.ingram_micro import POLICY, SOURCE, Api, IngramMicro, account_of
from billingbot.domain.charge import Statement
from billingbot.domain.period import Period
from billingbot.sandbox.connections import sandbox_connections
from billingbot.sandbox.server import Sandbox
from tests.contract.patient import LOCAL, WarpedTime
from tests.contract.raw_server import Answer, RawServer, Received, reply

TODAY = date(2026, 11, 20)
OCTOBER = Period(2026, 10)
GIVEN = {
    "client_id": "my-id",
    "client_secret": "my-secret",
    "customer_number": "20-222222",
    "country_code": "us",
}
NOTHING: Answer = reply(204, b"")


@contextmanager
def connected(credentials: Mapping[str, str], time: WarpedTime, page_size: int = 100) -> Iterator[IngramMicro]:
    """Yield a connection, and close it."""
    account = account_of(credentials, LOCAL)
    transport = Transport(SOURCE, Wire(POLICY, LOCAL), POLICY, time.timing(), [account.client_secret])
    connection = IngramMicro(Api(account, transport, lambda: uuid4().hex), lambda: TODAY, page_size)
    try:
        yield connection
    finally:
        connection.close()


@contextmanager
def connected_to(sandbox: Sandbox, time: WarpedTime | None = None) -> Iterator[IngramMicro]:
    """Yield a connection to a sandbox; waits for the rate limit pass at once."""
    with connected(sandbox_connections(sandbox.url)["ingram_micro"], time or WarpedTime()) as connection:
        yield connection


@contextmanager
def answering(
    answers: Mapping[str, Any], time: WarpedTime | None = None, page_size: int = 100
) -> Iterator[tuple[IngramMicro, RawServer]]:
    """Yield a connection, and the server behind it. Answers are JSON or an `Answer`, by the end of the path.

    Orders, renewals and invoices that are not told are none; the sign-in works unless it is told otherwise.
    """
    usual: dict[str, Any] = {"/token": {"access_token": "t0ken", "expires_in": "86399"}}
    usual |= dict.fromkeys(("/orders/search", "/renewals/search", "/v6/invoices"), NOTHING)

    async def serve(request: Received, writer: asyncio.StreamWriter) -> None:
        path = urlsplit(request.target).path
        found = next(answer for end, answer in {**usual, **answers}.items() if path.endswith(end))
        answer = found if callable(found) else reply(body=json.dumps(found).encode())
        await answer(request, writer)

    with RawServer(serve) as server:
        urls = {"base_url": f"{server.url}/resellers", "token_url": f"{server.url}/oauth/token"}
        with connected({**GIVEN, **urls}, time or WarpedTime(), page_size) as connection:
            yield connection, server


def orders(*rows: Mapping[str, Any]) -> dict[str, Any]:
    """Return a page with these orders, numbers as texts."""
    numbered = [{"ingramOrderNumber": f"20-{place:05}", **row} for place, row in enumerate(rows)]
    return {"recordsFound": str(len(rows)), "pageSize": "100", "pageNumber": "1", "orders": numbered}


def renewals(*names: str | None) -> dict[str, Any]:
    """Return a page with renewals of these end users."""
    rows = [{"renewalId": 4239056 + place, "endUser": name} for place, name in enumerate(names)]
    return {"recordsFound": len(rows), "pageSize": 100, "pageNumber": 1, "renewals": rows}


def invoices(*rows: Mapping[str, Any]) -> dict[str, Any]:
    """Return a page with these invoices, dated in October 2026 unless they say otherwise."""
    dated = [{"invoiceDate": "2026-10-29", "invoiceStatus": "OPEN", **row} for row in rows]
    return {"recordsFound": len(rows), "pageSize": 100, "pageNumber": 1, "invoices": dated}


def line(number: str = "1", **changes: Any) -> dict[str, Any]:
    """Return a line of an invoice, numbers as texts."""
    usual = {"ingramLineNumber": number, "productDescription": "Cable", "vendorPartNumber": "C-1", "quantity": 2}
    money = {"unitPrice": "4.50", "extendedPrice": "9.00", "taxAmount": 0, "currencyCode": "USD"}
    return {**usual, **money, "unitOfMeasure": "EA", **changes}


def detail(
    *lines: dict[str, Any], misc: Any = None, totals: dict[str, Any] | None = None, **more: Any
) -> dict[str, Any]:
    """Return an invoice of Acme with these lines."""
    summary = {"miscCharges": misc, "totals": totals or {}}
    end_user = {"companyName": "Acme, Inc.", "postalCode": "10115"}
    return {"invoiceNumber": "40-DPJ17-11", "lines": list(lines), "endUserInfo": end_user, "summary": summary, **more}


def statement_of(invoice: dict[str, Any], **listed: Any) -> Statement:
    """Return the statement of October when there is this invoice alone."""
    page = invoices({"invoiceNumber": "40DPJ1711", **listed})
    with answering({"/v6/invoices": page, "/40DPJ1711": invoice}) as (ingram, _):
        return ingram.charges(OCTOBER, TODAY, ignore)


def words(name: str) -> str:
    """Return what tells the name from others: its words in small letters."""
    return " ".join(re.findall(r"[^\W_]+", name.casefold()))


def ignore(done: int, total: int) -> None:
    """Hear of a page."""
