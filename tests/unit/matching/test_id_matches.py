"""What equal ids decide."""

import pandas as pd

from billingbot.matching import match
from tests.unit.matching.pair_of_names import clients, companies, links, outcomes, pairs


def with_external_ids(side: pd.DataFrame, *ids: str | None) -> pd.DataFrame:
    """Return the companies with the ids that they carry."""
    return side.assign(external_id=pd.Series(ids, dtype="object"))


def test_an_equal_id_links_names_that_have_nothing_in_common() -> None:
    found = match(clients("Acme", "Borealis"), with_external_ids(companies("Zebra"), "2"))

    assert found.to_dict("records") == [
        {
            "company_id": "c1",
            "client_id": 2,
            "score": 100.0,
            "outcome": "confident",
            "reason": "The company carries this client's HaloPSA id, 2.",
            "rank": 1,
        }
    ]


def test_an_id_beats_a_name_but_the_contradiction_is_left_for_review() -> None:
    found = match(clients("Acme", "Borealis"), with_external_ids(companies("Borealis"), "1"))

    assert outcomes(found) == {(1, "c1"): "review"}
    assert found["reason"].tolist() == [
        "The company carries this client's HaloPSA id, 1. But another client has the company's name."
    ]


def test_a_company_with_the_clients_name_contradicts_the_id_as_well() -> None:
    found = match(clients("Acme"), with_external_ids(companies("Zebra", "Acme"), "1", None))

    assert outcomes(found) == {(1, "c1"): "review"}
    assert found["reason"].tolist()[0].endswith("But another company has the client's name.")


def test_two_companies_with_one_id_are_suggested() -> None:
    found = match(clients("Acme"), with_external_ids(companies("Acme", "Acme - Azure"), "1", "1"))

    assert outcomes(found) == {(1, "c1"): "suggested", (1, "c2"): "suggested"}


def test_a_twilio_subaccount_that_two_clients_name_is_suggested_to_both() -> None:
    left = clients("Acme", "Borealis").assign(twilio_subaccount_sid=["c1", "c1"])

    assert outcomes(match(left, companies("Zebra"))) == {(1, "c1"): "suggested", (2, "c1"): "suggested"}


def test_a_rejected_pair_is_not_found_by_its_id_and_is_no_tie() -> None:
    right = with_external_ids(companies("Acme", "Acme - Azure"), "1", "1")

    assert links(match(clients("Acme"), right, rejected=pairs(("c1", 1)))) == {(1, "c2"): "review"}
    assert match(clients("Acme"), with_external_ids(companies("Acme"), "1"), rejected=pairs(("c1", 1))).empty


def test_what_is_decided_is_not_found_by_its_id() -> None:
    right = with_external_ids(companies("Acme", "Zebra"), "1", "2")

    assert links(match(clients("Acme", "Borealis"), right, decided=pairs(("c1", 1)))) == {(2, "c2"): "confident"}


def test_who_is_linked_by_id_is_no_rival_by_name() -> None:
    right = with_external_ids(companies("Acme Kettles", "Acme Kettle"), "2", None)

    assert links(match(clients("Acme Kettles", "Zebra"), right)) == {(1, "c2"): "confident", (2, "c1"): "review"}
