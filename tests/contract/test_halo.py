"""HaloPSA's connector: against the sandbox with HaloPSA's traps, and against answers that the sandbox never gives."""

import dataclasses
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from billingbot.connectors import connect_halo
from billingbot.connectors.halo import HaloPsa
from billingbot.domain.invoice import Invoice, RecurringInvoice
from billingbot.domain.party import Client
from billingbot.errors import UpstreamAuthError, UpstreamError, UpstreamSchemaError
from billingbot.sandbox.connections import sandbox_connections
from billingbot.sandbox.dataset import build
from billingbot.sandbox.faults import Fault, FaultKind
from billingbot.sandbox.halo_rows import SECRET, client_row
from billingbot.sandbox.server import Sandbox
from tests.contract.halo_stand_in import HaloStandIn, connected, invoice_row, query_of
from tests.contract.patient import LOCAL


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
    connection = connect_halo(sandbox_connections(sandbox.url)["halo"], allowed_hosts=LOCAL)
    yield connection
    connection.close()


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


@pytest.mark.parametrize("field", ["client_id", "client_secret", "tenant"])
def test_wrong_credentials_are_said_to_be_wrong(sandbox: Sandbox, field: str) -> None:
    credentials = {**sandbox_connections(sandbox.url)["halo"], field: "wrong"}
    connection = connect_halo(credentials, allowed_hosts=LOCAL)

    with pytest.raises(UpstreamAuthError) as caught:
        connection.check()

    connection.close()
    assert str(caught.value) == "HaloPSA: the sign-in was refused with 401 (invalid_client): check the credentials."


def test_invoices_of_every_client_are_read_newest_first(halo: HaloPsa, sandbox: Sandbox) -> None:
    states = set()
    for client in sandbox.data.clients[:40]:
        invoices = halo.invoices(client.client_id)

        days = [invoice.invoice_date for invoice in invoices if invoice.invoice_date]
        assert days == sorted(days, reverse=True)
        assert {invoice.client_id for invoice in invoices} <= {client.client_id}
        states |= {(invoice.posted, invoice.voided, invoice.paid) for invoice in invoices}

    # Open, posted, paid and voided ones are all among them.
    assert {(False, False, False), (True, False, False), (True, False, True), (True, True, False)} <= states


def test_recurring_invoices_are_read_with_negative_ids_too(halo: HaloPsa, sandbox: Sandbox) -> None:
    found = [
        recurring for client in sandbox.data.clients[:40] for recurring in halo.recurring_invoices(client.client_id)
    ]

    assert min(recurring.recurring_invoice_id for recurring in found) < 0
    assert all(recurring.next_period and recurring.reference and recurring.contract for recurring in found)
    assert {recurring.disabled for recurring in found} == {True, False}


def test_an_invoice_is_read_as_it_is_written() -> None:
    row = invoice_row(7, total=0.1, posted=True, voided=None, amountpaid=0.05, invoicenumber=None)

    with connected(HaloStandIn({"/api/Invoice": [row]})) as halo:
        assert halo.invoices(5) == [
            Invoice(7, 5, "", date(2026, 11, 2), "Acme", Decimal("0.1"), posted=True, voided=False, paid=True)
        ]


def test_a_recurring_invoice_is_read_as_it_is_written() -> None:
    row = invoice_row(-240, total=99, reference="Cloud", contract_ref="C-1", nextcreationdate="2026-12-01T00:00:00")

    with connected(HaloStandIn({"/api/RecurringInvoice": [row]})) as halo:
        assert halo.recurring_invoices(5) == [
            RecurringInvoice(-240, 5, Decimal(99), "Cloud", "C-1", date(2026, 12, 1), disabled=False)
        ]


@pytest.mark.parametrize(
    ("given", "paid"),
    [
        ({}, False),
        ({"amountpaid": None}, False),
        ({"datepaid": "1900-01-01T00:00:00"}, False),
        ({"datepaid": "2026-11-20T00:00:00"}, True),
        ({"amountpaid": 0.01}, True),
    ],
)
def test_an_invoice_with_any_payment_is_paid(given: dict[str, Any], paid: bool) -> None:
    with connected(HaloStandIn({"/api/Invoice": [invoice_row(7, **given)]})) as halo:
        assert [invoice.paid for invoice in halo.invoices(5)] == [paid]


def test_invoices_of_another_client_are_refused() -> None:
    rows = [invoice_row(7), invoice_row(8, client_id=6)]

    with (
        connected(HaloStandIn({"/api/Invoice": rows, "/api/RecurringInvoice": rows})) as halo,
        pytest.raises(UpstreamSchemaError, match="invoices of client 5 were asked for, and invoices of client 6 came"),
    ):
        halo.invoices(5)


@pytest.mark.parametrize("key", ["id", "client_id", "total", "posted", "voided"])
def test_an_invoice_without_a_key_that_matters_is_refused(key: str) -> None:
    row = {name: value for name, value in invoice_row(7).items() if name != key}

    with connected(HaloStandIn({"/api/Invoice": [row]})) as halo, pytest.raises(UpstreamSchemaError) as caught:
        halo.invoices(5)

    place = "a row without id" if key == "id" else "row 7"
    assert str(caught.value) == f"HaloPSA: /Invoice page 1, {place} lacks '{key}'."


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
