"""HaloPSA's connector and what charges are sent to: invoices and recurring invoices, read with their lines."""

import json
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from billingbot.connectors.halo import HaloPsa
from billingbot.domain.target import Target, TargetKind, TargetLine
from billingbot.errors import NotFound, UpstreamRejected, UpstreamSchemaError, UpstreamUnavailable
from billingbot.sandbox.dataset import build
from billingbot.sandbox.faults import Fault, FaultKind
from billingbot.sandbox.server import Sandbox
from billingbot.sandbox.wire import Row
from tests.billed_clients import client_with_disabled_recurring_invoice, client_without_invoices
from tests.contract.halo_at_sandbox import connected_to
from tests.contract.halo_stand_in import HaloStandIn, connected, invoice_row, query_of

DATA = build(seed=1, clients=120, companies=4, today=date(2026, 11, 20))
CLIENT = client_without_invoices(DATA).client_id
INVOICE, RECURRING = TargetKind.INVOICE, TargetKind.RECURRING


@pytest.fixture
def sandbox() -> Iterator[Sandbox]:
    with Sandbox(DATA, rate_limit=None) as started:
        yield started


@pytest.fixture
def halo(sandbox: Sandbox) -> Iterator[HaloPsa]:
    with connected_to(sandbox, patient=False) as connection:
        yield connection


def line_row(line_id: int, **given: Any) -> Row:
    return {
        "id": line_id,
        "item_external_reference": None,
        "item_shortdescription": "Support",
        "qty_order": 1,
        "unit_price": 10,
        "unit_cost": 4,
        "_itemid": 3,
        **given,
    }


def target_row(invoice_id: int, *lines: Row, **given: Any) -> Row:
    header = {"thirdpartyinvoicenumber": "BB-1", "currency_code_name": "USD", "enddate": None}
    return invoice_row(invoice_id, **header, **given) | {"lines": list(lines)}


def read_one(row: Row, kind: TargetKind = INVOICE) -> Target:
    path = "/api/Invoice" if kind is INVOICE else "/api/RecurringInvoice"
    with connected(HaloStandIn(ones={f"{path}/{row['id']}": row})) as halo:
        return halo.target(kind, row["id"])


def test_an_invoice_is_read_with_its_lines_as_it_is_written() -> None:
    line = line_row(70, item_external_reference="BB-pax8-2026-11-0a", qty_order=0.3, unit_price=0.0079, unit_cost=-1)

    target = read_one(target_row(7, line, line_row(71, _itemid=None, qty_order=None)))

    assert target == Target(
        kind=INVOICE,
        invoice_id=7,
        client_id=5,
        number="INV-7",
        reference="BB-1",
        currency="USD",
        refusal="",
        voided=False,
        total=Decimal("10.5"),
        lines=(
            TargetLine(70, "BB-pax8-2026-11-0a", "Support", Decimal("0.3"), Decimal("0.0079"), Decimal(-1), 3),
            TargetLine(71, "", "Support", Decimal(0), Decimal(10), Decimal(4), None),
        ),
    )
    assert target.lines[0].raw == json.loads(json.dumps(line), parse_float=Decimal)


def test_lines_are_asked_for() -> None:
    stand_in = HaloStandIn(ones={"/api/Invoice/7": target_row(7)})

    with connected(stand_in) as halo:
        halo.target(INVOICE, 7)

        (read,) = [hit for hit in stand_in.server.hits if hit.method == "GET" and "/Invoice" in hit.target]
    assert query_of(read) == {"includedetails": ["true"]}


def test_a_number_of_a_binary_computer_is_rounded_to_look_at_and_kept_to_be_written_back() -> None:
    (line,) = read_one(target_row(7, line_row(70, qty_order=0.30000000000000004))).lines

    assert line.quantity == Decimal("0.3")
    assert str(line.raw["qty_order"]) == "0.30000000000000004"


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({}, ""),
        ({"posted": True}, "Posted: HaloPSA does not change it any more."),
        ({"posted": True, "amountpaid": 0.01}, "Paid, wholly or in part."),
        ({"voided": True}, "Voided."),
        ({"enddate": "2020-01-01T00:00:00"}, ""),
    ],
)
def test_an_invoice_says_why_it_cannot_take_charges(given: Row, said: str) -> None:
    target = read_one(target_row(7) | given)

    assert (target.refusal, target.voided) == (said, "voided" in given)


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({}, ""),
        ({"disabled": True}, "Disabled: HaloPSA makes no invoices from it."),
        ({"enddate": "2027-01-14T00:00:00"}, "Ended on 2027-01-14: HaloPSA makes no more invoices from it."),
        ({"enddate": "2027-01-15T00:00:00"}, ""),
        ({"enddate": "1900-01-01T00:00:00"}, ""),
        ({"posted": True, "voided": True}, ""),
    ],
    ids=["runs", "disabled", "ended yesterday", "ends today", "no end", "states of invoices"],
)
def test_a_recurring_invoice_says_why_it_cannot_take_charges(given: Row, said: str) -> None:
    """The clock of these tests stands at 2027-01-15."""
    target = read_one(target_row(-240) | given, RECURRING)

    assert (target.kind, target.invoice_id, target.refusal, target.voided) == (RECURRING, -240, said, False)


@pytest.mark.parametrize("key", ["id", "client_id", "total", "posted", "voided", "lines"])
def test_an_invoice_that_lacks_what_matters_is_refused(key: str) -> None:
    row = {name: value for name, value in target_row(7).items() if name != key}

    with (
        connected(HaloStandIn(ones={"/api/Invoice/7": row})) as halo,
        pytest.raises(UpstreamSchemaError, match=f"/Invoice/7 lacks '{key}'"),
    ):
        halo.target(INVOICE, 7)


@pytest.mark.parametrize("key", ["id", "qty_order", "unit_price", "unit_cost"])
def test_a_line_that_lacks_what_matters_is_refused(key: str) -> None:
    line = {name: value for name, value in line_row(70).items() if name != key}

    with pytest.raises(UpstreamSchemaError, match=f"lacks '{key}'"):
        read_one(target_row(7, line))


def test_what_halo_has_of_a_client_is_read_alone_and_together(halo: HaloPsa, sandbox: Sandbox) -> None:
    client_ids = [client.client_id for client in DATA.clients[:12]]
    rows = [row for client_id in client_ids for row in sandbox.control.invoice_rows(client_id)]
    recurring = [row for client_id in client_ids for row in sandbox.control.recurring_rows(client_id)]

    for kind, there in ((INVOICE, rows), (RECURRING, recurring)):
        alone = {row["id"]: halo.target(kind, row["id"]) for row in there}

        assert {target.invoice_id: [line.raw for line in target.lines] for target in alone.values()} == {
            row["id"]: row["lines"] for row in there
        }
        assert halo.targets(kind, [*alone, 999_999_999]) == alone
    assert min(row["id"] for row in recurring) < 0


def test_few_are_read_one_by_one_and_many_as_a_list(halo: HaloPsa, sandbox: Sandbox) -> None:
    added = sandbox.control.add_invoices(CLIENT, 60)

    few = halo.targets(INVOICE, added[:30])
    one_by_one = sandbox.control.requests("/halo/api/Invoice")
    many = halo.targets(INVOICE, added)

    assert one_by_one == 0
    assert (list(few), set(many)) == (added[:30], set(added))
    assert all(many[invoice_id] == target for invoice_id, target in few.items())
    # Those of all clients, and the one row that tells how many there are.
    assert sandbox.control.requests("/halo/api/Invoice") == 1 + 5
    assert sandbox.control.requests(f"/halo/api/Invoice/{added[-1]}") == 0


def test_a_list_that_takes_more_calls_than_its_rows_is_not_read(halo: HaloPsa, sandbox: Sandbox) -> None:
    added = sandbox.control.add_invoices(CLIENT, 4000)

    assert list(halo.targets(INVOICE, added[:31])) == added[:31]
    assert sandbox.control.requests("/halo/api/Invoice") == 1


def test_posted_paid_and_voided_ones_are_among_many(halo: HaloPsa, sandbox: Sandbox) -> None:
    control, added = sandbox.control, sandbox.control.add_invoices(CLIENT, 40)
    control.post_invoice(added[0])
    control.pay_invoice(added[1])
    control.void_invoice(added[2])
    control.remove_invoice(added[3])

    found = halo.targets(INVOICE, added)

    refusals = [found[invoice_id].refusal[:4] for invoice_id in added[:3]]
    assert (refusals, found[added[2]].voided, added[3] in found) == (["Post", "Paid", "Void"], True, False)


def test_what_a_list_leaves_out_is_looked_for_alone() -> None:
    rows = [target_row(number) for number in range(1, 41)]
    hidden = target_row(50, line_row(500))
    stand_in = HaloStandIn({"/api/Invoice": rows}, {"/api/Invoice/50": hidden})

    with connected(stand_in) as halo:
        found = halo.targets(INVOICE, [*range(1, 41), 50, 51])

    assert set(found) == {*range(1, 41), 50}
    assert [line.line_id for line in found[50].lines] == [500]


def test_a_list_without_lines_is_refused_and_odd_rows_of_others_are_not_in_the_way() -> None:
    rows = [target_row(number) for number in range(1, 41)]
    odd = {"id": 41, "client_id": 6, "total": None}

    with connected(HaloStandIn({"/api/Invoice": [*rows, odd]})) as halo:
        assert len(halo.targets(INVOICE, range(1, 41))) == 40
    del rows[3]["lines"]
    with (
        connected(HaloStandIn({"/api/Invoice": rows})) as halo,
        pytest.raises(UpstreamSchemaError, match="row 4 lacks 'lines'"),
    ):
        halo.targets(INVOICE, range(1, 41))


def test_nothing_is_asked_for_nothing(halo: HaloPsa, sandbox: Sandbox) -> None:
    assert halo.targets(INVOICE, []) == {}
    assert sandbox.control.requests("") == 0


@pytest.mark.parametrize("kind", TargetKind)
def test_what_is_not_there_is_said_to_be_gone(halo: HaloPsa, kind: TargetKind) -> None:
    with pytest.raises(NotFound) as caught:
        halo.target(kind, 4_000_000)

    assert str(caught.value) == f"HaloPSA has no {kind} 4000000 any more."


def test_trouble_is_not_taken_for_an_invoice_that_is_gone(halo: HaloPsa, sandbox: Sandbox) -> None:
    (invoice_id,) = sandbox.control.add_invoices(CLIENT, 1)
    sandbox.control.fault(Fault(FaultKind.SERVER_ERROR, f"/halo/api/Invoice/{invoice_id}"))

    with pytest.raises(UpstreamUnavailable):
        halo.targets(INVOICE, [invoice_id])
    with connected(HaloStandIn(token_path="/elsewhere")) as nowhere, pytest.raises(UpstreamRejected):
        nowhere.targets(INVOICE, [7])


def test_currency_end_and_state_are_those_of_now(halo: HaloPsa, sandbox: Sandbox) -> None:
    control, client_id = sandbox.control, client_with_disabled_recurring_invoice(DATA).client_id
    (invoice_id,), recurring_id = control.add_invoices(CLIENT, 1), control.add_recurring_invoice(CLIENT, negative=True)
    control.set_currency(invoice_id, "EUR")
    control.end_recurring_invoice(recurring_id, date(2020, 2, 29))

    recurring = halo.target(RECURRING, recurring_id)
    disabled = halo.target(RECURRING, control.recurring_rows(client_id)[0]["id"])

    assert halo.target(INVOICE, invoice_id).currency == "EUR"
    assert (recurring_id < 0, recurring.refusal[:20], disabled.refusal[:9]) == (
        True,
        "Ended on 2020-02-29:",
        "Disabled:",
    )
