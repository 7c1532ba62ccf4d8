"""What was sent comes back from the ledger to the last decimal and the last character."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from billingbot.domain.ledger import LedgerLine, SendLease
from billingbot.domain.plan import Member
from billingbot.errors import DomainError
from billingbot.store import DatabaseStore
from billingbot.store.engine import Engine
from tests.unit.store.decisions import select
from tests.unit.store.entries import LINE, MEMBER, entry, sent
from tests.unit.store.refreshes import MINUTE
from tests.unit.store.statements import NOVEMBER

FIELDS = ("quantity", "unit_price", "unit_cost", "price", "cost")


@pytest.fixture
def lease(store: DatabaseStore) -> SendLease:
    return store.take_send_lease("pax8", "s1", MINUTE)


def with_amount(line: LedgerLine, *fields: str, amount: Decimal) -> LedgerLine:
    changes: dict[str, Any] = dict.fromkeys(fields, amount)
    return replace(line, **changes)


@pytest.mark.parametrize(
    "amount", ["0.1", "-0.0000000001", "999999999999999.9999999999", "900719925474099.3", "1E+3", "-0", "2.675", "1.10"]
)
def test_an_amount_never_passes_through_a_float(store: DatabaseStore, lease: SendLease, amount: str) -> None:
    wanted = Decimal(amount)
    line = replace(with_amount(LINE, *FIELDS, amount=wanted), members=(replace(MEMBER, cost=wanted, price=wanted),))
    others = [replace(LINE, price=Decimal(number).scaleb(-number)) for number in range(9)]
    begun = entry("e1", total=wanted, lines=(line, *others), dropped=line.members)

    store.begin_entry(begun, lease)

    assert store.ledger("pax8") == [begun]


@pytest.mark.parametrize("amount", ["0.00000000005", "1E+15", "-1E+15", "NaN", "Infinity"])
@pytest.mark.parametrize("field", FIELDS)
def test_an_amount_that_cannot_be_kept_exactly_is_refused_before_anything_is_sent(
    store: DatabaseStore, lease: SendLease, field: str, amount: str
) -> None:
    with pytest.raises(DomainError, match=r"BB-pax8-2026-11-aa has the amount .* which cannot be kept exactly"):
        store.begin_entry(entry("e1", lines=(with_amount(LINE, field, amount=Decimal(amount)),)), lease)
    with pytest.raises(DomainError, match="Client 1 has the amount"):
        store.begin_entry(entry("e1", total=Decimal(amount)), lease)

    assert store.ledger("pax8") == []


def test_a_member_keeps_every_character_and_every_decimal(store: DatabaseStore, lease: SendLease) -> None:
    odd = Member('"\0\ud800\n', "Zoë ‮", "{}[],\\", Decimal("1E-40"), Decimal("1234567890123456789.5"), "'; --")
    begun = entry("e1", lines=(replace(LINE, members=(odd,)),), dropped=(odd,))

    store.begin_entry(begun, lease)

    assert store.ledger("pax8") == [begun]


def test_an_entry_of_a_thousand_lines_with_a_hundred_charges_each_comes_back(
    store: DatabaseStore, lease: SendLease
) -> None:
    lines = tuple(
        replace(LINE, key=f"k{line}", members=tuple(replace(MEMBER, charge_id=f"{line}/{of}") for of in range(100)))
        for line in range(1000)
    )
    begun = entry("e1", lines=lines)

    store.begin_entry(begun, lease)

    assert store.newest_entries("pax8", NOVEMBER) == {1: begun}


def test_the_tables_hold_what_a_person_can_read(store: DatabaseStore, engine: Engine, lease: SendLease) -> None:
    sent(store, lease, entry("e1", lines=(LINE,)))

    rows = select(
        engine,
        "select period, client_id, revision, action, kind, invoice, state, price, members"
        " from ledger_entry join ledger_line on ledger_line.entry_id = ledger_entry.entry_id",
    )

    members = '[["ch-1", "Acme", "Office E3", "7.50", "9.99", ""]]'
    assert rows == [("2026-11", 1, 1, "Create", "invoice", "INV-900", "sent", Decimal("9.99"), members)]
