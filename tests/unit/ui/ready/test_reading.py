"""A month is computed when what it rests on has changed, and only then."""

from collections.abc import Collection
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any, cast

import pytest

from billingbot.bootstrap import App
from billingbot.domain.billing import Billing
from billingbot.domain.charge_snapshot import ChargeSnapshot
from billingbot.domain.history import Revision
from billingbot.domain.ledger import LedgerEntry, SentState
from billingbot.domain.period import Period
from billingbot.domain.product import Product
from billingbot.jobs.billing_rows import Standing
from billingbot.ui.ready import reading
from billingbot.ui.ready.reading import read_month
from tests.unit.billing.charges import NOVEMBER, PAX8, account, applied, charge, client
from tests.unit.jobs.test_billing_rows import sent

SNAPSHOT = ChargeSnapshot(NOVEMBER, datetime(2026, 11, 26, tzinfo=UTC), "ann", True, (), 1, ())


@dataclass
class Desk:
    """Stands in for the app, its store and its sendings."""

    month: Billing = field(default_factory=lambda: applied(charge("1"), accounts=account("c1", client())))
    number: int = 1
    entries: list[LedgerEntry] = field(default_factory=list)
    revisions: dict[int, int] = field(default_factory=dict)
    unmapped: list[Product] = field(default_factory=list)
    recurring: dict[int, set[int]] = field(default_factory=dict)
    billed: int = 0
    sandbox: bool = False

    @property
    def store(self) -> "Desk":
        return self

    @property
    def sendings(self) -> "Desk":
        return self

    def billing(self, _integration: str, _period: Period) -> Billing:
        self.billed += 1
        return self.month

    def revision(self) -> Revision:
        return Revision(self.number, 0)

    def newest(self, _integration: str) -> None:
        return None

    def ledger(self, _integration: str, _period: Period, limit: int) -> list[LedgerEntry]:
        return self.entries[-limit:]

    def newest_entries(
        self, _integration: str, _period: Period, client_ids: Collection[int] | None = None
    ) -> dict[int, LedgerEntry]:
        return {
            entry.client_id: entry
            for entry in self.entries
            if entry.state is not SentState.FAILED and (client_ids is None or entry.client_id in client_ids)
        }

    def newest_revisions(self, _integration: str, _period: Period) -> dict[int, int]:
        return {entry.client_id: entry.revision for entry in self.entries}

    def recurring_sent_before(self, _integration: str, _period: Period) -> dict[int, set[int]]:
        return self.recurring

    def products(self, _integration: str) -> list[Product]:
        return self.unmapped


@pytest.fixture
def desk() -> Desk:
    reading._reading.clear()
    reading._charged.clear()
    return Desk()


def read(desk: Desk, snapshot: ChargeSnapshot = SNAPSHOT) -> Any:
    return read_month(cast("App", desk), PAX8, snapshot)


def test_the_same_month_is_computed_once_for_all_who_look(desk: Desk) -> None:
    assert read(desk) is read(desk)
    assert desk.billed == 1


def test_a_decision_other_charges_or_other_defaults_make_it_anew(desk: Desk) -> None:
    read(desk)
    desk.number = 2
    read(desk)
    read(desk, replace(SNAPSHOT, fetched_at=datetime(2026, 11, 27, tzinfo=UTC)))
    read_month(cast("App", desk), replace(PAX8, version=2), SNAPSHOT)

    assert desk.billed == 4


def test_what_was_sent_since_then_shows_without_applying_the_rules_again(desk: Desk) -> None:
    assert read(desk).rows[0].standing is Standing.READY
    desk.entries.append(sent(desk.month.clients[0], state=SentState.SENDING))
    assert read(desk).rows[0].standing is Standing.UNKNOWN
    desk.entries[0] = replace(desk.entries[0], state=SentState.SENT)

    assert read(desk).rows[0].standing is Standing.SENT
    assert desk.billed == 1


def test_a_try_that_failed_after_one_that_did_not_is_told(desk: Desk) -> None:
    first = sent(desk.month.clients[0])
    desk.entries += [first, replace(first, entry_id="e2", revision=2, state=SentState.FAILED)]
    desk.month = applied(charge("1", "20", "16"), accounts=account("c1", client()))

    assert read(desk).rows[0].standing is Standing.FAILED


def test_products_that_nobody_mapped_hold_their_clients_up(desk: Desk) -> None:
    desk.unmapped.append(Product("SKU-1", "Office E3", "SKU-1", 1, "2026-11", "2026-11"))

    found = read(desk)

    assert found.rows[0].standing is Standing.NO_ITEM
    assert [product.name for product in found.open_products] == ["Office E3"]


def test_an_answer_that_was_lost_long_ago_and_found_again_shows(desk: Desk) -> None:
    desk.month = applied(
        charge("1"), charge("2", company_id="c2"), accounts=account("c1", client()) | account("c2", client(2))
    )
    lost, newer = sent(desk.month.clients[0], state=SentState.UNKNOWN), sent(desk.month.clients[1], entry_id="e2")
    desk.entries += [lost, newer]
    assert [row.standing for row in read(desk).rows] == [Standing.UNKNOWN, Standing.SENT]

    desk.entries[0] = replace(lost, state=SentState.SENT)

    assert [row.standing for row in read(desk).rows] == [Standing.SENT, Standing.SENT]


def test_lines_that_a_recurring_invoice_goes_on_billing_are_to_be_taken_back(desk: Desk) -> None:
    desk.month = applied(charge("1"), accounts=account("c1", client(excluded=True)))
    desk.recurring = {1: {50}}

    found = read(desk)

    assert [row.standing for row in found.rows] == [Standing.TAKE_BACK]
    assert found.to_take_back == 1
