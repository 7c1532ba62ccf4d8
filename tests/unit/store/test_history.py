"""What happened: the history of a client, batches, runs, and who was active."""

from dataclasses import replace
from datetime import timedelta

import pytest

from billingbot.domain.client_settings import Setting
from billingbot.domain.decision import Action, ConfirmLink, EditSettings, Entity, RejectPair, Stamp, UnlinkCompany
from billingbot.domain.history import ActivityFilter, Batch
from billingbot.domain.party import Client, Company
from billingbot.domain.product import HaloItem
from billingbot.domain.refresh import RefreshState
from billingbot.store import DatabaseStore
from tests.unit.store.decisions import by_hand, decide, edit, stamp
from tests.unit.store.product_rows import map_products
from tests.unit.store.refreshes import MINUTE, NOON, fetched, new_run, refresh

EVERYTHING = ActivityFilter()
CONNECTED = ["integration:twilio:add", "integration:pax8:add"]


@pytest.fixture
def eventful(listed: DatabaseStore) -> DatabaseStore:
    """Return a store in which ann, bob and cy did something, each a minute after the other, after the run r1."""
    edits = [EditSettings(client, 0, {Setting.EXCLUDED: True}) for client in (3, 1)]
    listed.decide("pax8", [*edits, UnlinkCompany("c1", 1)], Stamp("a", "ann", NOON + MINUTE, "50% off_season"))
    listed.undo("a", Stamp("b", "bob", NOON + 2 * MINUTE))
    listed.decide("twilio", [EditSettings(4, 0, {Setting.EXCLUDED: True})], Stamp("c", "cy", NOON + 3 * MINUTE))
    return listed


def found(store: DatabaseStore, **wanted: str) -> list[str]:
    return [batch.batch for batch in store.batches(ActivityFilter(**wanted), 10)]  # type: ignore[arg-type]


def test_batches_are_listed_newest_first_with_what_was_done(eventful: DatabaseStore) -> None:
    assert eventful.batches(EVERYTHING, 10) == [
        Batch("c", "twilio", "cy", NOON + 3 * MINUTE, {"edit": 1}, 1, "Client 4", None, ""),
        Batch("b", "pax8", "bob", NOON + 2 * MINUTE, {"forget": 1, "link": 1, "edit": 2}, 2, "Client 1", "a", ""),
        Batch("a", "pax8", "ann", NOON + MINUTE, {"edit": 2, "unlink": 1, "reject": 1}, 2, "Client 3", None, "bob"),
        Batch("r1", "pax8", "auto", NOON, {"link": 2}, 2, "Client 1", None, ""),
        *(
            Batch(f"integration:{key}:add", key, "auto", NOON, {"add": 1}, 0, "", None, "", Entity.INTEGRATION, key)
            for key in ("twilio", "pax8")
        ),
    ]


def test_a_batch_stands_again_when_its_undo_is_undone(eventful: DatabaseStore) -> None:
    eventful.undo("b", stamp("dora"))

    assert {batch.batch: batch.undone_by for batch in eventful.batches(EVERYTHING, 10)} == {
        "a": "",
        "b": "dora",
        "c": "",
        "r1": "",
        **dict.fromkeys(CONNECTED, ""),
        eventful.batches(EVERYTHING, 1)[0].batch: "",
    }


def test_the_newest_come_first_when_there_are_too_many(eventful: DatabaseStore) -> None:
    assert [batch.batch for batch in eventful.batches(EVERYTHING, 2)] == ["c", "b"]


@pytest.mark.parametrize(
    ("wanted", "batches"),
    [
        ({"integration": "pax8"}, ["b", "a", "r1", "integration:pax8:add"]),
        ({"actor": "bob"}, ["b"]),
        ({"actor": "auto"}, ["r1", *CONNECTED]),
        ({"actor": "nobody"}, []),
        ({"integration": "pax8", "actor": "cy"}, []),
        ({"text": "client 3"}, ["b", "a"]),
        ({"text": "COMPANY C2"}, ["r1"]),
        ({"text": "4"}, ["c"]),
        ({"text": "BO"}, ["b"]),
        ({"text": "% OFF_"}, ["a"]),
        ({"text": "%"}, ["a"]),
        ({"text": "_"}, ["a"]),
        ({"text": "\\"}, []),
        ({"text": "same name"}, ["b", "r1"]),
        ({"text": "edit"}, []),
    ],
    ids=str,
)
def test_batches_are_found_by_integration_actor_and_text(
    eventful: DatabaseStore, wanted: dict[str, str], batches: list[str]
) -> None:
    assert found(eventful, **wanted) == batches


def test_a_found_batch_is_counted_wholly(eventful: DatabaseStore) -> None:
    [_, batch] = eventful.batches(ActivityFilter(text="client 3"), 10)

    assert (batch.batch, batch.actions, batch.clients) == ("a", {"edit": 2, "unlink": 1, "reject": 1}, 2)


def test_batches_are_found_from_a_time_on(eventful: DatabaseStore) -> None:
    since = ActivityFilter(since=NOON + 2 * MINUTE)

    assert [batch.batch for batch in eventful.batches(since, 10)] == ["c", "b"]


@pytest.mark.parametrize(
    ("wanted", "batches"),
    [((), ["c", "b", "a", "r1", *CONNECTED]), (("a", "c", "none"), ["c", "a"]), (("none",), [])],
    ids=str,
)
def test_batches_are_found_by_their_ids(eventful: DatabaseStore, wanted: tuple[str, ...], batches: list[str]) -> None:
    assert [batch.batch for batch in eventful.batches(ActivityFilter(batches=wanted), 10)] == batches


@pytest.mark.parametrize("text", ["شركة", "ZOË", "<img", "=cmd|", "🦊", "o'br"])
def test_hostile_names_are_found_whatever_their_case(store: DatabaseStore, text: str) -> None:
    refresh(store, fetched([Client(1, f"A {text} B".swapcase()), Client(2, "B")], ["c1"]))
    edit(store, 2, {Setting.EXCLUDED: True})
    batch = edit(store, 1, {Setting.EXCLUDED: True}).batch

    assert found(store, text=text) == [batch]


def test_the_changes_of_a_batch_come_in_their_order_with_todays_names(eventful: DatabaseStore) -> None:
    renamed = [Client(1, "Acme"), Client(3, "Client 3")], [Company("c1", "Acme GmbH")]
    refresh(eventful, fetched(*renamed), run_id="r2")

    first, second, third, fourth = eventful.batch_changes("a", 10)

    assert [row.change.action for row in (first, second, third, fourth)] == ["edit", "edit", "unlink", "reject"]
    assert (first.client, first.company, second.client) == ("Client 3", "", "Acme")
    assert (third.client, third.company, third.change.company_id) == ("Acme", "Acme GmbH", "c1")
    assert (first.actor, first.at, first.reason, first.integration) == (
        "ann",
        NOON + MINUTE,
        "50% off_season",
        "pax8",
    )
    assert first.audit_id < second.audit_id < third.audit_id
    assert eventful.batch_changes("a", 2) == [first, second]
    assert eventful.batch_changes("nothing", 2) == []


def test_the_history_of_a_client_is_newest_first(eventful: DatabaseStore) -> None:
    rows = eventful.history("pax8", 1, 10)

    assert [(row.batch, row.change.action) for row in rows] == [
        ("b", "edit"),
        ("b", "link"),
        ("b", "forget"),
        ("a", "reject"),
        ("a", "unlink"),
        ("a", "edit"),
        ("r1", "link"),
    ]
    assert eventful.history("pax8", 1, 3) == rows[:3]
    assert eventful.history("twilio", 1, 3) == []


def test_what_a_refresh_linked_is_history_too(listed: DatabaseStore) -> None:
    [row] = listed.history("pax8", 2, 10)

    assert (row.batch, row.actor, row.reason) == ("r1", "auto", "One word differs")
    assert (row.change.entity, row.change.action, row.change.company_id) == (Entity.MAPPING, Action.LINK, "c2")
    assert row.change.after == {"client_id": 2, "outcome": "review", "score": 91.0}


def test_both_clients_of_a_company_that_moved_remember_it(listed: DatabaseStore) -> None:
    decide(listed, UnlinkCompany("c1", 1), by_hand("c1", 4))

    assert [row.change.action for row in listed.history("pax8", 1, 2)] == ["reject", "unlink"]
    assert [row.change.action for row in listed.history("pax8", 4, 2)] == ["link"]


def test_other_things_that_are_recorded_are_no_changes(listed: DatabaseStore) -> None:
    listed.start_run(new_run("r2"), MINUTE)
    listed.cancel_run("r2", "bob", NOON)

    assert found(listed) == ["r1", *CONNECTED]
    assert listed.batch_changes("r2", 10) == []


def test_runs_are_listed_newest_first_and_found_by_their_errors(listed: DatabaseStore) -> None:
    for number, actor in enumerate(("ann", "bob"), start=2):
        run = listed.start_run(new_run(f"r{number}", actor=actor, now=NOON + number * MINUTE), MINUTE)
        ended = RefreshState.FAILED if number == 2 else RefreshState.NEEDS_APPROVAL
        listed.end_run(replace(run, state=ended), NOON + number * MINUTE, "Pax8: 100 % Down." if number == 2 else None)
    refresh(listed, fetched([1], ["c1"]), run_id="t1", integration="twilio", now=NOON + timedelta(hours=1))

    def runs(wanted: ActivityFilter, limit: int = 10) -> list[str]:
        return [run.run_id for run in listed.runs(wanted, limit)]

    assert runs(EVERYTHING) == ["t1", "r3", "r2", "r1"]
    assert runs(EVERYTHING, 2) == ["t1", "r3"]
    assert runs(ActivityFilter("pax8")) == ["r3", "r2", "r1"]
    assert runs(ActivityFilter(actor="bob")) == ["r3"]
    assert runs(ActivityFilter(since=NOON + 3 * MINUTE)) == ["t1", "r3"]
    assert runs(ActivityFilter(text="0 % dOWN")) == ["r2"]
    assert runs(ActivityFilter(text="pax8")) == ["r2"]
    assert listed.runs(ActivityFilter(actor="bob"), 1) == [listed.run("r3")]


def test_actors_are_everybody_who_did_anything_by_name(eventful: DatabaseStore) -> None:
    decide(eventful, ConfirmLink("c2", 2), actor="Zoë")
    decide(eventful, RejectPair("c3", 3), actor="Bea")
    eventful.start_run(new_run("r2", actor="dora"), MINUTE)

    assert eventful.actors() == ["ann", "auto", "Bea", "bob", "cy", "dora", "Zoë"]


def set_up(store: DatabaseStore) -> None:
    """Let ann enter HaloPSA's credentials, bob change a default, map products and delete Pax8."""
    secret = {"client_id": ("abc", False), "client_secret": ("sealed", True)}
    store.save_credentials("halo", secret, Stamp("s1", "ann", NOON))
    store.save_credentials("pax8", secret, Stamp("s2", "ann", NOON))
    store.edit_integration("pax8", 1, {"threshold": 95}, Stamp("s3", "bob", NOON))
    map_products(store, {"p1": HaloItem(7, "Desk phone"), "p2": HaloItem(8, "50% off")}, "bob")
    store.remove_integration("pax8", Stamp("s5", "bob", NOON))


def test_what_is_set_up_is_listed_with_what_it_is_about(store: DatabaseStore) -> None:
    set_up(store)

    batches = store.batches(EVERYTHING, 5)

    assert [(batch.integration, batch.setup, batch.subject, batch.actions) for batch in batches] == [
        ("pax8", Entity.INTEGRATION, "pax8", {"edit": 1, "remove": 1}),
        ("pax8", Entity.PRODUCT_MAPPING, "Product p1", {"map": 2}),
        ("pax8", Entity.INTEGRATION, "pax8", {"edit": 1}),
        ("pax8", Entity.CREDENTIAL, "pax8", {"edit": 1}),
        ("halo", Entity.CREDENTIAL, "halo", {"edit": 1}),
    ]
    assert {(batch.clients, batch.client) for batch in batches} == {(0, "")}


@pytest.mark.parametrize(
    ("wanted", "number"),
    [
        ({"integration": "halo"}, 1),
        ({"text": "halopsa"}, 1),
        ({"text": "PAX8"}, 5),
        ({"text": "desk PHONE"}, 1),
        ({"text": "product p2"}, 1),
        ({"text": "50%"}, 1),
        ({"text": "5%"}, 0),
        ({"text": "sealed"}, 0),
        ({"text": "abc"}, 0),
        ({"integration": "pax8", "actor": "bob"}, 3),
    ],
    ids=str,
)
def test_what_is_set_up_is_found_by_names_of_integrations_products_and_items(
    store: DatabaseStore, wanted: dict[str, str], number: int
) -> None:
    set_up(store)

    assert len(found(store, **wanted)) == number


def test_changes_of_what_is_set_up_have_a_subject_and_no_client(store: DatabaseStore) -> None:
    set_up(store)

    [recorded] = store.batch_changes("s1", 10)

    assert (recorded.change.subject, recorded.change.client_id, recorded.client, recorded.company) == (
        "halo",
        None,
        "",
        "",
    )
    assert recorded.change.after == {"client_id": "abc", "client_secret": "set"}
    with pytest.raises(ValueError, match="is about no client"):
        _ = recorded.change.about_client


def test_whatever_was_changed_once_can_be_asked_for(store: DatabaseStore) -> None:
    set_up(store)

    assert store.changed_integrations() == ["halo", "pax8", "twilio"]


def test_changes_of_what_is_set_up_change_no_row_of_the_grid_by_themselves(listed: DatabaseStore) -> None:
    before = listed.revision().latest
    map_products(listed, {"p1": HaloItem(7, "Desk phone")})

    assert listed.changed_clients("pax8", before) == frozenset()
