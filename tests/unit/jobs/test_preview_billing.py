"""What a client's newest month becomes under settings that nobody saved: all of its charges, and no others."""

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from billingbot.domain.account import Account, BilledClient
from billingbot.domain.billing import Amount, Rule
from billingbot.domain.charge import Charge, ChargeKind
from billingbot.domain.client_settings import ClientSettings
from billingbot.domain.decision import LinkCompany, Stamp
from billingbot.domain.integration import Integration, Modifiers
from billingbot.domain.party import Client, Company
from billingbot.jobs.preview_billing import ClientMonth, CurrencyPreview, preview_billing, read_newest_month
from billingbot.store import DatabaseStore, open_duckdb
from tests.fakes import NOON
from tests.unit.store.refreshes import fetched, refresh
from tests.unit.store.statements import NOVEMBER, OCTOBER, charge, statement

PAX8 = Integration("pax8", "Pax8")
ALL_RULES = Modifiers(drop_azure=True, drop_favorable_prorates=True, drop_zero_dollar=True)
CLIENT = BilledClient(1, "Contoso", ClientSettings())
NONE = Amount(0, Decimal(0), Decimal(0))


def azure(charge_id: str, cost: str, price: str, **changes: object) -> Charge:
    return charge(charge_id, azure="Its term is Arrears.", cost=Decimal(cost), price=Decimal(price), **changes)


def month(*charges: Charge, review: bool = False, gone: bool = False, client_gone: bool = False) -> ClientMonth:
    client = replace(CLIENT, gone=client_gone)
    return ClientMonth(NOVEMBER, True, charges, client, {"c1": Account("c1", "Acme", client, review, gone)})


def own(**rules: bool) -> ClientSettings:
    return ClientSettings(use_global=False, modifiers=Modifiers(**rules))


def amount(count: int, cost: str, price: str) -> Amount:
    return Amount(count, Decimal(cost), Decimal(price))


MIXED = (
    charge("a", cost=Decimal("7.50"), price=Decimal("9.99")),
    azure("b", "1.005", "1.2"),
    azure("c", "2.001", "2.3"),
    charge("d", kind=ChargeKind.PRORATE, cost=Decimal("-4"), price=Decimal("-5")),
    charge("e", cost=Decimal("0.62"), price=Decimal(0)),
)


def test_without_rules_every_charge_becomes_a_line() -> None:
    [preview] = preview_billing(PAX8, month(*MIXED), ClientSettings())

    assert preview.charges == amount(5, "7.126", "8.49")
    assert preview.lines.count == 5
    assert set(preview.dropped.values()) == {NONE}
    assert not any((preview.withheld, preview.absorbed, preview.collapsed))


def test_each_rule_says_what_it_drops_and_what_that_means() -> None:
    rules = own(drop_favorable_prorates=True, drop_zero_dollar=True, collapse_azure=True)

    [preview] = preview_billing(PAX8, month(*MIXED), rules)

    assert preview.dropped[Rule.DROP_FAVORABLE_PRORATES] == amount(1, "-4", "-5")
    assert preview.withheld == Decimal(5)
    assert preview.dropped[Rule.DROP_ZERO_DOLLAR] == amount(1, "0.62", "0")
    assert preview.absorbed == Decimal("0.62")
    assert preview.collapsed == 2
    assert preview.lines == amount(2, "10.51", "13.49")


def test_the_rules_of_the_integration_hold_while_the_client_has_none_of_its_own() -> None:
    integration = replace(PAX8, modifiers=Modifiers(drop_azure=True))

    [inherited] = preview_billing(integration, month(*MIXED), ClientSettings(modifiers=ALL_RULES))
    [its_own] = preview_billing(integration, month(*MIXED), own())

    assert inherited.dropped[Rule.DROP_AZURE].count == 2
    assert its_own.dropped[Rule.DROP_AZURE] == NONE


def test_an_excluded_client_is_billed_nothing_whatever_waits() -> None:
    [preview] = preview_billing(PAX8, month(*MIXED, review=True), ClientSettings(excluded=True))

    assert preview.dropped[Rule.DO_NOT_INVOICE].count == 5
    assert (preview.lines, preview.waiting) == (NONE, NONE)


@pytest.mark.parametrize("waits", ["review", "gone", "client_gone"])
def test_what_waits_is_not_billed_and_no_rule_is_asked(waits: str) -> None:
    [preview] = preview_billing(PAX8, month(*MIXED, **{waits: True}), ClientSettings(modifiers=ALL_RULES))

    assert preview.waiting.count == 5
    assert preview.lines == NONE


def test_currencies_are_never_added_up() -> None:
    euro = azure("x", "1", "2", currency="EUR")

    in_euro, in_dollars = preview_billing(PAX8, month(euro, *MIXED), own(collapse_azure=True))

    assert (in_euro.currency, in_euro.charges, in_euro.lines) == ("EUR", amount(1, "1", "2"), amount(1, "1", "2"))
    assert (in_dollars.currency, in_dollars.charges.count, in_dollars.collapsed) == ("USD", 5, 2)


def test_a_client_without_charges_has_nothing_to_preview() -> None:
    assert preview_billing(PAX8, month(), ClientSettings()) == []


amounts = st.integers(-500, 500).map(lambda cents: Decimal(cents).scaleb(-2))
some_charges = st.lists(
    st.builds(
        lambda kind, azure, cost, price, currency: charge(
            "", kind=kind, azure=azure, cost=cost, price=price, currency=currency
        ),
        st.sampled_from(ChargeKind),
        st.sampled_from(["", "Its term is Arrears."]),
        amounts,
        amounts | st.just(Decimal(0)),
        st.sampled_from(["USD", "EUR"]),
    ),
    max_size=12,
).map(lambda charges: [replace(one, charge_id=f"{number:02}") for number, one in enumerate(charges)])


@given(some_charges, st.builds(Modifiers, *[st.booleans()] * 4), st.booleans(), st.booleans())
def test_what_comes_in_is_dropped_waits_or_goes_out_to_the_cent(
    charges: list[Charge], modifiers: Modifiers, excluded: bool, review: bool
) -> None:
    settings = ClientSettings(use_global=False, modifiers=modifiers, excluded=excluded)

    previews = preview_billing(PAX8, month(*charges, review=review), settings)

    assert sum(preview.charges.count for preview in previews) == len(charges)
    for preview in previews:
        members = preview.lines.count + (preview.collapsed - 1 if preview.collapsed else 0)
        parts = [*preview.dropped.values(), preview.waiting]
        assert preview.charges.count == members + sum(part.count for part in parts)
        assert preview.charges.price == preview.lines.price + sum(part.price for part in parts)
        assert preview.charges.cost == preview.lines.cost + sum(part.cost for part in parts)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[DatabaseStore]:
    """Return a store where client 1 holds c1 and c2, the second under review, and client 9 is gone."""
    store = open_duckdb(tmp_path / "billingbot.duckdb")
    store.add_integration(PAX8, "auto", NOON)
    companies = [Company(f"c{number}", f"Company {number}") for number in (1, 2, 3)]
    clients = [Client(1, "Contoso"), Client(2, "Fabrikam"), Client(9, "Gone")]
    linked = [("c2", 1, "review", 92.0, "A word", 1), ("c3", 9, "confident", 100.0, "Same name", 1)]
    refresh(store, fetched(clients, companies), linked)
    refresh(store, fetched(clients[:-1], companies, gone_clients=[9]), run_id="r2")
    store.decide("pax8", [LinkCompany("c1", 1)], Stamp("link", "ann", NOON))
    yield store
    store.close()


def read(store: DatabaseStore, client_id: int) -> ClientMonth | None:
    return read_newest_month(store, "pax8", client_id, "Contoso", store.links("pax8", client_id))


def test_without_a_month_there_is_nothing_to_read(store: DatabaseStore) -> None:
    assert read(store, 1) is None


def test_the_newest_month_is_read_with_the_charges_of_the_clients_companies_only(store: DatabaseStore) -> None:
    for period in (NOVEMBER, OCTOBER):
        rows = [charge(f"{period}-{company}", company_id=company) for company in ("c1", "c2", "c3", "c4", "")]
        store.replace_charges("pax8", statement(*rows, period=period, final=period is OCTOBER), "ann", NOON)

    found = read(store, 1)

    assert found is not None
    assert (found.period, found.final) == (NOVEMBER, False)
    assert [one.charge_id for one in found.charges] == ["2026-11-c1", "2026-11-c2"]
    assert {company: account.review for company, account in found.accounts.items()} == {"c1": False, "c2": True}
    [preview] = preview_billing(PAX8, found, ClientSettings())
    assert (preview.lines.count, preview.waiting.count) == (1, 1)


def test_a_client_that_is_gone_is_not_billed(store: DatabaseStore) -> None:
    store.replace_charges("pax8", statement(charge("a", company_id="c3")), "ann", NOON)

    found = read(store, 9)

    assert found is not None
    previews: list[CurrencyPreview] = preview_billing(PAX8, found, ClientSettings())
    assert [preview.waiting.count for preview in previews] == [1]


def test_a_client_without_companies_has_no_charges(store: DatabaseStore) -> None:
    store.replace_charges("pax8", statement(charge("a", company_id="")), "ann", NOON)

    found = read(store, 2)

    assert found is not None
    assert (found.charges, found.accounts) == ([], {})
