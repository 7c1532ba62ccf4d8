"""The kept rows against a real database: always what a fresh reading would give, and only pieces of it are sent."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from billingbot.domain.client_settings import Setting
from billingbot.domain.decision import EditSettings, LinkCompany, Stamp
from billingbot.domain.integration import Integration
from billingbot.store import DatabaseStore, open_duckdb
from billingbot.ui.client_list import ClientList, ClientLists, records
from billingbot.ui.grid_rows import grid_rows
from tests.unit.store.refreshes import NOON, fetched, refresh

SUGGESTION = ("c2", 2, "suggested", 91.0, "R", 1)
RIVAL = ("c2", 3, "suggested", 90.0, "R", 1)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[DatabaseStore]:
    opened = open_duckdb(tmp_path / "test.duckdb")
    opened.add_integration(Integration("pax8", "Pax8"), "auto", NOON)
    refresh(opened, fetched([1, 2, 3], ["c1", "c2"]), [SUGGESTION, RIVAL])
    yield opened
    opened.close()


def exclude(store: DatabaseStore, client_id: int, version: int = 0, *, on: bool = True) -> None:
    edit = EditSettings(client_id, version, {Setting.EXCLUDED: on})
    store.decide("pax8", [edit], Stamp(f"{client_id}-{version}-{on}", "ann", NOON))


def shown_in_browser(known: ClientList) -> dict[int, dict[str, object]]:
    """Return what a grid shows that has the table and was told the rest, without the revisions."""
    rows = {row["client_id"]: row for row in records(known.table)}
    rows |= {row["client_id"]: row for row in known.changed_since(known.table_revision)}
    return {client_id: {name: row[name] for name in row if name != "revision"} for client_id, row in rows.items()}


def fresh(store: DatabaseStore) -> dict[int, dict[str, object]]:
    rows = store.client_rows("pax8")
    return {row["client_id"]: dict(row) for row in records(grid_rows(rows, store.candidates("pax8", [2, 3]), "r1"))}


def test_a_change_of_one_client_is_one_piece(store: DatabaseStore) -> None:
    lists = ClientLists()
    before = lists.current(store, "pax8", "r1")

    exclude(store, 1)
    after = lists.current(store, "pax8", "r1")

    assert after.table is before.table
    assert [row["client_id"] for row in after.changed_since(before.revision)] == [1]
    assert after.changed_since(after.revision) == []
    assert shown_in_browser(after) == fresh(store)


def test_a_link_also_changes_the_clients_that_were_offered_the_company(store: DatabaseStore) -> None:
    lists = ClientLists()
    before = lists.current(store, "pax8", "r1")

    store.decide("pax8", [LinkCompany("c2", 2)], Stamp("q", "ann", NOON))
    after = lists.current(store, "pax8", "r1")

    assert {row["client_id"] for row in after.changed_since(before.revision)} == {2, 3}
    assert shown_in_browser(after) == fresh(store)


def test_each_session_gets_what_it_lacks(store: DatabaseStore) -> None:
    lists = ClientLists()
    lists.current(store, "pax8", "r1")
    exclude(store, 1)
    first = lists.current(store, "pax8", "r1").revision
    exclude(store, 2)

    known = lists.current(store, "pax8", "r1")

    assert [row["client_id"] for row in known.changed_since(first)] == [2]
    assert [row["client_id"] for row in known.changed_since(known.table_revision)] == [1, 2]


def test_a_client_that_changes_twice_is_sent_as_it_is_last(store: DatabaseStore) -> None:
    lists = ClientLists()
    lists.current(store, "pax8", "r1")
    exclude(store, 1)
    lists.current(store, "pax8", "r1")
    exclude(store, 1, 1, on=False)

    known = lists.current(store, "pax8", "r1")

    assert [(row["client_id"], row["excluded"]) for row in known.changed_since(known.table_revision)] == [(1, False)]


def test_a_refresh_makes_a_new_table(store: DatabaseStore) -> None:
    lists = ClientLists()
    before = lists.current(store, "pax8", "r1")
    exclude(store, 1)
    lists.current(store, "pax8", "r1")

    refresh(store, fetched([1, 2, 3, 4], ["c1", "c2"]), run_id="r2")
    after = lists.current(store, "pax8", "r2")

    assert len(after.table) == len(before.table) + 1
    assert after.changed_since(after.table_revision) == []
    assert after.table_revision > before.table_revision


def test_nothing_is_read_again_while_nothing_has_changed(store: DatabaseStore) -> None:
    lists = ClientLists()

    assert lists.current(store, "pax8", "r1") is lists.current(store, "pax8", "r1")


def test_rows_of_clients_that_did_not_change_can_be_asked_for(store: DatabaseStore) -> None:
    lists = ClientLists()
    lists.current(store, "pax8", "r1")
    exclude(store, 1)

    known = lists.current(store, "pax8", "r1")

    assert {row["client_id"]: row["excluded"] for row in known.shown([1, 3])} == {1: True, 3: False}


def test_a_client_has_its_name_and_an_unknown_one_its_id(store: DatabaseStore) -> None:
    lists = ClientLists()
    lists.current(store, "pax8", "r1")

    assert (lists.name_of("pax8", 1), lists.name_of("pax8", 99), lists.name_of("twilio", 1)) == ("Client 1", "99", "1")


def test_the_table_is_fetched_by_its_token_until_another_one_takes_its_place(store: DatabaseStore) -> None:
    lists = ClientLists()
    before = lists.current(store, "pax8", "r1")
    exclude(store, 1)
    kept = lists.current(store, "pax8", "r1")

    assert lists.table_body(before.token) == kept.table_body
    assert lists.table_body("guessed") is None

    refresh(store, fetched([1, 2, 3, 4], ["c1", "c2"]), run_id="r2")
    after = lists.current(store, "pax8", "r2")

    assert lists.table_body(before.token) is None
    assert lists.table_body(after.token) == after.table_body
