"""Refresh Clients: when too much is missing, nothing changes until a person approves it."""

import pytest

from billingbot.domain.refresh import Missing, RefreshState
from billingbot.errors import ApprovalNeeded, NotFound
from billingbot.jobs.refresh_clients import approved_loss
from tests.unit.jobs.conftest import MANY, Desk


@pytest.mark.parametrize("lost", [6, 12])
def test_when_too_many_clients_are_missing_a_person_is_asked(desk: Desk, lost: int) -> None:
    desk.lists(MANY, MANY)
    desk.refresh()
    desk.halo.rows = desk.halo.rows[lost:]
    before = desk.store.client_rows("pax8")

    with pytest.raises(ApprovalNeeded):
        desk.refresh()

    assert desk.store.client_rows("pax8").equals(before)
    assert desk.latest().state is RefreshState.NEEDS_APPROVAL
    assert desk.latest().missing == Missing(client_ids=frozenset(range(1, lost + 1)))


def test_an_approved_loss_is_carried_out(desk: Desk) -> None:
    desk.lists(MANY, MANY)
    desk.refresh()
    desk.pax8.rows = desk.pax8.rows[6:]
    with pytest.raises(ApprovalNeeded):
        desk.refresh()
    asked = desk.latest().run_id

    approved = approved_loss(desk.store, "pax8", asked)

    assert desk.carry_out(desk.start(), approved).companies_gone == 6


def test_an_approval_does_not_cover_what_went_missing_after_it(desk: Desk) -> None:
    desk.lists(MANY, MANY)
    desk.refresh()
    desk.pax8.rows = desk.pax8.rows[6:]
    with pytest.raises(ApprovalNeeded):
        desk.refresh()
    approved = approved_loss(desk.store, "pax8", desk.latest().run_id)
    desk.pax8.rows = desk.pax8.rows[1:]

    with pytest.raises(ApprovalNeeded):
        desk.carry_out(desk.start(), approved)


def test_only_the_newest_run_can_be_approved(desk: Desk) -> None:
    desk.lists(["Acme"], ["Acme"])
    desk.refresh()

    with pytest.raises(NotFound):
        approved_loss(desk.store, "pax8", "run-0")


def test_an_empty_list_needs_approval_even_at_the_first_refresh(desk: Desk) -> None:
    with pytest.raises(ApprovalNeeded, match="HaloPSA lists no clients at all"):
        desk.refresh()
