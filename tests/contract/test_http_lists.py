"""What becomes of a list when the sandbox breaks one of its pages: every fault, at every page, of both vendors."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

import pytest

from billingbot.connectors import halo, pax8
from billingbot.connectors.http import Policy, Transport, Wire
from billingbot.domain.party import Client, Company
from billingbot.errors import (
    UpstreamAuthError,
    UpstreamError,
    UpstreamListUnstable,
    UpstreamRateLimited,
    UpstreamSchemaError,
    UpstreamUnavailable,
)
from billingbot.ports import PageSeen
from billingbot.sandbox.dataset import build
from billingbot.sandbox.faults import Fault, FaultKind
from billingbot.sandbox.server import Sandbox
from tests.contract.patient import LOCAL, WarpedTime

pytestmark = pytest.mark.fault(17)

POLICY = Policy(try_seconds=5, tries=3)
PAGES = (1, 2, 3)


def ignore(done: int, total: int) -> None:
    """Hear of a page."""


@dataclass(frozen=True)
class Reading:
    """A connected vendor: reading its list, where that list is, and which ids are the right ones."""

    read: Callable[[PageSeen], list[Client] | list[Company]]
    path: str
    ids: list[int] | list[str]
    sandbox: Sandbox

    def ids_read(self) -> list[int | str]:
        rows = self.read(ignore)
        return [row.client_id if isinstance(row, Client) else row.company_id for row in rows]


@pytest.fixture(scope="module")
def running() -> Iterator[Sandbox]:
    with Sandbox(build(seed=1, clients=8, companies=8, today=date(2026, 11, 20)), rate_limit=None) as started:
        yield started


@pytest.fixture(scope="module")
def wire() -> Iterator[Wire]:
    made = Wire(POLICY, LOCAL)
    yield made
    made.close()


@pytest.fixture(params=["halo", "pax8"])
def reading(request: pytest.FixtureRequest, running: Sandbox, wire: Wire) -> Iterator[Reading]:
    is_halo = request.param == "halo"
    transport = Transport(halo.SOURCE if is_halo else pax8.SOURCE, wire, POLICY, WarpedTime().timing())
    yield _halo_reading(running, transport) if is_halo else _pax8_reading(running, transport)
    running.control.clear_faults()


def _halo_reading(sandbox: Sandbox, transport: Transport) -> Reading:
    given = sandbox.credentials
    account = halo.HaloAccount(
        sandbox.halo_url, given.halo_client_id, given.halo_client_secret, given.halo_tenant, LOCAL
    )
    ids = [client.client_id for client in sandbox.data.clients]
    return Reading(halo.HaloPsa(account, transport, page_size=3).clients, "/halo/api/Client", ids, sandbox)


def _pax8_reading(sandbox: Sandbox, transport: Transport) -> Reading:
    url, given = sandbox.pax8_url, sandbox.credentials
    audience = "https://api.pax8.com"
    account = pax8.Pax8Account(url, f"{url}/token", audience, given.pax8_client_id, given.pax8_client_secret)
    ids = sorted(company.company_id for company in sandbox.data.companies)
    return Reading(pax8.Pax8(account, transport, page_size=3).companies, "/pax8/v1/companies", ids, sandbox)


# What it becomes, and what its sentence must say.
LASTING: dict[FaultKind, tuple[type[UpstreamError], str]] = {
    FaultKind.RATE_LIMITED: (UpstreamRateLimited, "its rate limit refuses further calls on"),
    FaultKind.SERVER_ERROR: (UpstreamUnavailable, "the service answered 500"),
    FaultKind.UNAVAILABLE: (UpstreamUnavailable, "the service answered 503"),
    FaultKind.UNAUTHORIZED: (UpstreamAuthError, "answered 401 to a new token too"),
    FaultKind.WRONG_CLOCK: (UpstreamAuthError, "this computer's clock is"),
    FaultKind.HTML: (UpstreamSchemaError, "answered with text/html instead of JSON"),
    FaultKind.RESET: (UpstreamUnavailable, "the connection broke before the answer was complete on"),
    FaultKind.TRUNCATED: (UpstreamUnavailable, "the connection broke before the answer was complete on"),
    FaultKind.BROKEN_JSON: (UpstreamSchemaError, "answered with JSON that cannot be read"),
    FaultKind.ANSWER_LOST: (UpstreamUnavailable, "the connection broke before the answer was complete on"),
    FaultKind.SHORT_PAGE: (UpstreamListUnstable, "is empty, after"),
    FaultKind.DUPLICATE_ROWS: (UpstreamListUnstable, "again"),
    FaultKind.MISSING_ID: (UpstreamSchemaError, "a row without id lacks 'id'"),
    FaultKind.MISSING_NAME: (UpstreamSchemaError, "lacks 'name'"),
    FaultKind.WRONG_TYPE: (UpstreamSchemaError, "'id' is not a"),
}


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("kind", LASTING)
def test_a_list_with_a_broken_page_is_refused_with_a_clear_error(reading: Reading, kind: FaultKind, page: int) -> None:
    expected, sentence = LASTING[kind]
    reading.sandbox.control.fault(Fault(kind, reading.path, page=page))

    with pytest.raises(UpstreamError) as caught:
        reading.ids_read()

    assert type(caught.value) is expected
    assert sentence in str(caught.value)
    if kind is not FaultKind.SHORT_PAGE:  # which shows only after the last page
        assert f"page {page}" in str(caught.value)


# The list moves or shrinks: nothing is wrong with its first page alone.
MOVING = (
    FaultKind.LOOPING_PAGE,
    FaultKind.ROW_REMOVED,
    FaultKind.ROW_INSERTED,
    FaultKind.HALF_LIST,
    FaultKind.EMPTY_LIST,
)


@pytest.mark.parametrize("page", PAGES[1:])
@pytest.mark.parametrize("kind", MOVING)
def test_a_list_that_moves_while_it_is_read_is_refused(reading: Reading, kind: FaultKind, page: int) -> None:
    reading.sandbox.control.fault(Fault(kind, reading.path, page=page))

    with pytest.raises(UpstreamListUnstable, match=f"changed while it was read, 2 times in a row: page {page} "):
        reading.ids_read()


@pytest.mark.parametrize("kind", [FaultKind.ROW_REMOVED, FaultKind.ROW_INSERTED, FaultKind.LOOPING_PAGE])
def test_a_list_that_moves_with_every_page_is_refused(reading: Reading, kind: FaultKind) -> None:
    reading.sandbox.control.fault(Fault(kind, reading.path))

    with pytest.raises(UpstreamListUnstable, match="changed while it was read"):
        reading.ids_read()


PASSING = (*MOVING, FaultKind.SHORT_PAGE, FaultKind.DUPLICATE_ROWS)


@pytest.mark.parametrize("kind", PASSING)
def test_a_list_that_moved_once_is_read_again_from_the_start(reading: Reading, kind: FaultKind) -> None:
    reading.sandbox.control.fault(Fault(kind, reading.path, page=2, times=1))

    assert reading.ids_read() == reading.ids


RETRIED = (
    FaultKind.RATE_LIMITED,
    FaultKind.SERVER_ERROR,
    FaultKind.UNAVAILABLE,
    FaultKind.UNAUTHORIZED,
    FaultKind.RESET,
    FaultKind.TRUNCATED,
    FaultKind.ANSWER_LOST,
)


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("kind", RETRIED)
def test_a_page_that_fails_once_costs_one_more_request(reading: Reading, kind: FaultKind, page: int) -> None:
    reading.sandbox.control.fault(Fault(kind, reading.path, page=page, times=1))
    before = reading.sandbox.control.requests(reading.path)

    assert reading.ids_read() == reading.ids
    assert reading.sandbox.control.requests(reading.path) - before == len(PAGES) + 1


def test_every_kind_of_fault_is_tested_here() -> None:
    harmless = {FaultKind.LATENCY}

    assert {*LASTING, *MOVING} | harmless == set(FaultKind)


def test_a_list_that_is_short_and_says_so_is_read_as_it_is(reading: Reading) -> None:
    reading.sandbox.control.fault(Fault(FaultKind.EMPTY_LIST, reading.path))

    assert reading.ids_read() == []


def test_tokens_that_end_in_the_middle_are_renewed_once(reading: Reading) -> None:
    control = reading.sandbox.control
    before = sum(control.tokens_issued().values())

    def expire(done: int, total: int) -> None:  # noqa: ARG001 - the names are those of the port
        control.expire_tokens()

    rows = reading.read(expire)

    assert len(rows) == len(reading.ids)
    # One to begin with, and one for each page after a token was made worthless.
    assert sum(control.tokens_issued().values()) - before == len(PAGES)
