"""Credentials in the database, their audit rows, and how tries to reach vendors went."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta

import pytest

from billingbot.domain.credential import StoredCredential
from billingbot.domain.decision import Stamp
from billingbot.domain.vendor_check import VendorCheck
from billingbot.store import DatabaseStore
from billingbot.store.engine import Engine
from tests.fakes import NOON
from tests.unit.store.at_once import at_once

FIRST = Stamp("r1", "ann", NOON)
LATER = Stamp("r2", "bob", NOON + timedelta(hours=1))


def audited(engine: Engine) -> list[tuple[object, ...]]:
    query = """
    select batch, actor, entity, entity_key, action, before, after, integration from audit
    where entity = 'credential' order by revision
    """
    return engine.read(lambda tx: tx.rows(query))


def values(store: DatabaseStore) -> Mapping[tuple[str, str], str]:
    return {(row.vendor, row.name): row.value for row in store.credentials()}


def test_what_is_saved_is_read_by_vendor_and_name(store: DatabaseStore) -> None:
    store.save_credentials("pax8", {"client_secret": ("enc", True), "client_id": ("id", False)}, FIRST)
    store.save_credentials("halo", {"base_url": ("https://halo.example.com", False)}, LATER)

    assert store.credentials() == [
        StoredCredential("halo", "base_url", "https://halo.example.com", False, LATER.at, "bob"),
        StoredCredential("pax8", "client_id", "id", False, NOON, "ann"),
        StoredCredential("pax8", "client_secret", "enc", True, NOON, "ann"),
    ]


def test_the_audit_row_says_of_a_secret_only_that_it_was_set(store: DatabaseStore, engine: Engine) -> None:
    store.save_credentials("pax8", {"client_secret": ("enc_v1:one", True), "client_id": ("id", False)}, FIRST)
    store.save_credentials("pax8", {"client_secret": ("enc_v1:two", True), "client_id": None}, LATER)

    assert audited(engine) == [
        (
            "r1",
            "ann",
            "credential",
            "pax8",
            "edit",
            '{"client_secret": null, "client_id": null}',
            '{"client_secret": "set", "client_id": "id"}',
            "pax8",
        ),
        (
            "r2",
            "bob",
            "credential",
            "pax8",
            "edit",
            '{"client_secret": "set", "client_id": "id"}',
            '{"client_secret": "set", "client_id": null}',
            "pax8",
        ),
    ]


def test_a_repeated_request_does_nothing_again(store: DatabaseStore, engine: Engine) -> None:
    store.save_credentials("pax8", {"client_id": ("one", False)}, FIRST)
    store.save_credentials("pax8", {"client_id": ("two", False)}, LATER)

    store.save_credentials("pax8", {"client_id": ("one", False)}, replace(FIRST, at=LATER.at))

    assert values(store) == {("pax8", "client_id"): "two"}
    assert len(audited(engine)) == 2


def test_what_is_as_it_was_leaves_no_trace(store: DatabaseStore, engine: Engine) -> None:
    store.save_credentials("pax8", {"client_id": ("one", False)}, FIRST)

    store.save_credentials("pax8", {"client_id": ("one", False), "tenant": None}, LATER)

    assert len(audited(engine)) == 1
    assert store.credentials()[0].changed_by == "ann"


def test_text_that_a_database_refuses_is_stored_without_it(store: DatabaseStore) -> None:
    store.save_credentials("pax8", {"client_id": ("my\0id\ud800", False)}, FIRST)

    assert values(store) == {("pax8", "client_id"): "myid?"}


def test_when_it_cannot_be_recorded_nothing_is_saved(store: DatabaseStore, engine: Engine) -> None:
    engine.write(lambda tx: tx.execute("drop table revision"))

    with pytest.raises(Exception, match="revision"):
        store.save_credentials("pax8", {"client_id": ("one", False)}, FIRST)

    assert store.credentials() == []


def test_many_save_at_once_and_nothing_is_lost(store: DatabaseStore, engine: Engine) -> None:
    def saving(number: int) -> None:
        changed = {"client_id": (f"id {number}", False), f"field_{number}": ("x", False)}
        store.save_credentials("pax8", changed, replace(FIRST, request_id=f"r{number}"))

    results = at_once(*(lambda number=number: saving(number) for number in range(8)))

    assert results == [None] * 8
    assert len(store.credentials()) == 9
    assert len(audited(engine)) == 8


def test_resealing_takes_the_place_of_what_is_still_there(store: DatabaseStore) -> None:
    store.save_credentials("pax8", {"client_secret": ("old", True), "client_id": ("old-id", False)}, FIRST)
    store.save_credentials("halo", {"client_secret": ("changed meanwhile", True)}, LATER)

    store.reseal({"old": "new", "old-id": "not sealed before", "as it was read": "stale"})

    assert values(store) == {
        ("halo", "client_secret"): "changed meanwhile",
        ("pax8", "client_id"): "old-id",
        ("pax8", "client_secret"): "new",
    }


def test_a_vendor_has_been_failing_since_it_first_did(store: DatabaseStore) -> None:
    hours = [NOON + timedelta(hours=number) for number in range(5)]

    store.record_check("pax8", "Pax8: no.", hours[0])
    store.record_check("pax8", "Pax8: still no.", hours[1])
    assert store.checks() == {"pax8": VendorCheck("pax8", hours[1], "Pax8: still no.", hours[0])}

    store.record_check("pax8", "", hours[2])
    assert store.checks() == {"pax8": VendorCheck("pax8", hours[2], "", None)}

    store.record_check("pax8", "Pax8: no.", hours[3])
    assert store.checks()["pax8"].failing_since == hours[3]

    store.forget_check("pax8")
    assert store.checks() == {}


def test_other_credentials_make_former_tries_worthless(store: DatabaseStore) -> None:
    store.record_check("pax8", "Pax8: no.", NOON)
    store.record_check("halo", "HaloPSA: no.", NOON)

    store.save_credentials("pax8", {"client_id": ("one", False)}, FIRST)

    assert list(store.checks()) == ["halo"]
