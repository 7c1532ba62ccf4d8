"""The books of the invented Twilio: subaccounts and usage that follow from seed and number."""

from datetime import date
from decimal import Decimal

import pytest

from billingbot.sandbox.customers import customers
from billingbot.sandbox.dataset import DataSet, build
from billingbot.sandbox.twilio_books import TwilioBooks, client_sid
from billingbot.sandbox.twilio_catalog import CATEGORIES, LEAVES, TOTAL

NOVEMBER, OCTOBER, JULY = date(2026, 11, 1), date(2026, 10, 1), date(2026, 7, 1)


@pytest.fixture(scope="module")
def data() -> DataSet:
    return build(seed=1, clients=240, companies=240, today=date(2026, 11, 20))


@pytest.fixture(scope="module")
def books(data: DataSet) -> TwilioBooks:
    return TwilioBooks(data)


def test_each_customer_has_a_subaccount_of_its_own(books: TwilioBooks, data: DataSet) -> None:
    known = {account.number: (account.name, account.client_id) for account in books.accounts.values()}

    assert len(books.accounts) == 240
    assert known == {
        customer.number: (customer.name[:64], customer.client_id) for customer in customers(data, "twilio")
    }


def test_the_sid_of_a_client_follows_from_its_id(books: TwilioBooks, data: DataSet) -> None:
    for client in {account.client_id for account in books.accounts.values()} - {None}:
        assert client is not None
        assert books.accounts[client_sid(data.seed, client)].client_id == client


def test_a_client_can_have_two_subaccounts(books: TwilioBooks) -> None:
    owners = [account.client_id for account in books.accounts.values() if account.client_id is not None]

    assert len(set(owners)) < len(owners)


def test_names_are_at_most_64_letters_long(books: TwilioBooks) -> None:
    assert max(len(account.name) for account in books.accounts.values()) == 64


def test_some_are_suspended_or_closed_and_some_of_the_closed_can_still_be_read(books: TwilioBooks) -> None:
    assert {(account.status, account.refusal) for account in books.accounts.values()} == {
        ("active", None),
        ("suspended", 401),
        ("closed", None),
        ("closed", 404),
    }


@pytest.mark.parametrize("month", [NOVEMBER, OCTOBER, JULY], ids=str)
def test_a_category_that_holds_others_costs_what_they_cost(books: TwilioBooks, month: date) -> None:
    for account in books.accounts.values():
        amounts = books.usage(account, month)
        for category in CATEGORIES if amounts else ():
            parts = [amounts[leaf.name].price for leaf in LEAVES if category.name in leaf.inside]
            assert amounts[category.name].price == sum(parts) or category.unit_price is not None or category.repeats


def test_the_total_is_a_bit_more_than_the_leaves_for_some(books: TwilioBooks) -> None:
    rest = []
    for account in books.accounts.values():
        amounts = books.usage(account, OCTOBER)
        rest.append(amounts[TOTAL].price - sum(amounts[leaf.name].price for leaf in LEAVES))

    assert min(rest) == 0
    assert 20 < sum(more > 0 for more in rest) < 60
    assert max(rest) < 9


def test_prices_have_five_decimals_and_more(books: TwilioBooks) -> None:
    assert max(-int(total.normalize().as_tuple().exponent) for total in books.truth(OCTOBER).values()) >= 5


def test_some_used_nothing_at_all(books: TwilioBooks) -> None:
    unused = [account for account in books.accounts.values() if not books.usage(account, OCTOBER)[TOTAL].price]

    assert len(unused) > 20


def test_there_is_no_usage_before_an_account_began_and_none_in_the_future(books: TwilioBooks) -> None:
    for account in books.accounts.values():
        assert bool(books.usage(account, JULY)) == (account.since <= JULY)
        assert books.usage(account, date(2026, 12, 1)) == {}


def test_the_truth_has_everyone_who_can_be_read_and_used_something(books: TwilioBooks) -> None:
    truth = books.truth(OCTOBER)

    assert all(books.accounts[sid].refusal is None and total > 0 for sid, total in truth.items())
    assert truth == {sid: total for sid, total in truth.items() if isinstance(total, Decimal)}


def test_the_same_seed_gives_the_same_and_another_one_does_not(data: DataSet) -> None:
    other = build(seed=2, clients=240, companies=240, today=date(2026, 11, 20))

    assert TwilioBooks(data).truth(OCTOBER) == TwilioBooks(data).truth(OCTOBER)
    assert TwilioBooks(data).truth(OCTOBER).keys().isdisjoint(TwilioBooks(other).truth(OCTOBER))
