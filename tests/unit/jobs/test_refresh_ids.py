"""Refresh Clients where one side carries the other's id: names need not agree."""

import pandas as pd
import pytest

from billingbot.domain.party import Client, Company
from billingbot.matching.ids import equal_ids
from tests.unit.jobs.conftest import Desk
from tests.unit.store.decisions import reject


def test_a_company_that_carries_a_halo_id_is_linked_whatever_its_name(desk: Desk) -> None:
    desk.halo.rows = [Client(7, "Brightwater Veterinary"), Client(8, "Borealis")]
    desk.pax8.rows = [Company("c1", "BWV Holdings", external_id=" 7 "), Company("c2", "Cedar", external_id="A8")]

    summary = desk.refresh()

    assert desk.links() == {("c1", 7)}
    assert (summary.linked, summary.review) == (1, 0)
    [reason] = desk.store.client_rows("pax8").query("client_id == 7")["reason"]
    assert "7" in reason


def test_a_subaccount_that_halo_names_is_linked_whatever_its_name(desk: Desk) -> None:
    desk.halo.rows = [Client(7, "Brightwater Veterinary", twilio_subaccount_sid="AC01")]
    desk.pax8.rows = [Company("AC01", "Phones")]

    desk.refresh()

    assert desk.links() == {("AC01", 7)}


def test_an_id_that_two_companies_carry_is_left_to_a_person(desk: Desk) -> None:
    desk.halo.rows = [Client(7, "Brightwater Veterinary")]
    desk.pax8.rows = [Company("c1", "Amber", external_id="7"), Company("c2", "Cedar", external_id="7")]

    desk.refresh()

    assert desk.links() == set()
    assert desk.suggestions() == {("c1", 7), ("c2", 7)}


def test_a_rejected_pair_does_not_come_back_by_its_id(desk: Desk) -> None:
    desk.halo.rows = [Client(7, "Brightwater Veterinary")]
    desk.pax8.rows = [Company("c1", "Amber", external_id="7")]
    reject(desk.engine, "c1", 7)

    desk.refresh()

    assert desk.links() | desk.suggestions() == set()


def test_a_rejected_pair_leaves_its_id_to_the_other_company_that_carries_it(desk: Desk) -> None:
    desk.halo.rows = [Client(7, "Brightwater Veterinary")]
    desk.pax8.rows = [Company("c1", "Amber", external_id="7"), Company("c2", "Cedar", external_id="7")]
    reject(desk.engine, "c1", 7)

    desk.refresh()

    assert desk.links() == {("c2", 7)}


@pytest.mark.parametrize("threshold", [90, 100])
def test_ids_do_not_ask_for_alike_names(desk: Desk, threshold: int) -> None:
    desk.halo.rows = [Client(7, "Brightwater Veterinary")]
    desk.pax8.rows = [Company("c1", "Amber", external_id="7")]
    desk.configure(threshold)

    desk.refresh()

    assert desk.links() == {("c1", 7)}


def test_every_id_of_the_sandbox_that_one_company_carries_is_linked_and_rightly(desk: Desk) -> None:
    data = desk.sandbox_lists(2_000)
    by_id = equal_ids(
        pd.DataFrame({"client_id": [client.client_id for client in data.clients]}),
        pd.DataFrame(
            [(row.company_id, row.external_id) for row in data.companies], columns=["company_id", "external_id"]
        ),
    )
    single = by_id.drop_duplicates("client_id", keep=False)
    assert len(single) > 200

    desk.refresh()

    pairs = set(zip(single["company_id"].tolist(), single["client_id"].tolist(), strict=True))
    assert pairs <= desk.links()
    assert pairs <= data.truth.items()
