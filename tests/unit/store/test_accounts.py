"""Accounts are the mappings with everything that billing asks of them."""

import time

import pytest

from billingbot.domain.account import Account, BilledClient
from billingbot.domain.client_settings import ClientSettings, Setting, SettingValue
from billingbot.domain.decision import ConfirmLink, UnlinkCompany
from billingbot.domain.integration import Assignment, Modifiers
from billingbot.domain.party import Company
from billingbot.store import DatabaseStore
from billingbot.store.engine import Engine
from tests.unit.store.decisions import by_hand, decide, edit, link
from tests.unit.store.refreshes import Match, fetched, refresh


def test_every_mapping_is_an_account_by_its_company(listed: DatabaseStore) -> None:
    decide(listed, by_hand("c4", 1))

    first = BilledClient(1, "Client 1", ClientSettings())
    assert listed.accounts("pax8") == {
        "c1": Account("c1", "Company c1", first),
        "c2": Account("c2", "Company c2", BilledClient(2, "Client 2", ClientSettings()), review=True),
        "c4": Account("c4", "Company c4", first),
    }
    assert listed.accounts("twilio") == {}
    assert listed.accounts("nobody") == {}


def test_a_confirmed_link_waits_for_review_no_more_and_an_undone_one_is_no_account(listed: DatabaseStore) -> None:
    decide(listed, ConfirmLink("c2", 2), UnlinkCompany("c1", 1))

    assert [(one.company_id, one.review) for one in listed.accounts("pax8").values()] == [("c2", False)]


def test_an_account_says_how_its_client_is_billed(listed: DatabaseStore) -> None:
    fields: dict[Setting, SettingValue] = {
        Setting.USE_GLOBAL: False,
        Setting.DROP_AZURE: True,
        Setting.DROP_ZERO_DOLLAR: True,
        Setting.ASSIGNMENT: Assignment.RECURRING,
        Setting.EXCLUDED: True,
        Setting.LAST_INVOICE_ID: 2**60,
        Setting.RECURRING_INVOICE_ID: -4,
    }
    edit(listed, 1, fields)

    accounts = listed.accounts("pax8")

    assert accounts["c1"].client.settings == listed.settings("pax8", 1)
    assert accounts["c1"].client.settings == ClientSettings(
        False, Modifiers(drop_azure=True, drop_zero_dollar=True), Assignment.RECURRING, True, 2**60, -4, version=1
    )
    assert accounts["c2"].client.settings == ClientSettings()


def test_what_another_integration_says_is_not_about_this_one(listed: DatabaseStore) -> None:
    found: list[Match] = [("c1", 1, "confident", 97.5, "Same name", 1)]
    refresh(listed, fetched([1, 2, 3, 4], [Company("c1", "Acme")]), found, "t1", "twilio")
    edit(listed, 1, {Setting.EXCLUDED: True})

    account = listed.accounts("pax8")["c1"]
    assert (account.company, account.client.settings.excluded) == ("Company c1", True)
    assert listed.accounts("twilio") == {"c1": Account("c1", "Acme", BilledClient(1, "Client 1", ClientSettings()))}


def test_what_is_not_listed_any_more_is_gone_and_keeps_its_name(listed: DatabaseStore) -> None:
    refresh(listed, fetched([2, 3, 4], ["c1", "c3", "c4"], [1], ["c2"]), run_id="r2")

    accounts = listed.accounts("pax8")

    assert [(one.company, one.gone, one.client.name, one.client.gone) for one in accounts.values()] == [
        ("Company c1", False, "Client 1", True),
        ("Company c2", True, "Client 2", False),
    ]


def test_what_the_mirror_never_knew_is_gone_and_named_by_its_id(store: DatabaseStore, engine: Engine) -> None:
    link(engine, "c9", -7)

    unknown = BilledClient(-7, "client -7", ClientSettings(), gone=True)
    assert store.accounts("pax8") == {"c9": Account("c9", "c9", unknown, gone=True)}


@pytest.mark.parametrize("settled", [False, True], ids=["of clients without settings", "of clients with settings"])
def test_ten_thousand_accounts_come_at_once(store: DatabaseStore, engine: Engine, settled: bool) -> None:
    numbers = range(10_000)
    refresh(
        store,
        fetched(numbers, [f"c{number}" for number in numbers]),
        [(f"c{number}", number, "confident", 97.5, "Same name", 1) for number in numbers],
    )
    if settled:
        engine.write(
            lambda tx: tx.execute(
                "insert into client_settings select 'pax8', client_id, true, false, false, false, false, 'last', false,"
                " client_id, null, 1 from client"
            )
        )

    started = time.monotonic()
    accounts = store.accounts("pax8")
    took = time.monotonic() - started

    assert len(accounts) == 10_000
    assert all(
        one.client.settings.last_invoice_id == (one.client.client_id if settled else None) for one in accounts.values()
    )
    # A query for each row would take ten times as long; the rest is what a busy machine takes.
    assert took < 2
