"""HaloPSA's connector and its invoices: lists of a client, and one read afresh."""

from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from billingbot.connectors.halo import HaloPsa
from billingbot.domain.invoice import Invoice, RecurringInvoice
from billingbot.errors import (
    NotFound,
    UpstreamAuthError,
    UpstreamError,
    UpstreamRejected,
    UpstreamSchemaError,
    UpstreamUnavailable,
)
from billingbot.sandbox.dataset import build
from billingbot.sandbox.faults import Fault, FaultKind
from billingbot.sandbox.server import Sandbox
from tests.billed_clients import (
    client_with_disabled_recurring_invoice,
    client_with_only_closed_invoices,
    client_with_open_invoice,
    client_with_recurring_invoice,
    client_without_invoices,
    client_without_recurring_invoice,
)
from tests.contract.halo_at_sandbox import connected_to
from tests.contract.halo_stand_in import HaloStandIn, connected, invoice_row

DATA = build(seed=1, clients=240, companies=4, today=date(2026, 11, 20))


@pytest.fixture
def sandbox() -> Iterator[Sandbox]:
    with Sandbox(DATA, rate_limit=None) as started:
        yield started


@pytest.fixture
def halo(sandbox: Sandbox) -> Iterator[HaloPsa]:
    with connected_to(sandbox) as connection:
        yield connection


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
    row = invoice_row(7, total=0.1, posted=True, voided=None, amountpaid=0.05, invoicenumber=None, reference="PO 9")

    with connected(HaloStandIn({"/api/Invoice": [row]}, {"/api/Invoice/7": row})) as halo:
        assert halo.invoices(5) == [halo.invoice(7)]
        assert halo.invoice(7) == Invoice(
            7, 5, "", date(2026, 11, 2), "Acme", Decimal("0.1"), "PO 9", posted=True, voided=False, paid=True
        )


def test_a_recurring_invoice_is_read_as_it_is_written() -> None:
    row = invoice_row(-240, total=99, reference="Cloud", contract_ref="C-1", nextcreationdate="2026-12-01T00:00:00")

    with connected(HaloStandIn({"/api/RecurringInvoice": [row]}, {"/api/RecurringInvoice/-240": row})) as halo:
        assert halo.recurring_invoices(5) == [halo.recurring_invoice(-240)]
        assert halo.recurring_invoice(-240) == RecurringInvoice(
            -240, 5, Decimal(99), "Cloud", "C-1", date(2026, 12, 1), disabled=False
        )


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


@pytest.mark.parametrize("read", [HaloPsa.invoices, HaloPsa.recurring_invoices])
def test_invoices_of_another_client_are_refused(read: Callable[[HaloPsa, int], object]) -> None:
    rows = [invoice_row(7), invoice_row(8, client_id=6)]

    with (
        connected(HaloStandIn({"/api/Invoice": rows, "/api/RecurringInvoice": rows})) as halo,
        pytest.raises(UpstreamSchemaError, match="invoices of client 5 were asked for, and invoices of client 6 came"),
    ):
        read(halo, 5)


@pytest.mark.parametrize("key", ["id", "client_id", "total", "posted", "voided"])
def test_an_invoice_without_a_key_that_matters_is_refused(key: str) -> None:
    row = {name: value for name, value in invoice_row(7).items() if name != key}

    with connected(HaloStandIn({"/api/Invoice": [row]})) as halo, pytest.raises(UpstreamSchemaError) as caught:
        halo.invoices(5)

    place = "a row without id" if key == "id" else "row 7"
    assert str(caught.value) == f"HaloPSA: /Invoice page 1, {place} lacks '{key}'."


def test_clients_are_found_by_what_they_were_billed(halo: HaloPsa) -> None:
    def refusals(client_id: int) -> list[str]:
        return [invoice.refusal for invoice in halo.invoices(client_id)]

    def recurring(client_id: int) -> list[str]:
        return [invoice.refusal for invoice in halo.recurring_invoices(client_id)]

    closed = refusals(client_with_only_closed_invoices(DATA).client_id)
    assert "" in refusals(client_with_open_invoice(DATA).client_id)
    assert closed
    assert all(closed)
    assert refusals(client_without_invoices(DATA).client_id) == []
    assert recurring(client_with_recurring_invoice(DATA).client_id) == [""]
    assert all(recurring(client_with_disabled_recurring_invoice(DATA).client_id))
    assert recurring(client_without_recurring_invoice(DATA).client_id) == []


def test_one_invoice_is_read_as_the_list_shows_it(halo: HaloPsa) -> None:
    client_ids = [client.client_id for client in DATA.clients[:20]]
    listed = [invoice for client_id in client_ids for invoice in halo.invoices(client_id)]
    recurring = [invoice for client_id in client_ids for invoice in halo.recurring_invoices(client_id)]

    assert [halo.invoice(invoice.invoice_id) for invoice in listed] == listed
    assert [halo.recurring_invoice(invoice.recurring_invoice_id) for invoice in recurring] == recurring
    assert min(invoice.recurring_invoice_id for invoice in recurring) < 0


def test_what_was_done_to_an_invoice_in_halo_meanwhile_is_seen(halo: HaloPsa, sandbox: Sandbox) -> None:
    control, client_id = sandbox.control, DATA.clients[0].client_id
    still_open, posted, voided, paid = control.add_invoices(client_id, 4)
    before = {halo.invoice(invoice_id).refusal for invoice_id in (still_open, posted, voided, paid)}

    control.post_invoice(posted)
    control.void_invoice(voided)
    control.pay_invoice(paid)

    assert before == {""}
    assert [halo.invoice(invoice_id).refusal for invoice_id in (still_open, posted, voided, paid)] == [
        "",
        "Posted: HaloPSA does not change it any more.",
        "Voided.",
        "Paid, wholly or in part.",
    ]


def test_a_recurring_invoice_that_was_disabled_meanwhile_is_seen(halo: HaloPsa, sandbox: Sandbox) -> None:
    (recurring,) = halo.recurring_invoices(client_with_recurring_invoice(DATA).client_id)

    sandbox.control.disable_recurring_invoice(recurring.recurring_invoice_id)

    assert halo.recurring_invoice(recurring.recurring_invoice_id).refusal.startswith("Disabled")


def test_an_invoice_that_went_is_said_to_be_gone(halo: HaloPsa, sandbox: Sandbox) -> None:
    client_id = client_with_open_invoice(DATA).client_id
    gone, *kept = halo.invoices(client_id)

    sandbox.control.remove_invoice(gone.invoice_id)

    with pytest.raises(NotFound) as caught:
        halo.invoice(gone.invoice_id)
    assert str(caught.value) == f"HaloPSA has no invoice {gone.invoice_id} any more."
    assert halo.invoices(client_id) == kept


def test_a_recurring_invoice_that_went_is_said_to_be_gone(halo: HaloPsa, sandbox: Sandbox) -> None:
    client_id = client_with_recurring_invoice(DATA).client_id
    (gone,) = halo.recurring_invoices(client_id)

    sandbox.control.remove_recurring_invoice(gone.recurring_invoice_id)

    with pytest.raises(NotFound) as caught:
        halo.recurring_invoice(gone.recurring_invoice_id)
    assert str(caught.value) == f"HaloPSA has no recurring invoice {gone.recurring_invoice_id} any more."
    assert halo.recurring_invoices(client_id) == []


def test_a_sign_in_that_is_not_found_does_not_mean_that_the_invoice_is_gone() -> None:
    stand_in = HaloStandIn(ones={"/api/Invoice/7": invoice_row(7)}, token_path="/elsewhere/token")

    with connected(stand_in) as halo, pytest.raises(UpstreamRejected) as caught:
        halo.invoice(7)

    assert str(caught.value) == "HaloPSA: the sign-in was refused with 404."


@pytest.mark.parametrize("read", [HaloPsa.invoices, HaloPsa.recurring_invoices])
def test_a_list_that_is_not_found_is_no_empty_list(read: Callable[[HaloPsa, int], object]) -> None:
    with connected(HaloStandIn()) as halo, pytest.raises(UpstreamRejected, match="page 1 was refused with 404"):
        read(halo, 5)


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (invoice_row(8), "HaloPSA: /Invoice/7 answered with invoice 8."),
        ([invoice_row(7)], "HaloPSA: /Invoice/7 did not answer with an object."),
        ({"invoices": [invoice_row(7)]}, "HaloPSA: /Invoice/7 lacks 'id'."),
        ({"id": 7}, "HaloPSA: /Invoice/7 lacks 'client_id'."),
    ],
)
def test_an_answer_that_is_not_the_invoice_asked_for_is_refused(answer: object, said: str) -> None:
    with connected(HaloStandIn(ones={"/api/Invoice/7": answer})) as halo, pytest.raises(UpstreamSchemaError) as caught:
        halo.invoice(7)

    assert str(caught.value) == said


@pytest.mark.parametrize(
    ("kind", "error"),
    [
        (FaultKind.SERVER_ERROR, UpstreamUnavailable),
        (FaultKind.UNAVAILABLE, UpstreamUnavailable),
        (FaultKind.RESET, UpstreamUnavailable),
        (FaultKind.UNAUTHORIZED, UpstreamAuthError),
        (FaultKind.HTML, UpstreamSchemaError),
        (FaultKind.BROKEN_JSON, UpstreamSchemaError),
    ],
)
def test_trouble_does_not_mean_that_the_invoice_is_gone(
    sandbox: Sandbox, kind: FaultKind, error: type[UpstreamError]
) -> None:
    invoice_id = sandbox.control.add_invoice(DATA.clients[0].client_id)
    sandbox.control.fault(Fault(kind, f"/halo/api/Invoice/{invoice_id}"))

    with connected_to(sandbox, patient=False) as halo:
        with pytest.raises(error):
            halo.invoice(invoice_id)

        sandbox.control.clear_faults()
        assert halo.invoice(invoice_id).refusal == ""


def test_five_thousand_invoices_are_read_completely(halo: HaloPsa, sandbox: Sandbox) -> None:
    client_id = client_without_invoices(DATA).client_id
    added = sandbox.control.add_invoices(client_id, 5000)

    found = halo.invoices(client_id)

    assert [invoice.invoice_id for invoice in found] == added[::-1]
    assert len({(invoice.number, invoice.invoice_date) for invoice in found}) == 5000
    assert sandbox.control.requests("/halo/api/Invoice") == 50
