"""Undoing a batch: everything is as it was, unless somebody changed it since."""

from functools import partial

import pytest

from billingbot.domain.client_settings import Setting
from billingbot.domain.decision import Action, ConfirmLink, EditSettings, Receipt, RejectPair, Stamp, UnlinkCompany
from billingbot.domain.history import ActivityFilter
from billingbot.domain.integration import Assignment
from billingbot.errors import Clash, DecisionRefused, NotFound
from billingbot.store import DatabaseStore
from billingbot.store.engine import Engine
from tests.unit.store.at_once import at_once
from tests.unit.store.decisions import by_hand, decide, edit, select, stamp
from tests.unit.store.refreshes import MINUTE, NOON, fetched, refresh
from tests.unit.store.tables import counts, decided

LATER = NOON + MINUTE


def undo(store: DatabaseStore, batch: str, actor: str = "bob", partly: bool = False) -> Receipt:
    return store.undo(batch, stamp(actor, at=LATER), partly=partly)


def refused(store: DatabaseStore, batch: str, partly: bool = False) -> list[Clash]:
    with pytest.raises(DecisionRefused) as found:
        undo(store, batch, partly=partly)
    return list(found.value.clashes)


def actions(receipt: Receipt) -> list[Action]:
    return [change.action for change in receipt.changes]


def move(store: DatabaseStore, company_id: str, old: int, new: int) -> Receipt:
    return decide(store, UnlinkCompany(company_id, old), by_hand(company_id, new))


def test_everything_of_a_batch_is_as_it_was(listed: DatabaseStore, engine: Engine) -> None:
    edit(listed, 2, {Setting.ASSIGNMENT: Assignment.LAST, Setting.LAST_INVOICE_ID: 7})
    decide(listed, RejectPair("c4", 4), reason="Another Acme.")
    before = decided(engine)
    batch = decide(
        listed,
        EditSettings(2, 1, {Setting.ASSIGNMENT: None, Setting.LAST_INVOICE_ID: None, Setting.EXCLUDED: True}),
        EditSettings(1, 0, {Setting.USE_GLOBAL: False}),
        UnlinkCompany("c1", 1),
        by_hand("c1", 4),
        ConfirmLink("c2", 2),
        RejectPair("c3", 3),
        by_hand("c4", 4),
    ).batch

    receipt = undo(listed, batch)

    assert decided(engine) == before
    assert actions(receipt) == [
        Action.UNLINK,
        Action.REJECT,
        Action.FORGET,
        Action.REVIEW,
        Action.UNLINK,
        Action.FORGET,
        Action.LINK,
        Action.EDIT,
        Action.EDIT,
    ]
    assert receipt.kept == ()


def test_an_undo_is_recorded_as_one_in_the_name_of_who_did_it(listed: DatabaseStore, engine: Engine) -> None:
    batch = edit(listed, 1, {Setting.EXCLUDED: True}).batch
    _, revision = counts(engine)

    receipt = listed.undo(batch, Stamp("u1", "bob", LATER, "Wrong client."))

    row = "actor, recorded_at, undoes, revision, reason, before, after"
    [recorded] = select(engine, f"select {row} from audit where batch = 'u1'")  # noqa: S608 - our own names
    fields = ('{"excluded": true}', '{"excluded": false}')
    assert recorded == ("bob", LATER, batch, revision + 1, "Wrong client.", *fields)
    assert receipt.batch == "u1"
    assert listed.settings("pax8", 1).version == 2


def test_undoing_the_undo_does_it_again(listed: DatabaseStore, engine: Engine) -> None:
    first = decide(listed, EditSettings(1, 0, {Setting.EXCLUDED: True}), UnlinkCompany("c1", 1), by_hand("c1", 4))
    done = decided(engine)

    undone = undo(listed, first.batch)
    again = undo(listed, undone.batch)

    assert decided(engine) == done
    assert again.changes == first.changes
    assert len(undo(listed, first.batch, "cy").changes) == len(first.changes)


def test_what_is_undone_is_not_undone_again(listed: DatabaseStore, engine: Engine) -> None:
    batch = edit(listed, 1, {Setting.EXCLUDED: True}).batch
    undo(listed, batch)
    before = counts(engine)

    assert refused(listed, batch) == [Clash(1, "That was undone already, by bob.")]
    assert refused(listed, batch, partly=True) == [Clash(1, "That was undone already, by bob.")]
    assert counts(engine) == before


def test_a_repeated_undo_changes_nothing_and_gets_the_former_receipt(listed: DatabaseStore, engine: Engine) -> None:
    batch = decide(listed, UnlinkCompany("c1", 1), EditSettings(1, 0, {Setting.EXCLUDED: True})).batch
    edit(listed, 1, {Setting.EXCLUDED: False})
    request = Stamp("u1", "bob", LATER)

    first = listed.undo(batch, request, partly=True)
    before = counts(engine)

    assert first.kept == ("Client 1 was changed by ann since.",)
    assert listed.undo(batch, request, partly=True) == first
    assert counts(engine) == before


def test_of_two_who_undo_the_same_at_once_one_does(listed: DatabaseStore) -> None:
    batch = decide(listed, UnlinkCompany("c1", 1)).batch

    results = at_once(*(partial(undo, listed, batch, actor) for actor in ("bob", "cy")))

    assert sorted(type(result).__name__ for result in results) == ["DecisionRefused", "Receipt"]
    assert len(listed.links("pax8", 1)) == 1


def test_what_never_was_cannot_be_undone(listed: DatabaseStore) -> None:
    with pytest.raises(NotFound, match="nothing"):
        undo(listed, "nothing")


def test_another_field_that_was_changed_since_does_not_hinder(listed: DatabaseStore) -> None:
    batch = edit(listed, 1, {Setting.EXCLUDED: True, Setting.LAST_INVOICE_ID: 7}).batch
    edit(listed, 1, {Setting.USE_GLOBAL: False}, actor="bob")

    undo(listed, batch)

    settings = listed.settings("pax8", 1)
    assert (settings.excluded, settings.last_invoice_id, settings.use_global) == (False, None, False)
    assert settings.version == 3


def test_a_field_that_was_changed_since_hinders(listed: DatabaseStore, engine: Engine) -> None:
    batch = edit(listed, 1, {Setting.EXCLUDED: True, Setting.LAST_INVOICE_ID: 7}).batch
    edit(listed, 1, {Setting.LAST_INVOICE_ID: 8}, actor="bob")
    before = decided(engine)

    assert refused(listed, batch) == [Clash(1, "Client 1 was changed by bob since.")]
    assert decided(engine) == before


def test_a_field_that_was_changed_and_changed_back_does_not_hinder(listed: DatabaseStore) -> None:
    batch = edit(listed, 1, {Setting.EXCLUDED: True}).batch
    edit(listed, 1, {Setting.EXCLUDED: False})
    edit(listed, 1, {Setting.EXCLUDED: True})

    undo(listed, batch)

    assert not listed.settings("pax8", 1).excluded


def test_a_link_of_the_machine_is_undone_for_good(listed: DatabaseStore, engine: Engine) -> None:
    receipt = undo(listed, "r1")

    assert actions(receipt) == [Action.UNLINK, Action.REJECT, Action.UNLINK, Action.REJECT]
    assert decided(engine)["mapping"] == []
    reason = "Automatic link undone."
    assert decided(engine)["rejected"] == [("c1", 1, "bob", LATER, reason), ("c2", 2, "bob", LATER, reason)]

    refresh(listed, fetched([1, 2], ["c1", "c2"]), [("c1", 1, "confident", 97.5, "Same name", 1)], run_id="r2")
    assert decided(engine)["mapping"] == []


def test_a_refresh_can_be_undone_and_done_again_exactly(listed: DatabaseStore, engine: Engine) -> None:
    before = decided(engine)

    again = undo(listed, undo(listed, "r1").batch)

    assert decided(engine) == before
    assert actions(undo(listed, again.batch)) == [Action.UNLINK, Action.REJECT, Action.UNLINK, Action.REJECT]


def test_a_link_of_the_machine_that_somebody_made_anew_is_not_the_machines(listed: DatabaseStore) -> None:
    decide(listed, UnlinkCompany("c1", 1))
    decide(listed, by_hand("c1", 1, 97.5))

    assert refused(listed, "r1") == [Clash(1, "The assignment of Company c1 was changed by ann since.")]


def test_a_link_that_was_confirmed_since_is_not_undone_with_its_refresh(listed: DatabaseStore) -> None:
    decide(listed, ConfirmLink("c2", 2), actor="cy")

    receipt = undo(listed, "r1", partly=True)

    assert receipt.kept == ("The assignment of Company c2 was changed by cy since.",)
    assert actions(receipt) == [Action.UNLINK, Action.REJECT]
    assert [link.company_id for link in listed.links("pax8", 2)] == ["c2"]


def test_a_confirmation_of_a_link_that_is_another_one_by_now_is_not_undone(listed: DatabaseStore) -> None:
    batch = decide(listed, ConfirmLink("c2", 2)).batch
    decide(listed, UnlinkCompany("c2", 2))
    listed.decide("pax8", [by_hand("c2", 2, 91.0)], stamp("cy", at=LATER))

    assert refused(listed, batch) == [Clash(2, "The assignment of Company c2 was changed by cy since.")]


def test_an_unlink_is_not_undone_when_the_company_has_another_client(listed: DatabaseStore) -> None:
    batch = decide(listed, UnlinkCompany("c1", 1)).batch
    decide(listed, by_hand("c1", 4), actor="cy")

    assert refused(listed, batch) == [Clash(1, "The assignment of Company c1 was changed by cy since.")]
    assert refused(listed, batch, partly=True) == refused(listed, batch)
    assert listed.rejected_pairs("pax8").to_dict("list") == {"company_id": ["c1"], "client_id": [1]}


def test_what_cannot_be_undone_of_a_company_keeps_all_of_it(listed: DatabaseStore, engine: Engine) -> None:
    batch = decide(listed, UnlinkCompany("c1", 1), by_hand("c1", 4), EditSettings(3, 0, {Setting.EXCLUDED: True})).batch
    move(listed, "c1", 4, 3)
    before = decided(engine)

    receipt = undo(listed, batch, partly=True)

    assert receipt.kept == ("The assignment of Company c1 was changed by ann since.",)
    assert actions(receipt) == [Action.EDIT]
    assert decided(engine) == {**before, "settings": []}


def test_a_link_is_not_made_again_for_a_pair_that_was_rejected_since(listed: DatabaseStore) -> None:
    undone = undo(listed, decide(listed, by_hand("c4", 4)).batch)
    decide(listed, RejectPair("c4", 4), actor="cy")

    assert refused(listed, undone.batch) == [Clash(4, "The assignment of Company c4 was changed by cy since.")]


def test_a_pair_is_not_rejected_again_when_it_was_linked_since(listed: DatabaseStore) -> None:
    undone = undo(listed, decide(listed, RejectPair("c4", 4)).batch)
    decide(listed, by_hand("c4", 4), actor="cy")

    assert refused(listed, undone.batch) == [Clash(4, "The assignment of Company c4 was changed by cy since.")]


def test_everything_that_hinders_is_named(listed: DatabaseStore) -> None:
    batch = decide(listed, UnlinkCompany("c1", 1), EditSettings(3, 0, {Setting.EXCLUDED: True})).batch
    edit(listed, 3, {Setting.EXCLUDED: False}, actor="cy")
    decide(listed, by_hand("c1", 4), actor="dora")

    assert [clash.sentence for clash in refused(listed, batch)] == [
        "Client 3 was changed by cy since.",
        "The assignment of Company c1 was changed by dora since.",
    ]


def test_an_unlink_is_undone_though_client_and_company_are_gone_by_now(listed: DatabaseStore) -> None:
    batch = decide(listed, UnlinkCompany("c1", 1)).batch
    refresh(listed, fetched([2, 3, 4], ["c2", "c3", "c4"], [1], ["c1"]), run_id="r2")

    undo(listed, batch)

    [link] = listed.links("pax8", 1)
    assert (link.company_id, link.gone) == ("c1", True)


def test_each_integration_has_its_own_decisions(listed: DatabaseStore) -> None:
    refresh(listed, fetched([1, 2, 3, 4], ["c1"]), run_id="r2", integration="twilio")
    batch = listed.decide("twilio", [by_hand("c1", 2)], stamp()).batch

    undo(listed, batch)

    assert listed.links("twilio", 2) == []
    assert [link.company_id for link in listed.links("pax8", 1)] == ["c1"]
    assert [found.undone_by for found in listed.batches(ActivityFilter("twilio"), 2)] == ["", "bob"]


def test_a_refresh_of_thousands_is_undone_at_once(store: DatabaseStore, engine: Engine) -> None:
    numbers = range(3_000)
    companies = [f"c{number}" for number in numbers]
    refresh(store, fetched(numbers, companies), [(f"c{number}", number, "review", 95.0, "", 1) for number in numbers])
    decide(store, *(ConfirmLink(f"c{number}", number) for number in numbers[:10]))

    receipt = undo(store, "r1", partly=True)

    assert (len(receipt.changes), len(receipt.kept)) == (2 * 2_990, 10)
    assert len(decided(engine)["mapping"]) == 10
