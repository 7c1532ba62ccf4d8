"""The rows of the client grid."""

import math

import pytest

from billingbot.domain.client_settings import Setting
from billingbot.domain.integration import Assignment, Integration
from billingbot.domain.party import Client, Company
from billingbot.errors import NotFound
from billingbot.store import DatabaseStore
from tests.unit.store.decisions import by_hand, decide, edit
from tests.unit.store.refreshes import MINUTE, NOON, Match, fetched, refresh

COLUMNS = {
    "client_id": "int64",
    "client": "str",
    "companies": "str",
    "company_ids": "str",
    "open_company_id": "str",
    "status": "str",
    "score": "float64",
    "reason": "str",
    "last_invoice_id": "Int64",
    "recurring_invoice_id": "Int64",
    "assignment": "str",
    "inherited": "bool",
    "missing_target": "bool",
    "excluded": "bool",
    "use_global": "bool",
    "drop_azure": "bool",
    "collapse_azure": "bool",
    "drop_favorable_prorates": "bool",
    "drop_zero_dollar": "bool",
    "added_run": "str",
    "renamed_run": "str",
    "gone_run": "str",
    "linked_run": "str",
    "version": "int64",
}
SURE: Match = ("c1", 1, "confident", 97.5, "Same name", 1)
UNSURE: Match = ("c2", 2, "review", 91.0, "One word differs", 1)
MAYBE: Match = ("c3", 3, "suggested", 79.0, "Looks alike", 1)


def row(store: DatabaseStore, client_id: int, integration: str = "pax8") -> dict[str, object]:
    frame = store.client_rows(integration)
    [found] = frame[frame["client_id"] == client_id].to_dict("records")
    return {str(name): value for name, value in found.items()}


def statuses(store: DatabaseStore, integration: str = "pax8") -> dict[int, str]:
    frame = store.client_rows(integration)
    return dict(zip(frame["client_id"].tolist(), frame["status"].tolist(), strict=True))


@pytest.mark.parametrize("clients", [[], [1, 2]], ids=["no clients", "two clients"])
def test_columns_have_their_names_order_and_types(store: DatabaseStore, clients: list[int]) -> None:
    refresh(store, fetched(clients, ["c1"]))

    rows = store.client_rows("pax8")

    assert rows.dtypes.astype("str").to_dict() == COLUMNS
    assert list(rows.columns) == list(COLUMNS)
    assert len(rows) == len(clients)


def test_rows_are_every_client_by_name_whatever_its_case_then_id(store: DatabaseStore) -> None:
    names = ["beta", "Alpha", "Ärzte", "alpha", "Beta"]
    refresh(store, fetched([Client(9 - number, name) for number, name in enumerate(names)]))

    rows = store.client_rows("twilio")

    assert rows["client"].tolist() == ["alpha", "Alpha", "Beta", "beta", "Ärzte"]
    assert rows["client_id"].tolist() == [6, 8, 5, 9, 7]


def test_an_unknown_integration_is_an_error(store: DatabaseStore) -> None:
    with pytest.raises(NotFound):
        store.client_rows("nobody")


def test_each_client_has_the_status_that_its_links_and_suggestions_give(store: DatabaseStore) -> None:
    refresh(store, fetched([1, 2, 3, 4], ["c1", "c2", "c3"]), [SURE, UNSURE, MAYBE])

    assert statuses(store) == {1: "Mapped", 2: "Review", 3: "Suggested", 4: "Unmapped"}
    assert statuses(store, "twilio") == dict.fromkeys([1, 2, 3, 4], "Unmapped")


def test_excluded_comes_before_what_was_found(store: DatabaseStore) -> None:
    refresh(store, fetched([1, 2, 3, 4], ["c1", "c2", "c3"]), [SURE, UNSURE, MAYBE])
    for client_id in (1, 2, 3, 4):
        edit(store, client_id, {Setting.EXCLUDED: True})

    assert set(statuses(store).values()) == {"Excluded"}


def test_gone_comes_before_everything(store: DatabaseStore) -> None:
    refresh(store, fetched([1, 2, 3, 4], ["c1", "c2", "c3"]), [SURE, UNSURE, MAYBE])
    edit(store, 1, {Setting.EXCLUDED: True})
    refresh(store, fetched([], ["c1", "c2", "c3"], [1, 2, 3, 4]), run_id="r2")

    assert set(statuses(store).values()) == {"Gone"}
    assert set(statuses(store, "twilio").values()) == {"Gone"}
    assert row(store, 4)["gone_run"] == "r2"
    assert row(store, 4)["reason"] == "HaloPSA no longer lists this client."
    assert row(store, 1)["companies"] == "Company c1"


def test_of_two_companies_that_went_the_later_one_says_which_run_noticed(store: DatabaseStore) -> None:
    refresh(store, fetched([1], ["c1", "c2"]), [SURE])
    decide(store, by_hand("c2", 1))
    refresh(store, fetched([1], ["c2"], [], ["c1"]), run_id="zzz", now=NOON + MINUTE)
    refresh(store, fetched([1], [], [], ["c2"]), run_id="aaa", now=NOON + 2 * MINUTE)

    assert row(store, 1)["gone_run"] == "aaa"


def test_a_client_is_gone_when_one_of_its_companies_is(store: DatabaseStore) -> None:
    refresh(store, fetched([1], ["c1", "c2"]), [SURE])
    decide(store, by_hand("c2", 1))
    refresh(store, fetched([1], ["c1"], [], ["c2"]), run_id="r2")

    assert row(store, 1)["status"] == "Gone"
    assert row(store, 1)["gone_run"] == "r2"
    assert row(store, 1)["reason"] == "Pax8 no longer lists a company of this client."

    refresh(store, fetched([1], ["c1", "c2"]), run_id="r3")
    assert row(store, 1)["status"] == "Mapped"
    assert row(store, 1)["gone_run"] == ""


def test_one_link_in_review_makes_the_client_review_and_gives_score_and_reason(store: DatabaseStore) -> None:
    refresh(store, fetched([2], [Company("c2", "zeta"), Company("c8", "Alpha"), Company("c9", "beta")]), [UNSURE])
    decide(store, by_hand("c8", 2))
    decide(store, by_hand("c9", 2))

    found = row(store, 2)

    assert found["companies"] == "Alpha · beta · zeta"
    assert (found["status"], found["score"], found["reason"]) == ("Review", 91.0, "One word differs")
    assert found["linked_run"] == "r1"


def test_of_sure_links_the_least_score_is_shown(store: DatabaseStore) -> None:
    refresh(store, fetched([1], ["c0", "c1"]), [SURE])
    decide(store, by_hand("c0", 1))

    assert (row(store, 1)["score"], row(store, 1)["reason"]) == (97.5, "Same name")


def test_a_link_in_review_is_less_sure_than_any_score(store: DatabaseStore) -> None:
    refresh(store, fetched([2], ["c1", "c2"]), [UNSURE])
    decide(store, by_hand("c1", 2, 90.5))

    assert (row(store, 2)["score"], row(store, 2)["reason"]) == (91.0, "One word differs")


def test_a_link_by_hand_has_no_score(store: DatabaseStore) -> None:
    refresh(store, fetched([3], ["c1", "c3"]), [MAYBE])
    decide(store, by_hand("c1", 3))

    found = row(store, 3)

    assert math.isnan(float(str(found["score"])))
    assert (found["status"], found["reason"], found["linked_run"]) == ("Mapped", "by hand", "")


def test_the_best_open_suggestion_gives_score_and_reason(store: DatabaseStore) -> None:
    second: Match = ("c4", 3, "suggested", 60.0, "Somewhat alike", 2)
    refresh(store, fetched([3, 5], ["c3", "c4"]), [second, MAYBE])
    assert (row(store, 3)["score"], row(store, 3)["reason"]) == (79.0, "Looks alike")

    decide(store, by_hand("c3", 5))

    assert (row(store, 3)["score"], row(store, 3)["reason"]) == (60.0, "Somewhat alike")


def test_a_client_without_anything_has_no_score_and_no_reason(store: DatabaseStore) -> None:
    refresh(store, fetched([4]))

    found = row(store, 4)

    assert math.isnan(float(str(found["score"])))
    assert (found["reason"], found["companies"], found["linked_run"], found["renamed_run"]) == ("", "", "", "")
    assert (found["added_run"], found["version"]) == ("r1", 0)


def test_targets_and_assignment_of_the_client_are_shown(store: DatabaseStore) -> None:
    refresh(store, fetched([1, 2]))
    targets = {Setting.LAST_INVOICE_ID: 2**60 + 1, Setting.RECURRING_INVOICE_ID: -12}
    edit(store, 1, {Setting.ASSIGNMENT: Assignment.RECURRING, **targets})

    found = row(store, 1)

    assert (found["last_invoice_id"], found["recurring_invoice_id"]) == (2**60 + 1, -12)
    assert (found["assignment"], found["inherited"], found["version"]) == ("recurring", False, 1)


def test_a_client_without_an_assignment_has_the_one_of_the_integration(store: DatabaseStore) -> None:
    store.add_integration(Integration("ingram_cloud", "Ingram", assignment=Assignment.LAST), "ann", NOON)
    refresh(store, fetched([1, 2]))
    edit(store, 1, {Setting.USE_GLOBAL: False})

    assert (row(store, 1)["assignment"], row(store, 1)["inherited"]) == ("new", True)
    assert (row(store, 1, "ingram_cloud")["assignment"], row(store, 1, "ingram_cloud")["inherited"]) == ("last", True)


def test_a_renamed_client_says_by_which_run(store: DatabaseStore) -> None:
    refresh(store, fetched([Client(1, "Acme")]))
    refresh(store, fetched([Client(1, "Apex")]), run_id="r2")

    assert (row(store, 1)["client"], row(store, 1)["renamed_run"]) == ("Apex", "r2")


def test_ten_thousand_clients_are_applied_and_read(store: DatabaseStore) -> None:
    numbers = range(10_000)
    kinds = ["confident", "review", "suggested"]
    pairs: list[Match] = [(f"c{number}", number, kinds[number % 3], 95.0, "alike", 1) for number in numbers]
    lists = fetched(numbers, [f"c{number}" for number in numbers])

    refresh(store, lists, pairs)

    statuses = store.client_rows("pax8")["status"].value_counts().to_dict()
    assert statuses == {"Mapped": 3334, "Review": 3333, "Suggested": 3333}
