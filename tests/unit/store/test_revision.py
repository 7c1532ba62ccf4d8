"""How often anything has changed, and which rows that touches."""

from contextlib import suppress

from billingbot.domain.client_settings import Setting
from billingbot.domain.decision import ConfirmLink, EditSettings, LinkCompany, RejectPair, UnlinkCompany
from billingbot.domain.history import Revision
from billingbot.domain.integration import Integration
from billingbot.errors import DecisionRefused
from billingbot.store import DatabaseStore
from billingbot.store.engine import Engine
from tests.unit.store.decisions import by_hand, decide, edit, select, stamp
from tests.unit.store.refreshes import MINUTE, NOON, Match, fetched, new_run, refresh


def test_every_batch_of_decisions_counts_one(listed: DatabaseStore) -> None:
    before = listed.revision()

    batch = decide(listed, ConfirmLink("c2", 2), RejectPair("c3", 3)).batch
    assert listed.revision() == Revision(before.latest + 1, before.all_rows)

    listed.undo(batch, stamp())
    assert listed.revision() == Revision(before.latest + 2, before.all_rows)


def test_what_changes_nothing_does_not_count(listed: DatabaseStore) -> None:
    before = listed.revision()

    decide(listed, LinkCompany("c1", 1))
    with suppress(DecisionRefused):
        decide(listed, EditSettings(1, 9, {Setting.EXCLUDED: True}))
    listed.start_run(new_run("r2"), MINUTE)
    listed.cancel_run("r2", "ann", NOON)
    listed.add_integration(Integration("pax8", "Pax8"), "ann", NOON)
    listed.acknowledge("boot", 1, NOON)

    assert listed.revision() == before


def test_a_refresh_and_new_defaults_may_change_all_rows(listed: DatabaseStore, engine: Engine) -> None:
    decide(listed, RejectPair("c3", 3))
    before = listed.revision().latest

    refresh(listed, fetched([1], ["c4"]), [("c4", 4, "confident", 99.0, "Same name", 1)], run_id="r2")
    assert listed.revision() == Revision(before + 1, before + 1)
    assert select(engine, "select revision from audit where batch = 'r2'") == [(before + 1,)]

    listed.add_integration(Integration("ingram_micro", "Ingram"), "ann", NOON)
    assert listed.revision() == Revision(before + 2, before + 2)


def test_the_clients_that_were_decided_about_since_are_named(listed: DatabaseStore) -> None:
    since = listed.revision().latest
    edit(listed, 4, {Setting.EXCLUDED: True})
    decide(listed, UnlinkCompany("c1", 1))

    assert listed.changed_clients("pax8", since) == {1, 4}
    assert listed.changed_clients("pax8", since + 1) == {1}
    assert listed.changed_clients("pax8", since + 2) == frozenset()
    assert listed.changed_clients("twilio", since) == frozenset()


def test_the_client_that_a_company_left_is_named_too(listed: DatabaseStore) -> None:
    since = listed.revision().latest
    batch = decide(listed, UnlinkCompany("c1", 1), by_hand("c1", 4)).batch
    assert listed.changed_clients("pax8", since) == {1, 4}

    listed.undo(batch, stamp())
    assert listed.changed_clients("pax8", since + 1) == {1, 4}


def test_clients_whose_suggestion_opened_or_closed_are_named(store: DatabaseStore) -> None:
    pairs: list[Match] = [("c1", client, "suggested", 70.0, "Looks alike", 1) for client in (2, 3)]
    refresh(store, fetched([1, 2, 3, 4], ["c1", "c2"]), [*pairs, ("c2", 4, "suggested", 70.0, "Looks alike", 1)])
    since = store.revision().latest

    decide(store, by_hand("c1", 1))
    assert store.changed_clients("pax8", since) == {1, 2, 3}

    decide(store, UnlinkCompany("c1", 1))
    assert store.changed_clients("pax8", since + 1) == {1, 2, 3}


def test_rows_that_are_not_named_are_as_they_were(listed: DatabaseStore) -> None:
    since, before = listed.revision().latest, listed.client_rows("pax8").set_index("client_id")

    decide(listed, by_hand("c3", 4), UnlinkCompany("c1", 1), EditSettings(1, 0, {Setting.EXCLUDED: True}))

    after = listed.client_rows("pax8").set_index("client_id")
    changed = listed.changed_clients("pax8", since)
    differing = {client for client in before.index if not before.loc[client].equals(after.loc[client])}
    assert differing == changed == {1, 3, 4}
