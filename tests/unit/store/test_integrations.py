"""Configured integrations."""

import json
from dataclasses import asdict, replace

import pytest

from billingbot.domain.integration import Assignment, Integration, Modifiers
from billingbot.errors import NotFound
from billingbot.store import DatabaseStore
from billingbot.store.engine import Engine
from tests.unit.store.decisions import select
from tests.unit.store.refreshes import NOON

INGRAM = Integration(
    "ingram_micro",
    "ingram Micro",
    threshold=95,
    guards=False,
    assignment=Assignment.RECURRING,
    modifiers=Modifiers(drop_azure=True, drop_favorable_prorates=True),
)


def test_an_integration_comes_back_as_it_was_added(store: DatabaseStore) -> None:
    store.add_integration(INGRAM, "ann", NOON)

    assert store.integration("ingram_micro") == INGRAM


def test_integrations_are_listed_by_name_whatever_its_case(store: DatabaseStore) -> None:
    store.add_integration(INGRAM, "ann", NOON)

    assert [integration.key for integration in store.integrations()] == ["ingram_micro", "pax8", "twilio"]


def test_adding_again_changes_nothing(store: DatabaseStore, engine: Engine) -> None:
    store.add_integration(INGRAM, "ann", NOON)
    store.add_integration(replace(INGRAM, threshold=50), "bob", NOON)

    assert store.integration("ingram_micro") == INGRAM
    rows = select(engine, "select actor, action, before, after from audit where entity_key = 'ingram_micro'")
    assert [row[:3] for row in rows] == [("ann", "add", None)]
    assert json.loads(rows[0][3]) == asdict(INGRAM)


def test_an_unknown_integration_is_an_error(store: DatabaseStore) -> None:
    with pytest.raises(NotFound, match="nobody"):
        store.integration("nobody")
