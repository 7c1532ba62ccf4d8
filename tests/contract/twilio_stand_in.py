"""Twilio as a test wants it: a stand-in that answers by path, and rows as Twilio writes them."""

import asyncio
import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlsplit

from billingbot.connectors.http import Transport, Wire
from billingbot.connectors.twilio import SOURCE, Twilio, TwilioAccount
from tests.contract.patient import LOCAL, QUICK, WarpedTime
from tests.contract.raw_server import RawServer, Received, reply

PARENT = "AC" + "0" * 32
ONE, TWO = "AC" + "1" * 32, "AC" + "2" * 32
TOKEN = "my-auth-token"
ACCOUNTS = "/2010-04-01/Accounts.json"

Row = dict[str, Any]
Answer = Row | tuple[int, Row]


@contextmanager
def answering(answers: Mapping[str, Answer]) -> Iterator[tuple[Twilio, RawServer]]:
    """Yield Twilio that answers by target, else by path, else 404; and the server that does so.

    An answer is a body, or a status and a body.
    """

    async def serve(request: Received, writer: asyncio.StreamWriter) -> None:
        found = answers.get(request.target, answers.get(urlsplit(request.target).path, (404, {"code": 20404})))
        status, body = found if isinstance(found, tuple) else (200, found)
        await reply(status, json.dumps(body).encode())(request, writer)

    with RawServer(serve) as server:
        account = TwilioAccount(server.url, PARENT, PARENT, TOKEN)
        twilio = Twilio(account, Transport(SOURCE, Wire(QUICK, LOCAL), QUICK, WarpedTime().timing(), secrets=[TOKEN]))
        try:
            yield twilio, server
        finally:
            twilio.close()


def usage_path(sid: str, resource: str) -> str:
    return f"/2010-04-01/Accounts/{sid}/Usage/Records/{resource}.json"


def account(sid: str, name: str = "Acme", **changes: Any) -> Row:
    row = {"sid": sid, "owner_account_sid": PARENT, "friendly_name": name, "status": "active"}
    return {**row, "auth_token": "canary-row-token", **changes}


def accounts(*rows: Row, next_page: str | None = None) -> Row:
    return {"accounts": list(rows), "page": 0, "page_size": 1000, "next_page_uri": next_page}


def record(category: str, price: str, usage: str = "1", **changes: Any) -> Row:
    """Return a usage record of account ONE in October 2026."""
    row = {"account_sid": ONE, "category": category, "description": category.title(), "count": "2"}
    row |= {"count_unit": "calls", "usage": usage, "usage_unit": "minutes", "price": price, "price_unit": "usd"}
    return {**row, "start_date": "2026-10-01", "end_date": "2026-10-31", **changes}


def records(*rows: Row, next_page: str | None = None) -> Row:
    return {"usage_records": list(rows), "page": 0, "page_size": 1000, "next_page_uri": next_page}


def ignore(done: int, total: int) -> None:
    """Hear of a page."""
