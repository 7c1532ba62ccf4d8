"""HaloPSA's connector writes our lines, and leaves all others as they are: under both things that HaloPSA may do."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from billingbot.connectors.halo import HaloPsa
from billingbot.domain.target import Target, TargetKind, WrittenLine
from billingbot.errors import DomainError, UpstreamError, UpstreamOutcomeUnknown, UpstreamRejected
from billingbot.sandbox.dataset import build
from billingbot.sandbox.faults import Fault, FaultKind
from billingbot.sandbox.invoice_book import LineUpdates
from billingbot.sandbox.server import Sandbox
from billingbot.sandbox.wire import Row
from tests.billed_clients import client_with_open_invoice, client_without_invoices
from tests.contract.halo_at_sandbox import connected_to
from tests.contract.halo_stand_in import HaloStandIn, connected
from tests.contract.test_halo_targets import line_row, target_row
from tests.contract.written_lines import DAY, in_place_of, new_invoice, ours, said, taken_back, written

DATA = build(seed=1, clients=60, companies=4, today=date(2026, 11, 20))
CLIENT = client_without_invoices(DATA).client_id
BILLED = client_with_open_invoice(DATA).client_id
INVOICE, RECURRING = TargetKind.INVOICE, TargetKind.RECURRING
POST = "/halo/api/Invoice"
HOSTILE = [
    "Quotes \" ' ` and \\ back\\nslash",
    "Emoji 👩‍👩‍👧‍👦 and flags 🇦🇹",
    "خدمات سحابية — العربية",
    "<script>alert(1)</script>&amp;",
    "Microsoft 365 “Business” – Ünïcödé",
    "x" * 300,
    "a\tb\nc",
    "'; DROP TABLE lines; --",
    "=1+1",
    "\u202eevil\u202c \u200b\u2028",
]


@pytest.fixture
def sandbox() -> Iterator[Sandbox]:
    with Sandbox(DATA, rate_limit=None) as started:
        yield started


@pytest.fixture
def halo(sandbox: Sandbox) -> Iterator[HaloPsa]:
    with connected_to(sandbox, patient=False) as connection:
        yield connection


@pytest.fixture(params=LineUpdates, ids=lambda how: how.name)
def either(sandbox: Sandbox, request: pytest.FixtureRequest) -> LineUpdates:
    """Have HaloPSA do either thing with lines."""
    how: LineUpdates = request.param
    sandbox.control.update_lines(how)
    return how


def open_target(halo: HaloPsa, sandbox: Sandbox, kind: TargetKind) -> Target:
    """Return one that has lines of others and takes charges, with an id below zero where there are such."""
    rows = sandbox.control.invoice_rows(BILLED)
    if kind is INVOICE:
        return halo.target(kind, next(row["id"] for row in rows if not row["posted"] and not row["voided"]))
    every = (row for client in DATA.clients for row in sandbox.control.recurring_rows(client.client_id))
    return halo.target(kind, next(row["id"] for row in every if row["id"] < 0 and not row["disabled"]))


def row_of(sandbox: Sandbox, target: Target) -> Row:
    """Return what HaloPSA has, behind the API."""
    control = sandbox.control
    rows = control.invoice_rows if target.kind is INVOICE else control.recurring_rows
    return next(row for row in rows(target.client_id) if row["id"] == target.invoice_id)


def write(halo: HaloPsa, target: Target, *lines: WrittenLine) -> Target:
    """Write lines and return what is there then."""
    halo.write_lines(target, lines)
    return halo.target(target.kind, target.invoice_id)


def test_a_new_invoice_is_as_it_was_asked_for(halo: HaloPsa, sandbox: Sandbox) -> None:
    lines = (written("a", "3", "0.0079", "0.005"), written("b", "1", "-4.1", "-3", item_id=17))

    made = halo.target(INVOICE, halo.create_invoice(new_invoice(CLIENT, *lines)))

    assert (made.client_id, made.reference, made.refusal, made.currency) == (CLIENT, "BB-pax8-2026-11-1", "", "USD")
    assert [said(line) for line in made.lines] == [said(line) for line in lines]
    (row,) = sandbox.control.invoice_rows(CLIENT)
    assert (row["reference"], row["invoice_date"]) == ("Cloud services 2026-11", f"{DAY}T00:00:00")
    assert [line["isinactive"] for line in row["lines"]] == [False, False]


@pytest.mark.usefixtures("either")
@pytest.mark.parametrize("kind", TargetKind)
def test_lines_are_added_changed_and_taken_back_and_foreign_ones_stay_to_the_last_digit(
    halo: HaloPsa, sandbox: Sandbox, kind: TargetKind
) -> None:
    before = open_target(halo, sandbox, kind)
    foreign = row_of(sandbox, before)["lines"]

    added = write(halo, before, written("a", price="9.99"), written("b"), written("c"))
    a, b, c = ours(added).values()
    changed = write(halo, added, in_place_of(a, written("a", "7", "9.98")), taken_back(b), written("d"))

    after = row_of(sandbox, before)
    assert foreign
    assert after["lines"][: len(foreign)] == foreign
    assert [said(line) for line in changed.lines[len(foreign) :]] == [
        said(written("a", "7", "9.98")),
        ("BB-pax8-b", "Product b", 0, 0, 0, None),
        said(written("c")),
        said(written("d")),
    ]
    assert [line.line_id for line in changed.lines[len(foreign) : -1]] == [a.line_id, b.line_id, c.line_id]
    assert [line["isinactive"] for line in after["lines"][len(foreign) :]] == [False, True, False, False]
    assert after["revenue"] - sum(line["net_amount"] for line in foreign) == Decimal("69.86") + 25 + 25


@pytest.mark.usefixtures("either")
def test_a_line_that_was_taken_back_can_come_back(halo: HaloPsa, sandbox: Sandbox) -> None:
    target = halo.target(INVOICE, halo.create_invoice(new_invoice(CLIENT, written("a"))))
    gone = write(halo, target, taken_back(target.lines[0]))

    back = write(halo, gone, in_place_of(gone.lines[0], written("a")))

    assert back.lines == target.lines
    assert [line["isinactive"] for line in row_of(sandbox, target)["lines"]] == [False]


@pytest.mark.usefixtures("either")
def test_what_an_accountant_set_on_our_line_stays_when_it_changes(halo: HaloPsa, sandbox: Sandbox) -> None:
    target = halo.target(INVOICE, halo.create_invoice(new_invoice(CLIENT, written("a", item_id=17))))
    set_by_them = {"nominal_code": "4711", "tax_code": "T1", "tax_rate": Decimal(20)}
    lines = [{"id": target.lines[0].line_id, **set_by_them}]
    sandbox.control.edit_invoice(target.invoice_id, {"lines": lines})

    write(halo, halo.target(INVOICE, target.invoice_id), in_place_of(target.lines[0], written("a", "10")))

    (line,) = row_of(sandbox, target)["lines"]
    assert {key: line[key] for key in set_by_them} == set_by_them
    assert (line["net_amount"], line["tax_amount"], line["_itemid"]) == (125, 25, 17)


@pytest.mark.usefixtures("either")
@pytest.mark.parametrize("amount", ["0.0079", "-0.0079", "0.1", "99999.99", "0.3333333333", "100", "1E+3", "1E-10"])
def test_amounts_arrive_exactly(halo: HaloPsa, amount: str) -> None:
    line = written("a", amount, amount, amount)
    made = halo.target(INVOICE, halo.create_invoice(new_invoice(CLIENT, line)))
    both = write(halo, made, replace(line, key="BB-2"))

    assert [(there.quantity, there.unit_price, there.unit_cost) for there in both.lines] == [(Decimal(amount),) * 3] * 2


@pytest.mark.usefixtures("either")
@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_texts_arrive_as_they_are(halo: HaloPsa, text: str) -> None:
    line = replace(written("a"), description=text)
    made = halo.target(INVOICE, halo.create_invoice(replace(new_invoice(CLIENT, line), title=text)))

    changed = write(halo, made, in_place_of(made.lines[0], replace(line, description=f"{text}!")), written("b"))

    assert (made.lines[0].description, changed.lines[0].description) == (text, f"{text}!")


@pytest.mark.usefixtures("either")
def test_a_line_that_somebody_else_adds_between_reading_and_writing_is_lost_at_most_where_halo_replaces(
    halo: HaloPsa, sandbox: Sandbox, either: LineUpdates
) -> None:
    """HaloPSA has no version to write against: the caller reads again and says what differs."""
    read = open_target(halo, sandbox, INVOICE)
    sandbox.control.edit_invoice(read.invoice_id, {"lines": [{"item_shortdescription": "Theirs"}]})

    after = write(halo, read, written("a"))

    texts = [line.description for line in after.lines]
    assert ("Theirs" in texts) is (either is LineUpdates.MERGE)
    assert texts[: len(read.lines)] == [line.description for line in read.lines]


def test_all_lines_go_back_as_they_came_in_one_request() -> None:
    odd = {"id": 71, "unknown": None, "nested": {"a": [0.10, "é\ud800"]}, "total_price": 7.50, "big": 12345678901234567}
    foreign = line_row(71) | odd
    ours_there = line_row(70, item_external_reference="BB-1", net_amount=10.0, tax_code="T1", isinactive=False)
    row = target_row(7, foreign, ours_there)
    stand_in = HaloStandIn(ones={"/api/Invoice/7": row, "/api/Invoice": {"id": 7}})

    with connected(stand_in) as halo:
        target = halo.target(INVOICE, 7)
        halo.write_lines(target, [in_place_of(target.lines[1], written("1", "2", "0.10"))])

        (post,) = [hit for hit in stand_in.server.hits if hit.method == "POST" and hit.target == "/api/Invoice"]
    ((body),) = json.loads(post.body, parse_float=str)
    assert body.keys() == {"id", "lines"}
    assert body["id"] == 7
    assert body["lines"][0] == json.loads(json.dumps(foreign), parse_float=str)
    assert body["lines"][1] == {
        "id": 70,
        "item_external_reference": "BB-pax8-1",
        "item_shortdescription": "Product 1",
        "qty_order": 2,
        "unit_price": "0.10",
        "unit_cost": 10,
        "_itemid": 3,
        "tax_code": "T1",
        "isinactive": False,
    }


def test_a_line_that_is_not_there_is_not_written_in_its_place(halo: HaloPsa, sandbox: Sandbox) -> None:
    target = open_target(halo, sandbox, INVOICE)
    asked = sandbox.control.requests(POST)

    with pytest.raises(DomainError, match=f"The invoice {target.invoice_id} has no line 5"):
        halo.write_lines(target, [replace(written("a"), line_id=5)])

    assert sandbox.control.requests(POST) == asked


@pytest.mark.parametrize("happens", ["post_invoice", "void_invoice", "pay_invoice", "remove_invoice"])
def test_an_invoice_that_was_closed_meanwhile_is_refused_and_stays(
    halo: HaloPsa, sandbox: Sandbox, happens: str
) -> None:
    target = open_target(halo, sandbox, INVOICE)
    getattr(sandbox.control, happens)(target.invoice_id)
    before = sandbox.control.invoice_rows(target.client_id)

    with pytest.raises(UpstreamRejected):
        halo.write_lines(target, [written("a")])

    assert sandbox.control.invoice_rows(target.client_id) == before


@pytest.mark.parametrize("kind", [FaultKind.ANSWER_LOST, FaultKind.TRUNCATED, FaultKind.BROKEN_JSON, FaultKind.HTML])
def test_a_lost_answer_to_a_new_invoice_leaves_one_or_none_and_says_that_it_is_not_known(
    halo: HaloPsa, sandbox: Sandbox, kind: FaultKind
) -> None:
    halo.check()
    sandbox.control.fault(Fault(kind, POST, method="POST"))

    with pytest.raises(UpstreamOutcomeUnknown, match="not known whether"):
        halo.create_invoice(new_invoice(CLIENT, written("a")))

    found = halo.invoice_referred(CLIENT, "BB-pax8-2026-11-1")
    # HTML is a proxy's: the request did not reach HaloPSA.
    there = [] if kind is FaultKind.HTML else [found.invoice_id if found else None]
    assert [row["id"] for row in sandbox.control.invoice_rows(CLIENT)] == there
    assert sandbox.control.requests(POST) == 2


@pytest.mark.parametrize("kind", [FaultKind.RESET, FaultKind.SERVER_ERROR, FaultKind.UNAVAILABLE])
def test_trouble_with_a_new_invoice_is_not_repeated_though_it_is_not_there(
    halo: HaloPsa, sandbox: Sandbox, kind: FaultKind
) -> None:
    halo.check()
    sandbox.control.fault(fault := Fault(kind, POST, method="POST"))

    with pytest.raises(UpstreamOutcomeUnknown):
        halo.create_invoice(new_invoice(CLIENT, written("a")))

    assert sandbox.control.faults_applied(fault) == 1


@pytest.mark.parametrize("kind", TargetKind)
def test_a_lost_answer_to_lines_is_said_to_be_one_and_nothing_is_sent_again(
    halo: HaloPsa, sandbox: Sandbox, kind: TargetKind
) -> None:
    target = open_target(halo, sandbox, kind)
    path = POST if kind is INVOICE else "/halo/api/RecurringInvoice"
    sandbox.control.fault(fault := Fault(FaultKind.ANSWER_LOST, path, method="POST"))

    with pytest.raises(UpstreamOutcomeUnknown):
        halo.write_lines(target, [written("a")])

    assert sandbox.control.faults_applied(fault) == 1
    assert [said(line) for line in ours(halo.target(kind, target.invoice_id)).values()] == [said(written("a"))]


@pytest.mark.parametrize(
    ("answer", "what"),
    [
        ({"id": 8}, "answered with invoice 8. It is not known what was changed"),
        ({}, "lacks 'id'. It is not known whether invoice 7 was changed"),
        ("", "not known whether invoice 7 was changed"),
    ],
)
def test_an_answer_that_is_not_about_what_was_written_counts_as_lost(answer: Any, what: str) -> None:
    stand_in = HaloStandIn(ones={"/api/Invoice/7": target_row(7), "/api/Invoice": answer})

    with connected(stand_in) as halo, pytest.raises(UpstreamOutcomeUnknown, match=what):
        halo.write_lines(halo.target(INVOICE, 7), [written("a")])


def test_a_new_invoice_of_a_client_that_halo_does_not_know_is_refused(halo: HaloPsa) -> None:
    with pytest.raises(UpstreamRejected, match="Client 999999 does not exist"):
        halo.create_invoice(new_invoice(999_999, written("a")))


def test_without_the_permission_nothing_is_written(halo: HaloPsa, sandbox: Sandbox) -> None:
    sandbox.control.grant(["read:invoices"])

    with pytest.raises(UpstreamError, match="403"):
        halo.create_invoice(new_invoice(CLIENT, written("a")))

    assert sandbox.control.invoice_rows(CLIENT) == []


def test_with_a_share_of_the_answers_lost_each_is_there_once_when_it_is_looked_for_first(
    halo: HaloPsa, sandbox: Sandbox
) -> None:
    sandbox.control.fault(lost := Fault(FaultKind.ANSWER_LOST, "/halo/api/*", share=0.15, seed=3, method="POST"))
    clients: Sequence[int] = [client.client_id for client in DATA.clients]
    before = {client_id: len(sandbox.control.invoice_rows(client_id)) for client_id in clients}
    unknown = 0

    for client_id in clients:
        try:
            halo.create_invoice(new_invoice(client_id, written("a")))
        except UpstreamOutcomeUnknown:
            unknown += 1
            assert halo.invoice_referred(client_id, "BB-pax8-2026-11-1") is not None

    assert {client_id: len(sandbox.control.invoice_rows(client_id)) - 1 for client_id in clients} == before
    assert unknown == sandbox.control.faults_applied(lost)
    assert 3 <= unknown <= 18
