"""What the rows of the client grid say about billing, what waits for a click, and the rows of a few clients."""

import pytest

from billingbot.domain.client_settings import Setting, SettingValue
from billingbot.domain.decision import ConfirmLink, RejectPair
from billingbot.domain.integration import Assignment, Integration, Modifiers
from billingbot.domain.party import Client, Company
from billingbot.store import DatabaseStore
from tests.unit.store.decisions import by_hand, decide, edit
from tests.unit.store.refreshes import NOON, Match, fetched, refresh

MODIFIERS = ["drop_azure", "collapse_azure", "drop_favorable_prorates", "drop_zero_dollar"]
DEFAULTS = Integration(
    "ingram_cloud",
    "Ingram",
    assignment=Assignment.LAST,
    modifiers=Modifiers(drop_azure=True, drop_favorable_prorates=True),
)


def values(store: DatabaseStore, client_id: int, columns: list[str], integration: str = "pax8") -> list[object]:
    rows = store.client_rows(integration, [client_id])
    assert rows["client_id"].tolist() == [client_id]
    return [rows[column].tolist()[0] for column in columns]


def test_the_ids_of_companies_stand_in_the_order_of_their_names(store: DatabaseStore) -> None:
    refresh(store, fetched([1, 2], [Company("c1", "zeta"), Company("c2", "Alpha"), Company("c3", "beta")]))
    decide(store, by_hand("c1", 1), by_hand("c2", 1), by_hand("c3", 1))

    assert values(store, 1, ["companies", "company_ids"]) == ["Alpha · beta · zeta", "c2 c3 c1"]
    assert values(store, 2, ["companies", "company_ids"]) == ["", ""]


def test_what_waits_for_a_click_is_the_link_under_review_or_the_best_suggestion(listed: DatabaseStore) -> None:
    assert [values(listed, client, ["open_company_id"]) for client in (1, 2, 3, 4)] == [[""], ["c2"], ["c3"], [""]]

    decide(listed, ConfirmLink("c2", 2), RejectPair("c3", 3))

    assert [values(listed, client, ["open_company_id"]) for client in (2, 3)] == [[""], [""]]


def test_what_is_linked_leaves_no_suggestion_open(listed: DatabaseStore) -> None:
    decide(listed, by_hand("c4", 3))

    assert values(listed, 3, ["status", "open_company_id"]) == ["Mapped", ""]


def test_modifiers_are_the_integrations_until_a_client_has_its_own(store: DatabaseStore) -> None:
    store.add_integration(DEFAULTS, "ann", NOON)
    refresh(store, fetched([1, 2]), integration="ingram_cloud")
    columns = ["use_global", *MODIFIERS]
    assert values(store, 1, columns, "ingram_cloud") == [True, True, False, True, False]
    assert values(store, 1, columns, "pax8") == [True, False, False, False, False]

    edit(store, 1, {Setting.COLLAPSE_AZURE: True})
    assert values(store, 1, columns, "pax8") == [True, False, False, False, False]

    edit(store, 1, {Setting.USE_GLOBAL: False})
    assert values(store, 1, columns, "pax8") == [False, False, True, False, False]
    assert values(store, 1, columns, "ingram_cloud") == [True, True, False, True, False]


@pytest.mark.parametrize("name", MODIFIERS)
def test_each_modifier_has_its_own_column(store: DatabaseStore, name: str) -> None:
    store.add_integration(Integration("ingram_cloud", "I", modifiers=Modifiers(**{name: True})), "ann", NOON)
    refresh(store, fetched([1]), integration="ingram_cloud")
    edit(store, 1, {Setting.USE_GLOBAL: False, Setting(name): True})
    expected = [column == name for column in MODIFIERS]

    assert values(store, 1, MODIFIERS, "pax8") == expected
    assert values(store, 1, MODIFIERS, "ingram_cloud") == expected


@pytest.mark.parametrize(
    ("fields", "missing"),
    [
        ({Setting.ASSIGNMENT: Assignment.NEW}, False),
        ({Setting.ASSIGNMENT: Assignment.LAST}, True),
        ({Setting.ASSIGNMENT: Assignment.LAST, Setting.RECURRING_INVOICE_ID: 5}, True),
        ({Setting.ASSIGNMENT: Assignment.LAST, Setting.LAST_INVOICE_ID: 5}, False),
        ({Setting.ASSIGNMENT: Assignment.RECURRING}, True),
        ({Setting.ASSIGNMENT: Assignment.RECURRING, Setting.LAST_INVOICE_ID: 5}, True),
        ({Setting.ASSIGNMENT: Assignment.RECURRING, Setting.RECURRING_INVOICE_ID: -5}, False),
        ({Setting.ASSIGNMENT: Assignment.RECURRING, Setting.EXCLUDED: True}, False),
    ],
    ids=str,
)
def test_a_target_is_missing_when_charges_have_nowhere_to_go(
    store: DatabaseStore, fields: dict[Setting, SettingValue], missing: bool
) -> None:
    refresh(store, fetched([1]))
    edit(store, 1, fields)

    assert values(store, 1, ["missing_target"]) == [missing]
    settings = store.settings("pax8", 1)
    assert missing is (settings.lacks_target(store.integration("pax8")) and not settings.excluded)


def test_a_target_is_missing_by_the_default_of_the_integration(store: DatabaseStore) -> None:
    store.add_integration(DEFAULTS, "ann", NOON)
    refresh(store, fetched([1]), integration="ingram_cloud")

    assert values(store, 1, ["missing_target", "inherited"], "ingram_cloud") == [True, True]
    assert values(store, 1, ["missing_target", "inherited"], "pax8") == [False, True]


def test_the_rows_of_a_few_clients_are_those_of_all(store: DatabaseStore) -> None:
    names = ["beta", "Alpha", "Ärzte", "alpha", "Beta", "=cmd()"]
    found: list[Match] = [
        ("c0", 0, "confident", 97.5, "Same name", 1),
        ("c1", 1, "review", 91.0, "One word differs", 1),
        ("c2", 2, "suggested", 79.0, "Looks alike", 1),
        ("c2", 3, "suggested", 78.0, "Looks alike", 1),
    ]
    clients = [Client(number, name) for number, name in enumerate(names)]
    refresh(store, fetched(clients, [f"c{number}" for number in range(6)]), found)
    edit(store, 4, {Setting.EXCLUDED: True})
    everyone = store.client_rows("pax8")

    few = store.client_rows("pax8", {5, 3, 0, 2, 4})
    expected = everyone[everyone["client_id"] != 1].reset_index(drop=True)

    assert few.equals(expected)
    assert few.dtypes.equals(everyone.dtypes)


def test_unknown_clients_have_no_rows(listed: DatabaseStore) -> None:
    assert listed.client_rows("pax8", [99, 1])["client_id"].tolist() == [1]

    nobody = listed.client_rows("pax8", [])
    assert (len(nobody), list(nobody.columns)) == (0, list(listed.client_rows("pax8").columns))
