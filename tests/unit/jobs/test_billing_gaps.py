"""What of a month is not billed, by what a person can do about it."""

from billingbot.domain.billing import Amount, Obstacle
from billingbot.jobs.billing_gaps import open_products, unassigned_companies, waiting
from tests.unit.billing.charges import account, applied, charge, client


def test_companies_without_a_client_come_by_their_money_and_charges_that_name_none_are_one_of_them() -> None:
    charges = (
        charge("1", "5", "4", company_id="a", company="Ash"),
        charge("2", "7", "6", company_id="b", company="Birch"),
        charge("3", "1", "1", company_id="b", company="Birch", currency="EUR"),
        charge("4", "6", "5", company_id="", company=""),
    )

    found = unassigned_companies(applied(*charges, accounts={}))

    assert [(one.company_id, one.company) for one in found] == [("b", "Birch"), ("", ""), ("a", "Ash")]
    assert found[0].amounts == {"EUR": Amount(1, 1, 1), "USD": Amount(1, 6, 7)}  # type: ignore[arg-type]


def test_what_waits_is_grouped_by_what_it_waits_for() -> None:
    accounts = (
        account("a", client(1), review=True) | account("b", client(2), review=True) | account("c", client(3, gone=True))
    )
    charges = (
        charge("1", company_id="a"),
        charge("2", company_id="a"),
        charge("3", company_id="b"),
        charge("4", company_id="c"),
    )

    found = waiting(applied(*charges, accounts=accounts))

    assert [(one.obstacle, one.clients, one.amounts["USD"].count) for one in found] == [
        (Obstacle.REVIEW, 2, 3),
        (Obstacle.CLIENT_GONE, 1, 1),
    ]


def test_products_without_an_item_count_the_lines_that_they_hold_up() -> None:
    charges = (charge("1", sku="B"), charge("2", sku="A"), charge("3", sku="A"), charge("4", sku="M"))

    found = open_products(applied(*charges, accounts=account("c1", client())), {"A": "alpha", "B": "Beta", "Z": "Zed"})

    assert [(one.name, one.amounts["USD"].count) for one in found] == [("alpha", 2), ("Beta", 1)]
