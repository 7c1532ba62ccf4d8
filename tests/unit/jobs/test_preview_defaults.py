"""What changed defaults would change, before they are saved."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from billingbot.domain.client_settings import Setting
from billingbot.domain.decision import EditSettings, Stamp
from billingbot.domain.integration import Assignment, Integration, Modifiers
from billingbot.domain.party import Client, Company
from billingbot.errors import NotFound
from billingbot.jobs.preview_defaults import DefaultsPreview, preview_defaults
from billingbot.store import DatabaseStore, open_duckdb
from tests.fakes import NOON
from tests.unit.store.refreshes import fetched, refresh

PAX8 = Integration("pax8", "Pax8")
CLIENTS = [
    Client(1, "Contoso"),
    Client(2, "Fabrikam"),
    Client(3, "Northwind Traders"),
    Client(4, "Horizen"),
    Client(9, "Gone"),
]
COMPANIES = [
    Company("c1", "Contoso Ltd"),
    Company("c2", "Fabrikam Inc"),
    Company("c3", "Northwind Traders"),
    Company("c4", "Horizon"),
]


@pytest.fixture
def store(tmp_path: Path) -> Iterator[DatabaseStore]:
    """Return a store where 1 and 2 are linked, 3 and 4 are not, and 9 is gone."""
    store = open_duckdb(tmp_path / "billingbot.duckdb")
    store.add_integration(PAX8, "auto", NOON)
    linked = [("c1", 1, "confident", 100.0, "Same name", 1), ("c2", 2, "confident", 100.0, "Same name", 1)]
    refresh(store, fetched(CLIENTS, COMPANIES), linked)
    refresh(store, fetched(CLIENTS[:-1], COMPANIES, gone_clients=[9]), run_id="r2")
    yield store
    store.close()


def edit(store: DatabaseStore, client_id: int, fields: dict[Setting, object]) -> None:
    store.decide("pax8", [EditSettings(client_id, 0, fields)], Stamp(f"edit {client_id}", "ann", NOON))  # type: ignore[arg-type]


def test_what_stays_as_it_is_changes_nothing(store: DatabaseStore) -> None:
    assert preview_defaults(store, "pax8", PAX8) == DefaultsPreview()
    assert preview_defaults(store, "pax8", replace(PAX8, refresh_at="06:30")) == DefaultsPreview()


def test_rules_change_for_clients_with_the_global_setting(store: DatabaseStore) -> None:
    edit(store, 2, {Setting.USE_GLOBAL: False})

    preview = preview_defaults(store, "pax8", replace(PAX8, modifiers=Modifiers(drop_azure=True)))

    assert preview == DefaultsPreview(rules=3, rules_mapped=1)


def test_an_assignment_changes_for_clients_that_inherit_it(store: DatabaseStore) -> None:
    edit(store, 1, {Setting.LAST_INVOICE_ID: 7})
    edit(store, 3, {Setting.ASSIGNMENT: Assignment.NEW})

    assert preview_defaults(store, "pax8", replace(PAX8, assignment=Assignment.LAST)) == DefaultsPreview(
        assignment=3, lacking_target=1
    )
    assert preview_defaults(store, "pax8", replace(PAX8, assignment=Assignment.RECURRING)).lacking_target == 2


def test_nobody_who_is_not_billed_lacks_a_target(store: DatabaseStore) -> None:
    edit(store, 1, {Setting.EXCLUDED: True})

    preview = preview_defaults(store, "pax8", replace(PAX8, assignment=Assignment.RECURRING))

    assert (preview.assignment, preview.lacking_target) == (4, 1)


def test_a_threshold_says_what_the_next_refresh_would_link(store: DatabaseStore) -> None:
    higher = preview_defaults(store, "pax8", replace(PAX8, threshold=100))
    bare = preview_defaults(store, "pax8", replace(PAX8, threshold=70, guards=False))

    assert (higher.links_now, higher.links_then) == (1, 1)
    assert (bare.links_now, bare.links_then, bare.review_then) == (1, 2, 0)
    assert store.integration("pax8") == PAX8


def test_of_an_unknown_integration_nothing_can_be_said(store: DatabaseStore) -> None:
    with pytest.raises(NotFound):
        preview_defaults(store, "nobody", PAX8)
