"""The lists: new, renamed, gone and back, and nothing that is not in the tables after an error."""

from datetime import timedelta

import pytest

from billingbot.domain.party import Client, Company
from billingbot.domain.refresh import RefreshState
from billingbot.errors import DomainError
from billingbot.ports import Fetched
from billingbot.store import DatabaseStore
from billingbot.store.engine import Engine
from tests.unit.store.decisions import select
from tests.unit.store.refreshes import NOON, fetched, refresh

LATER = NOON + timedelta(days=1)


def test_new_rows_say_when_and_by_which_run_they_came(store: DatabaseStore, engine: Engine) -> None:
    lists = fetched([Client(-5, "Acme", "AC1")], [Company("c1", "ACME Ltd", "-5")])
    refresh(store, lists)
    refresh(store, lists, run_id="r2", now=LATER)

    client = "select client_id, name, twilio_subaccount_sid, first_seen, added_run, renamed_run from client"
    company = "select integration, company_id, name, external_id, first_seen, added_run, renamed_run from company"
    assert select(engine, client) == [(-5, "Acme", "AC1", NOON, "r1", None)]
    assert select(engine, company) == [("pax8", "c1", "ACME Ltd", "-5", NOON, "r1", None)]


def test_a_renamed_row_keeps_its_former_name(store: DatabaseStore, engine: Engine) -> None:
    refresh(store, fetched([Client(1, "Acme"), Client(2, "Same")], [Company("c1", "ACME"), Company("c2", "SAME")]))
    refresh(
        store,
        fetched([Client(1, "Apex"), Client(2, "Same")], [Company("c1", "APEX"), Company("c2", "SAME")]),
        run_id="r2",
    )

    names = "select name, previous_name, renamed_run from {} order by name"
    assert select(engine, names.format("client")) == [("Apex", "Acme", "r2"), ("Same", None, None)]
    assert select(engine, names.format("company")) == [("APEX", "ACME", "r2"), ("SAME", None, None)]


def test_ids_of_others_are_updated_without_being_a_change(store: DatabaseStore, engine: Engine) -> None:
    refresh(store, fetched([Client(1, "A"), Client(2, "B", "AC2")], [Company("c1", "A"), Company("c2", "B", "2")]))
    summary = refresh(
        store,
        fetched([Client(1, "A", "AC1"), Client(2, "B")], [Company("c1", "A", "1"), Company("c2", "B")]),
        run_id="r2",
    )

    assert select(engine, "select twilio_subaccount_sid from client order by client_id") == [("AC1",), (None,)]
    assert select(engine, "select external_id from company order by company_id") == [("1",), (None,)]
    assert (summary.clients_renamed, summary.companies_renamed) == (0, 0)


def test_a_missing_row_stays_and_is_marked_once(store: DatabaseStore, engine: Engine) -> None:
    refresh(store, fetched([1, 2], ["c1", "c2"]))
    refresh(store, fetched([1], ["c1"], [2], ["c2"]), run_id="r2", now=LATER)
    refresh(store, fetched([1], ["c1"], [2], ["c2"]), run_id="r3", now=LATER + timedelta(days=1))

    marks = "select missing_since, gone_run from {} order by missing_since nulls first"
    assert select(engine, marks.format("client")) == [(None, None), (LATER, "r2")]
    assert select(engine, marks.format("company")) == [(None, None), (LATER, "r2")]
    assert store.present_client_ids() == {1}
    assert store.present_company_ids("pax8") == {"c1"}


def test_a_row_that_comes_back_loses_its_mark_and_is_not_new(store: DatabaseStore, engine: Engine) -> None:
    refresh(store, fetched([1, 2], ["c1", "c2"]))
    refresh(store, fetched([1], ["c1"], [2], ["c2"]), run_id="r2")
    summary = refresh(store, fetched([1, 2], ["c1", "c2"]), run_id="r3")

    marks = "select distinct missing_since, gone_run, added_run from {}"
    assert select(engine, marks.format("client")) == [(None, None, "r1")]
    assert select(engine, marks.format("company")) == [(None, None, "r1")]
    assert (summary.clients_new, summary.companies_new) == (0, 0)


def test_a_known_row_that_is_neither_listed_nor_missing_stays_as_it_is(store: DatabaseStore) -> None:
    refresh(store, fetched([1, 2, 3], ["c1", "c2"]))
    refresh(store, fetched([1, 3], ["c1"], [2]), run_id="r2")
    refresh(store, fetched([1], ["c1"]), run_id="r3")

    assert store.present_client_ids() == {1, 3}
    assert store.present_company_ids("pax8") == {"c1", "c2"}


def test_a_row_that_is_listed_and_said_to_be_missing_is_present(store: DatabaseStore) -> None:
    refresh(store, fetched([1], ["c1"]))
    summary = refresh(store, fetched([1], ["c1"], [1], ["c1"]), run_id="r2")

    assert store.present_client_ids() == {1}
    assert store.present_company_ids("pax8") == {"c1"}
    assert (summary.clients_gone, summary.companies_gone) == (0, 0)


def test_clients_are_shared_and_companies_belong_to_their_integration(store: DatabaseStore) -> None:
    refresh(store, fetched([1, 2], ["c1", "c2"]))
    refresh(store, fetched([1, 2], ["c1"]), run_id="r2", integration="twilio")
    summary = refresh(store, fetched([1], [], [2], ["c1"]), run_id="r3", integration="twilio")

    assert store.present_client_ids() == {1}
    assert store.present_company_ids("pax8") == {"c1", "c2"}
    assert store.present_company_ids("twilio") == set()
    assert (summary.companies, summary.companies_gone) == (0, 1)


@pytest.mark.parametrize(
    "lists", [fetched([1, 2, 1]), fetched([1], ["c1", "c2", "c2"])], ids=["a client twice", "a company twice"]
)
def test_a_list_that_repeats_an_id_is_refused_and_changes_nothing(
    store: DatabaseStore, engine: Engine, lists: Fetched
) -> None:
    with pytest.raises(DomainError, match="listed twice"):
        refresh(store, lists)

    assert select(engine, "select * from client") == []
    assert store.run("r1").state is RefreshState.RUNNING


def test_names_with_characters_that_no_database_takes_are_cleaned(store: DatabaseStore, engine: Engine) -> None:
    refresh(store, fetched([Client(1, "A\0cme \ud800")], [Company("c1", "Zoë\0", None)]))

    assert select(engine, "select name from client union all select name from company") == [("Acme ?",), ("Zoë",)]


def test_companies_are_named_in_the_order_of_their_names(store: DatabaseStore) -> None:
    refresh(store, fetched([1], [Company("a", "zebra"), Company("b", "Acme"), Company("c", "Borealis")]))

    assert store.company_names("pax8", {"a", "b", "nobody"}) == ["Acme", "zebra"]
    assert store.company_names("twilio", {"a"}) == []
