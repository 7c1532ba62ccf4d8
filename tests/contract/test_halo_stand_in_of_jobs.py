"""The HaloPSA that tests of jobs use does with invoices what the connector does at the sandbox."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from billingbot.domain.target import Target, TargetKind
from billingbot.errors import DomainError, NotFound, UpstreamOutcomeUnknown, UpstreamRejected
from billingbot.ports import Halo
from billingbot.sandbox.dataset import build
from billingbot.sandbox.faults import Fault, FaultKind
from billingbot.sandbox.server import Sandbox
from tests.billed_clients import client_without_invoices
from tests.contract.halo_at_sandbox import connected_to
from tests.contract.written_lines import in_place_of, new_invoice, said, taken_back, written
from tests.fakes import FakeHalo

DATA = build(seed=1, clients=60, companies=4, today=date(2026, 11, 20))
CLIENT = client_without_invoices(DATA).client_id


@pytest.fixture(params=["sandbox", "fake"])
def halo(request: pytest.FixtureRequest) -> Iterator[Halo]:
    if request.param == "fake":
        yield FakeHalo()
    else:
        with Sandbox(DATA, rate_limit=None) as sandbox, connected_to(sandbox, patient=False) as connection:
            yield connection


@pytest.fixture(params=["sandbox", "fake"])
def losing(request: pytest.FixtureRequest) -> Iterator[Halo]:
    """Yield one that loses the answers to what it writes."""
    if request.param == "fake":
        yield FakeHalo(lose_answers=lambda: True)
    else:
        with Sandbox(DATA, rate_limit=None) as sandbox, connected_to(sandbox, patient=False) as connection:
            sandbox.control.fault(Fault(FaultKind.ANSWER_LOST, "/halo/api/*", method="POST"))
            yield connection


def made(halo: Halo, *keys: str, reference: str = "BB-1") -> Target:
    lines = (written(key, price="0.333") for key in keys)
    invoice_id = halo.create_invoice(new_invoice(CLIENT, *lines, reference=reference))
    return halo.target(TargetKind.INVOICE, invoice_id)


def without_ids(target: Target) -> tuple[object, ...]:
    lines = [said(line) for line in target.lines]
    return target.kind, target.client_id, target.reference, target.currency, target.refusal, target.total, lines


def test_an_invoice_is_created_and_found(halo: Halo) -> None:
    target, other = made(halo, "a", "b"), made(halo, reference="BB-11")

    assert without_ids(target) == (
        TargetKind.INVOICE,
        CLIENT,
        "BB-1",
        "USD",
        "",
        Decimal("1.34"),
        [said(written(key, price="0.333")) for key in "ab"],
    )
    assert target.number == f"INV-{target.invoice_id:06d}"
    assert halo.invoice_referred(CLIENT, "BB-1") == target
    assert halo.invoice_referred(CLIENT, "BB-") is None
    assert halo.targets(TargetKind.INVOICE, [other.invoice_id, target.invoice_id, 5]) == {
        target.invoice_id: target,
        other.invoice_id: other,
    }


def test_lines_are_merged(halo: Halo) -> None:
    target = made(halo, "a", "b", "c")
    a, b, c = target.lines

    halo.write_lines(target, [written("d"), taken_back(b), in_place_of(a, written("a", "5"))])
    after = halo.target(target.kind, target.invoice_id)

    assert [said(line) for line in after.lines] == [
        said(written("a", "5")),
        said(replace(taken_back(b), line_id=None)),
        said(c),
        said(written("d")),
    ]
    assert [line.line_id for line in after.lines[:3]] == [a.line_id, b.line_id, c.line_id]
    assert after.lines[2].raw == c.raw
    assert after.lines[1].raw["isinactive"] is True
    assert after.total == Decimal("62.5") + Decimal("0.67") + 25


def test_what_is_gone_is_said_to_be_gone(halo: Halo) -> None:
    target = made(halo, "a")

    for kind, invoice_id in ((TargetKind.INVOICE, 5), (TargetKind.RECURRING, target.invoice_id)):
        with pytest.raises(NotFound, match=f"HaloPSA has no {kind} {invoice_id} any more"):
            halo.target(kind, invoice_id)
    with pytest.raises(UpstreamRejected):
        halo.write_lines(replace(target, invoice_id=5), [written("b")])


def test_a_line_that_was_not_read_is_not_written_in_its_place(halo: Halo) -> None:
    target = made(halo, "a")

    with pytest.raises(DomainError):
        halo.write_lines(target, [replace(written("a"), line_id=5)])

    assert halo.target(target.kind, target.invoice_id) == target


def test_a_lost_answer_is_said_to_be_one_and_everything_is_done(losing: Halo) -> None:
    with pytest.raises(UpstreamOutcomeUnknown):
        made(losing, "a")
    target = losing.invoice_referred(CLIENT, "BB-1")
    assert target is not None
    with pytest.raises(UpstreamOutcomeUnknown):
        losing.write_lines(target, [written("b")])

    assert [line.key for line in losing.target(target.kind, target.invoice_id).lines] == ["BB-pax8-a", "BB-pax8-b"]
