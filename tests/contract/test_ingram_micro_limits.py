"""Ingram Micro's rate limits, on a clock that waits for nobody: 60 calls a minute at each endpoint, never more."""

import asyncio
import json
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from urllib.parse import parse_qs, urlsplit

import pytest

from billingbot.connectors.http import Policy, Request
from billingbot.connectors.ingram_micro import SOURCE, IngramMicro
from billingbot.errors import UpstreamRateLimited
from billingbot.sandbox.dataset import build
from billingbot.sandbox.ingram_micro_books import IngramMicroBooks
from billingbot.sandbox.server import Sandbox
from tests.contract.ingram_micro_stand_in import OCTOBER, TODAY, answering, connected_to, ignore, orders
from tests.contract.patient import WarpedTime, transport
from tests.contract.raw_server import RawServer, Received, in_turn, reply


@dataclass
class Log:
    """When calls came to each endpoint, by the clock of the test."""

    time: WarpedTime = field(default_factory=WarpedTime)
    calls: defaultdict[str, list[float]] = field(default_factory=lambda: defaultdict(list))

    def note(self, path: str) -> None:
        endpoint = re.sub(r"invoices/.*", "invoices/{number}", path)
        self.calls[endpoint].append(self.time.clock())


@contextmanager
def logged(count: int) -> Iterator[tuple[IngramMicro, Log]]:
    """Yield a connection to lists of so many rows, read one a page, and the log of its calls."""
    log = Log()

    async def listed(request: Received, writer: asyncio.StreamWriter) -> None:
        url = urlsplit(request.target)
        log.note(url.path)
        query = parse_qs(url.query)
        number = (query.get("pageNumber") or query["page"])[0]
        row = {"ingramOrderNumber": number, "endUserCompanyName": f"Acme {number}", "renewalId": int(number)}
        row |= {"invoiceNumber": number, "invoiceDate": "2026-10-01"}
        page = {"orders": [row], "renewals": [row], "invoices": [row], "recordsFound": count}
        await reply(body=json.dumps(page).encode())(request, writer)

    async def invoice(request: Received, writer: asyncio.StreamWriter) -> None:
        path = urlsplit(request.target).path
        log.note(path)
        page = {"invoiceNumber": path.rpartition("/")[2], "lines": [], "summary": {"totals": {}}}
        await reply(body=json.dumps(page | {"fxRateInfo": {"currencyCode": "USD"}}).encode())(request, writer)

    lists = dict.fromkeys(("/orders/search", "/renewals/search", "/v6/invoices"), listed)
    details = {f"/v6.1/invoices/{number}": invoice for number in range(1, count + 1)}
    with answering({**lists, **details}, log.time, page_size=1) as (ingram, _):
        yield ingram, log


def most_in_a_minute(times: Sequence[float]) -> int:
    return max(sum(1 for other in times if 0 <= other - start < 60) for start in times)


def test_no_endpoint_is_called_more_than_60_times_in_a_minute() -> None:
    with logged(150) as (ingram, log):
        ingram.companies(ignore)
        ingram.charges(OCTOBER, TODAY, ignore)

    assert {endpoint.rpartition("/resellers/")[2]: len(times) for endpoint, times in log.calls.items()} == {
        "v6/orders/search": 150,
        "v6/renewals/search": 150,
        "v6/invoices": 150,
        "v6.1/invoices/{number}": 150,
    }
    assert {most_in_a_minute(times) for times in log.calls.values()} == {60}


def test_an_endpoint_does_not_wait_for_another() -> None:
    with logged(60) as (ingram, log):
        ingram.companies(ignore)
        ingram.charges(OCTOBER, TODAY, ignore)

    assert log.time.slept == []


def test_10000_end_users_are_read_in_two_minutes_and_the_sandbox_refuses_nothing() -> None:
    time = WarpedTime()
    data = build(seed=1, clients=10_000, companies=10_000, today=TODAY)
    with Sandbox(data, clock=time.clock) as sandbox, connected_to(sandbox, time) as ingram:
        companies = ingram.companies(ignore)

        pages = -(-len(IngramMicroBooks(data).orders) // 100)
        assert sandbox.control.requests("/ingram_micro/resellers/v6/orders/search") == pages > 110
        assert len(companies) > 9_500
        assert sum(time.slept) < 125


def test_a_429_is_waited_out_until_the_reset_that_it_names() -> None:
    time = WarpedTime()
    refused = reply(
        429, b'{"errors": [{"field": null, "message": "too many requests"}]}', X_RateLimit_Reset=str(int(time.now) + 17)
    )
    page = reply(body=json.dumps(orders({"endUserCompanyName": "Acme"})).encode())

    with answering({"/orders/search": in_turn(refused, page)}, time) as (ingram, server):
        assert [company.name for company in ingram.companies(ignore)] == ["Acme"]

        assert time.slept == [17]
        first, second = server.hits[1:3]
        assert first.headers["im-correlationid"] == second.headers["im-correlationid"]


def test_a_limit_that_does_not_end_is_given_up() -> None:
    time = WarpedTime()
    refused = reply(429, X_RateLimit_Reset=str(int(time.now) + 3600))

    with answering({"/orders/search": refused}, time) as (ingram, _), pytest.raises(UpstreamRateLimited) as caught:
        ingram.companies(ignore)

    sentence = "its rate limit asks to wait 3600 s on /orders/search page 1, longer than we wait."
    assert str(caught.value) == f"{SOURCE}: {sentence}"


def test_vendors_with_one_limit_for_everything_keep_one() -> None:
    time = WarpedTime()
    policy = Policy(rate_calls=2, rate_window=60)

    with RawServer(reply()) as server, transport(policy, time.timing()) as asking:
        for endpoint in ("", "", "a", "a", ""):
            request = Request("GET", server.url, "a row", repeatable=True, endpoint=endpoint)
            asking.call(request, asking.patience())

    assert [round(wait) for wait in time.slept] == [60]
