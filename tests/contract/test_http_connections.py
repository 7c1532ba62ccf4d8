"""Connections: to which addresses they are made, and that closing leaves none behind."""

import gc
import socket
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from billingbot.connectors.http import Policy, Transport, Wire, reading
from billingbot.errors import UpstreamRejected, UpstreamUnavailable
from tests.contract.patient import LOCAL, QUICK, WarpedTime, transport
from tests.contract.raw_server import RawServer, hang, reply
from tests.wait import wait_for

pytestmark = pytest.mark.fault(23)


def ask_of_host(addresses: list[str]) -> None:
    async def look_up(_: str, __: int) -> list[str]:
        return addresses

    asking = Transport("Vendor", Wire(QUICK, frozenset(), look_up), QUICK, WarpedTime().timing())
    try:
        asking.call(reading("https://vendor.example/list", "/list"), asking.patience())
    finally:
        asking.close()


@pytest.mark.parametrize("address", ["127.0.0.1", "10.0.0.1", "::1", "fd00::1", "64:ff9b::7f00:1", "2002:7f00:1::"])
def test_a_public_name_with_a_private_address_is_not_connected_to(address: str) -> None:
    with pytest.raises(UpstreamRejected, match="leads to an address that is not public"):
        ask_of_host(["8.8.8.8", address])


def test_a_name_without_an_address_is_said_to_be_unknown() -> None:
    async def look_up(host: str, port: int) -> list[str]:
        raise socket.gaierror(f"{host}:{port}")

    asking = Transport("Vendor", Wire(QUICK, frozenset(), look_up), QUICK, WarpedTime().timing())
    with pytest.raises(UpstreamUnavailable, match="the host name is not known"):
        asking.call(reading("https://vendor.example/list", "/list"), asking.patience())
    asking.close()


def test_the_environment_cannot_send_us_through_a_proxy(dead_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "ALL_PROXY"):
        monkeypatch.setenv(name, dead_url)

    with RawServer(reply()) as server, transport() as asking:
        assert asking.call(reading(server.url, "/list"), asking.patience()).status == 200


def test_closing_ends_what_is_under_way_and_leaves_no_thread_behind() -> None:
    before = set(threading.enumerate())
    with RawServer(hang) as server, ThreadPoolExecutor(1) as waiting:
        policy = Policy(try_seconds=30, tries=1)
        asking = Transport("Vendor", Wire(policy, LOCAL), policy)
        call = waiting.submit(asking.call, reading(server.url, "/list"), asking.patience())
        wait_for(lambda: server.hits, "the call to arrive")
        asking.close()
        asking.close()
        with pytest.raises(UpstreamUnavailable, match="closed by BillingBot"):
            call.result()

    gc.collect()  # anything left open would warn here, and warnings are errors
    assert before == set(threading.enumerate())
