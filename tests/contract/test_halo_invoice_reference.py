"""An invoice that BillingBot created is found again by its unique reference, and by nothing else."""

from collections.abc import Iterator
from datetime import date

import pytest

from billingbot.connectors.halo import HaloPsa
from billingbot.domain.target import TargetKind
from billingbot.errors import UpstreamError, UpstreamListUnstable, UpstreamSchemaError
from billingbot.sandbox.dataset import build
from billingbot.sandbox.faults import Fault, FaultKind
from billingbot.sandbox.server import Sandbox
from tests.contract.halo_at_sandbox import connected_to
from tests.contract.halo_stand_in import HaloStandIn, connected, invoice_row
from tests.contract.written_lines import new_invoice, ours, written

DATA = build(seed=1, clients=12, companies=4, today=date(2026, 11, 20))
CLIENT, OTHER = (client.client_id for client in DATA.clients[:2])


@pytest.fixture
def sandbox() -> Iterator[Sandbox]:
    with Sandbox(DATA, rate_limit=None) as started:
        yield started


@pytest.fixture
def halo(sandbox: Sandbox) -> Iterator[HaloPsa]:
    with connected_to(sandbox, patient=False) as connection:
        yield connection


def test_an_invoice_is_found_with_its_lines_among_thousands(halo: HaloPsa, sandbox: Sandbox) -> None:
    sandbox.control.add_invoices(CLIENT, 1500)
    made = halo.create_invoice(new_invoice(CLIENT, written("a"), reference="BB-pax8-2026-11-1042-1"))
    sandbox.control.add_invoices(CLIENT, 500)

    found = halo.invoice_referred(CLIENT, "BB-pax8-2026-11-1042-1")

    assert found == halo.target(TargetKind.INVOICE, made)
    assert found is not None
    assert list(ours(found)) == ["BB-pax8-a"]


@pytest.mark.parametrize(
    "asked",
    ["BB-pax8-2026-11-1042-11", "BB-pax8-2026-11-1042", "bb-pax8-2026-11-1042-1", "BB-pax8-2026-11-1042-1 ", ""],
)
def test_only_exactly_the_reference_counts(halo: HaloPsa, asked: str) -> None:
    halo.create_invoice(new_invoice(CLIENT, reference="BB-pax8-2026-11-1042-1"))

    assert halo.invoice_referred(CLIENT, asked or "BB") is None


def test_the_title_that_people_may_write_does_not_count(halo: HaloPsa, sandbox: Sandbox) -> None:
    sandbox.control.add_invoice(CLIENT, "BB-1")

    assert halo.invoice_referred(CLIENT, "BB-1") is None


def test_another_clients_invoice_does_not_count_and_the_oldest_of_several_does(halo: HaloPsa) -> None:
    halo.create_invoice(new_invoice(OTHER, reference="BB-1"))
    first = halo.create_invoice(new_invoice(CLIENT, reference="BB-1"))
    halo.create_invoice(new_invoice(CLIENT, reference="BB-1"))

    found = halo.invoice_referred(CLIENT, "BB-1")

    assert found is not None
    assert (found.invoice_id, found.client_id, found.reference) == (first, CLIENT, "BB-1")


def test_a_voided_one_is_found_and_said_to_be_voided(halo: HaloPsa, sandbox: Sandbox) -> None:
    sandbox.control.void_invoice(halo.create_invoice(new_invoice(CLIENT, reference="BB-1")))

    found = halo.invoice_referred(CLIENT, "BB-1")

    assert found is not None
    assert (found.voided, found.refusal) == (True, "Voided.")


@pytest.mark.parametrize("kind", [FaultKind.SHORT_PAGE, FaultKind.DUPLICATE_ROWS, FaultKind.SERVER_ERROR])
def test_an_incomplete_list_is_an_error_and_no_sign_that_it_is_not_there(
    halo: HaloPsa, sandbox: Sandbox, kind: FaultKind
) -> None:
    halo.create_invoice(new_invoice(CLIENT, reference="BB-1"))
    sandbox.control.fault(Fault(kind, "/halo/api/Invoice"))

    with pytest.raises(UpstreamError) as caught:
        halo.invoice_referred(CLIENT, "BB-1")

    assert kind is FaultKind.SERVER_ERROR or isinstance(caught.value, UpstreamListUnstable)


def test_a_list_that_does_not_say_references_is_refused() -> None:
    with (
        connected(HaloStandIn({"/api/Invoice": [invoice_row(7)]})) as halo,
        pytest.raises(UpstreamSchemaError, match="row 7 lacks 'thirdpartyinvoicenumber'"),
    ):
        halo.invoice_referred(5, "BB-1")


def test_rows_of_another_client_are_refused() -> None:
    rows = [invoice_row(7, thirdpartyinvoicenumber=None), invoice_row(8, client_id=6, thirdpartyinvoicenumber="BB-1")]

    with (
        connected(HaloStandIn({"/api/Invoice": rows})) as halo,
        pytest.raises(UpstreamSchemaError, match="invoices of client 5 were asked for, and invoices of client 6 came"),
    ):
        halo.invoice_referred(5, "BB-1")
