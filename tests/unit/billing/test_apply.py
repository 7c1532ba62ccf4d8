"""Whose the charges are, and which of them cannot be billed yet."""

from decimal import Decimal

import pytest

from billingbot.domain.account import Account
from billingbot.domain.billing import Billing, Obstacle, Rule
from tests.unit.billing.charges import NOVEMBER, account, applied, charge, client, dropped, line_ids

ACME, BOLT = client(1, name="Acme"), client(2, name="Bolt")


def test_a_period_without_charges_bills_nobody() -> None:
    assert applied(accounts=account("c1", ACME)) == Billing("pax8", NOVEMBER, (), ())


def test_clients_come_by_name_and_id_and_only_those_with_charges() -> None:
    namesake, nobody = client(-5, name="Acme"), client(9, name="Aaron")
    accounts = account("b", BOLT) | account("a", ACME) | account("n", namesake) | account("x", nobody)

    found = applied(*(charge(company_id, company_id=company_id) for company_id in ("b", "a", "n")), accounts=accounts)

    assert [one.client for one in found.clients] == [namesake, ACME, BOLT]


def test_the_charges_of_a_clients_companies_are_billed_together() -> None:
    found = applied(
        charge("2", company_id="a"), charge("1", company_id="b"), accounts=account("a", ACME) | account("b", ACME)
    )

    [acme] = found.clients
    assert line_ids(acme) == [["1"], ["2"]]


@pytest.mark.parametrize(
    ("accounts", "obstacle"),
    [
        (account("c1", ACME, review=True), Obstacle.REVIEW),
        (account("c1", ACME, gone=True), Obstacle.COMPANY_GONE),
        (account("c1", client(gone=True)), Obstacle.CLIENT_GONE),
    ],
)
def test_charges_of_a_client_that_cannot_be_billed_yet_are_its_problems(
    accounts: dict[str, Account], obstacle: Obstacle
) -> None:
    one = charge("1")

    found = applied(one, accounts=accounts)

    [billing] = found.clients
    assert [(problem.charge, problem.obstacle) for problem in billing.problems] == [(one, obstacle)]
    assert (billing.lines, billing.dropped, found.unassigned) == ((), (), ())


def test_the_obstacle_that_is_named_is_the_one_that_a_click_cannot_clear() -> None:
    gone = client(gone=True)
    accounts = account("all", gone, review=True, gone=True) | account("two", ACME, review=True, gone=True)

    found = applied(charge("1", company_id="all"), charge("2", company_id="two"), accounts=accounts)

    obstacles = {problem.charge.charge_id: problem.obstacle for one in found.clients for problem in one.problems}
    assert obstacles == {"1": Obstacle.CLIENT_GONE, "2": Obstacle.COMPANY_GONE}


def test_who_is_not_invoiced_has_no_problems() -> None:
    excluded = client(excluded=True, gone=True)

    [billing] = applied(charge("1"), accounts=account("c1", excluded, review=True, gone=True)).clients

    assert (dropped(billing), billing.problems) == ({"1": Rule.DO_NOT_INVOICE}, ())


def test_what_waits_for_review_holds_back_its_own_company_only() -> None:
    accounts = account("sure", ACME) | account("guessed", ACME, review=True)

    [billing] = applied(charge("1", company_id="sure"), charge("2", company_id="guessed"), accounts=accounts).clients

    assert line_ids(billing) == [["1"]]
    assert [problem.charge.charge_id for problem in billing.problems] == ["2"]


def test_a_company_without_client_and_a_charge_without_company_are_unassigned_most_money_first() -> None:
    found = applied(
        charge("1", "5", company_id="small", company="Small"),
        charge("2", "30", company_id="large", company="Large"),
        charge("3", "9", company_id="", company="Nobody"),
        charge("4", "6", company_id="small", company="Small"),
        charge("5", "11", company_id="also-11", company="Also"),
        accounts=account("c1", ACME),
    )

    # small: 5 + 6 = 11, as much as also-11, which comes first by its id.
    assert [(one.company_id, [problem.charge.charge_id for problem in one.problems]) for one in found.unassigned] == [
        ("large", ["2"]),
        ("also-11", ["5"]),
        ("small", ["1", "4"]),
        ("", ["3"]),
    ]
    assert found.unassigned[0].company == "Large"
    obstacles = {one.company_id: {problem.obstacle for problem in one.problems} for one in found.unassigned}
    assert obstacles.pop("") == {Obstacle.NO_COMPANY}
    assert set().union(*obstacles.values()) == {Obstacle.NO_CLIENT}
    assert found.clients == ()


def test_a_charge_without_company_is_nobodys_even_if_an_account_has_no_id() -> None:
    found = applied(charge("1", company_id=""), accounts=account("", ACME))

    assert [one.problems[0].obstacle for one in found.unassigned] == [Obstacle.NO_COMPANY]


def test_nothing_of_a_client_that_is_not_invoiced_is_billed() -> None:
    found = applied(charge("1", "7", "5"), accounts=account("c1", client(excluded=True)))

    [billing] = found.clients
    assert dropped(billing) == {"1": Rule.DO_NOT_INVOICE}
    assert billing.settings.excluded
    assert billing.dropped[0].charge.price == Decimal(7)
