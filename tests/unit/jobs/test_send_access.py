"""A sender who may not send any more stops before the next invoice; what was sent is written down all the same."""

from collections.abc import Callable

import pytest

from billingbot.domain.access import Role, SignIn
from billingbot.domain.ledger import SentState
from billingbot.domain.product import HaloItem, NewItem, Product
from billingbot.domain.sending import SendOutcome
from billingbot.errors import AccessRefused
from billingbot.jobs.map_products import create_items
from billingbot.jobs.outside import SendStep
from billingbot.store import DatabaseStore, guarded
from tests.fakes import NOON, FakeHalo
from tests.unit.jobs.billing_desk import ACME, BIRCH, CEDAR, BillingDesk, lost_before_it_arrived, once, seats
from tests.unit.jobs.conftest import Desk
from tests.unit.store.decisions import stamp
from tests.unit.store.people import arrive, change, user

pytestmark = pytest.mark.fault(21)


@pytest.fixture
def billing(desk: Desk) -> BillingDesk:
    billing = BillingDesk(desk)
    billing.charge(seats("a", ACME), seats("b", BIRCH), seats("c", CEDAR))
    return billing


def sends_as(billing: BillingDesk, person: SignIn) -> DatabaseStore:
    """Let that person send from now on; return the machine's store."""
    machine = billing.desk.store
    billing.desk.store = guarded(machine, machine, person, lambda: NOON, reads=False)  # type: ignore[assignment]
    return machine


def disabled(store: DatabaseStore) -> None:
    change(store, "ann", Role.OPERATOR, disabled=True)


def lowered(store: DatabaseStore) -> None:
    change(store, "ann", Role.VIEWER)


def signed_out_everywhere(store: DatabaseStore) -> None:
    store.sign_out_everywhere(user(store, "ann").user_id, stamp())


@pytest.mark.parametrize("ending", [disabled, lowered, signed_out_everywhere])
@pytest.mark.parametrize("step", [SendStep.ENTRY_WRITTEN, SendStep.SENT, SendStep.READ_BACK])
def test_what_was_begun_is_sent_and_written_down_and_nothing_else(
    billing: BillingDesk, ending: Callable[[DatabaseStore], None], step: SendStep
) -> None:
    plan = billing.plan()
    machine = sends_as(billing, arrive(billing.store, "ann", Role.OPERATOR))
    end = once(lambda: ending(machine))

    results = billing.send(plan, reached=lambda reached: end() if reached is step else None)

    outcomes = [result.outcome for result in results.values()]
    assert outcomes == [SendOutcome.SENT, SendOutcome.NOT_TRIED, SendOutcome.NOT_TRIED]
    assert "nothing was changed." in results[BIRCH].sentence
    assert [row.client_id for row in billing.halo.invoices_created] == [ACME]
    [entry] = machine.ledger("pax8")
    assert (entry.client_id, entry.state) == (ACME, SentState.SENT)


def test_whoever_is_disabled_before_an_entry_is_written_sends_nothing(billing: BillingDesk) -> None:
    plan = billing.plan()
    machine = sends_as(billing, arrive(billing.store, "ann", Role.OPERATOR))

    results = billing.send(plan, reached=lambda reached: disabled(machine) if reached is SendStep.LEASE_TAKEN else None)

    assert {result.outcome for result in results.values()} == {SendOutcome.NOT_TRIED}
    assert (billing.halo.writes, machine.ledger("pax8")) == (0, [])


def test_a_lost_answer_is_looked_up_and_not_sent_again_though_its_sender_was_disabled(billing: BillingDesk) -> None:
    plan = billing.plan(ACME)
    machine = sends_as(billing, arrive(billing.store, "ann", Role.OPERATOR))

    def lose() -> None:
        disabled(machine)
        lost_before_it_arrived()

    billing.halo.happenings["create_invoice"] = once(lose)
    [result] = billing.send(plan).values()

    assert result.outcome is SendOutcome.UNKNOWN
    [entry] = machine.ledger("pax8")
    assert entry.state is SentState.FAILED
    assert billing.halo.writes == 0


def test_a_viewer_sends_nothing_and_plans_nothing(billing: BillingDesk) -> None:
    plan = billing.plan()
    sends_as(billing, arrive(billing.store, "ann", Role.VIEWER))

    with pytest.raises(AccessRefused):
        billing.send(plan)
    with pytest.raises(AccessRefused):
        billing.plan()

    assert (billing.halo.writes, billing.entries(ACME)) == (0, [])


def test_no_item_is_created_for_a_viewer(billing: BillingDesk) -> None:
    viewer = arrive(billing.store, "ann", Role.VIEWER)
    store = guarded(billing.store, billing.store, viewer, lambda: NOON)

    with pytest.raises(AccessRefused):
        create_items(store, billing.halo, "pax8", store.products("pax8"), stamp("ann"))

    assert billing.halo.created == []


def test_who_is_disabled_while_items_are_created_creates_no_more_and_hears_what_is_there(billing: BillingDesk) -> None:
    operator = arrive(billing.store, "ann", Role.OPERATOR)
    store = guarded(billing.store, billing.store, operator, lambda: NOON)

    class Halo(FakeHalo):
        def create_item(self, item: NewItem) -> HaloItem:
            change(billing.store, "ann", Role.OPERATOR, disabled=True)
            return super().create_item(item)

    halo = Halo()
    wanted = [Product(name, name, "", 1, "2026-10", "2026-10") for name in ("Premium", "Fee")]

    made = create_items(store, halo, "pax8", wanted, stamp("ann"))

    assert [item.name for item in halo.created] == ["Premium"]
    assert [one.item for one in made] == [None, None]
    assert made[0].error.startswith("The item is in HaloPSA, and not mapped. Your user was disabled.")
    assert made[1].error.startswith("Not tried. Your user was disabled.")
