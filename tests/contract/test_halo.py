"""HaloPSA's connector and its clients: against the sandbox with HaloPSA's traps, and answers that it never gives."""

import dataclasses
from collections.abc import Iterator
from datetime import date

import pytest

from billingbot.connectors.halo import HaloPsa
from billingbot.domain.party import Client
from billingbot.errors import UpstreamError
from billingbot.sandbox.dataset import build
from billingbot.sandbox.faults import Fault, FaultKind
from billingbot.sandbox.halo_rows import SECRET, client_row
from billingbot.sandbox.server import Sandbox
from tests.contract.halo_at_sandbox import connected_to
from tests.contract.halo_stand_in import HaloStandIn, connected, query_of


def ignore(done: int, total: int) -> None:
    """Hear of a page."""


@pytest.fixture(scope="module")
def running() -> Iterator[Sandbox]:
    with Sandbox(build(seed=1, clients=240, companies=4, today=date(2026, 11, 20)), rate_limit=None) as started:
        yield started


@pytest.fixture
def sandbox(running: Sandbox) -> Iterator[Sandbox]:
    yield running
    running.control.clear_faults()


@pytest.fixture
def halo(sandbox: Sandbox) -> Iterator[HaloPsa]:
    with connected_to(sandbox) as connection:
        yield connection


def test_every_active_client_is_read_in_the_order_of_ids(halo: HaloPsa, sandbox: Sandbox) -> None:
    heard: list[tuple[int, int]] = []

    clients = halo.clients(lambda done, total: heard.append((done, total)))

    expected = [(client.client_id, client.name) for client in sandbox.data.clients]
    assert [(client.client_id, client.name) for client in clients] == expected
    assert heard == [(100, 240), (200, 240), (240, 240)]


def test_halos_own_note_of_a_twilio_subaccount_is_kept(halo: HaloPsa, sandbox: Sandbox) -> None:
    rows = [client_row(sandbox.data.seed, client) for client in sandbox.data.clients]
    noted = {row["id"]: row["twilio_subaccount_sid"] for row in rows if row["twilio_subaccount_sid"]}

    clients = halo.clients(ignore)

    assert noted
    assert {
        client.client_id: client.twilio_subaccount_sid for client in clients if client.twilio_subaccount_sid
    } == noted


def test_secrets_and_pictures_of_client_rows_stay_outside(halo: HaloPsa) -> None:
    clients = halo.clients(ignore)

    assert SECRET not in repr(clients)
    assert "base64" not in repr(clients)
    assert {field.name for field in dataclasses.fields(Client)} == {"client_id", "name", "twilio_subaccount_sid"}


def test_checking_signs_in_and_reads_one_row(halo: HaloPsa, sandbox: Sandbox) -> None:
    before = sandbox.control.requests("/halo/api/Client")

    halo.check()

    assert sandbox.control.requests("/halo/api/Client") == before + 1


def test_names_are_cleaned_of_what_no_database_takes() -> None:
    rows = [{"id": 1, "name": "Ac\x00me \ud800\x1b", "twilio_subaccount_sid": ""}]

    with connected(HaloStandIn({"/api/Client": rows})) as halo:
        assert halo.clients(ignore) == [Client(1, "Acme �")]


def test_pages_are_asked_for_in_halos_own_spelling() -> None:
    stand_in = HaloStandIn({"/api/Client": []})

    with connected(stand_in) as halo:
        halo.clients(ignore)

        assert query_of(stand_in.server.hits[-1]) == {
            "pageinate": ["true"],
            "page_size": ["100"],
            "page_no": ["1"],
            "order": ["id"],
            "orderdesc": ["false"],
        }


def test_a_missing_permission_is_said_to_be_one(sandbox: Sandbox, halo: HaloPsa) -> None:
    sandbox.control.fault(Fault(FaultKind.UNAUTHORIZED, "/halo/api/Client"))

    with pytest.raises(UpstreamError) as caught:
        halo.check()

    assert str(caught.value) == (
        "HaloPSA: /Client page 1 answered 401 to a new token too: the account lacks the permission to read it."
    )
