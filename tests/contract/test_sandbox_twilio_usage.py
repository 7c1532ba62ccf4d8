"""What the sandbox promises of Twilio's usage records: keys, texts for numbers, months, refusals."""

from collections.abc import Iterator
from decimal import Decimal

import pytest

from billingbot.sandbox.twilio_books import Account, TwilioBooks
from billingbot.sandbox.twilio_catalog import CATEGORIES
from tests.contract.sandbox_caller import ALWAYS, Contract, calling_unlimited, deviations
from tests.contract.twilio_caller import TwilioCaller

RECORD: Contract = {
    "account_sid": str,
    "api_version": str,
    "as_of": str,
    "category": str,
    "count": str | None,
    "count_unit": str,
    "description": str,
    "end_date": str,
    "price": str,
    "price_unit": str,
    "start_date": str,
    "subresource_uris": dict,
    "uri": str,
    "usage": str,
    "usage_unit": str,
}


@pytest.fixture(scope="module")
def twilio() -> Iterator[TwilioCaller]:
    with calling_unlimited(60, 240) as caller:
        yield TwilioCaller(caller.sandbox, caller.http)


@pytest.fixture(scope="module")
def accounts(twilio: TwilioCaller) -> list[Account]:
    return list(TwilioBooks(twilio.sandbox.data).accounts.values())


@pytest.fixture(scope="module")
def old(accounts: list[Account]) -> Account:
    """Return an active account of several years that used something."""
    return next(account for account in accounts if account.number % 40 == 31 and account.refusal is None)


def test_every_record_has_the_documented_keys(twilio: TwilioCaller, accounts: list[Account]) -> None:
    rows = [row for account in accounts if not account.refusal for row in twilio.usage(account.sid, "LastMonth")]

    assert deviations(rows, RECORD, ALWAYS) == set()
    assert {row["price_unit"] for row in rows} == {"usd"}
    assert any(row["price"] == "0" for row in rows)
    assert max(len(row["price"].partition(".")[2]) for row in rows) >= 5


def test_each_category_is_listed_once_and_the_total_too(twilio: TwilioCaller, old: Account) -> None:
    rows = twilio.usage(old.sid, "LastMonth", PageSize="7")

    assert [row["category"] for row in rows] == ["totalprice", *(category.name for category in CATEGORIES)]
    assert {row["account_sid"] for row in rows} == {old.sid}


def test_categories_hold_each_other(twilio: TwilioCaller, accounts: list[Account]) -> None:
    total, everything = Decimal(0), Decimal(0)
    for account in accounts[:60]:
        for row in [] if account.refusal else twilio.usage(account.sid, "LastMonth"):
            if row["category"] == "totalprice":
                total += Decimal(row["price"])
            else:
                everything += Decimal(row["price"])

    assert everything > total * Decimal("1.3")


def test_the_total_is_not_counted(twilio: TwilioCaller, old: Account) -> None:
    [row] = twilio.usage(old.sid, "LastMonth", Category="totalprice")

    assert (row["count"], row["count_unit"], row["usage_unit"]) == (None, "", "usd")
    assert row["usage"] == row["price"]


@pytest.mark.parametrize(
    ("resource", "start", "end"),
    [("ThisMonth", "2026-11-01", "2026-11-20"), ("LastMonth", "2026-10-01", "2026-10-31")],
)
def test_a_month_is_read_by_its_name(twilio: TwilioCaller, old: Account, resource: str, start: str, end: str) -> None:
    rows = twilio.usage(old.sid, resource)

    assert {(row["start_date"], row["end_date"]) for row in rows} == {(start, end)}


def test_months_are_read_by_their_dates_the_newest_first(twilio: TwilioCaller, old: Account) -> None:
    rows = twilio.usage(old.sid, "Monthly", StartDate="2026-08-01", EndDate="2026-10-31", Category="totalprice")

    assert [row["start_date"] for row in rows] == ["2026-10-01", "2026-09-01", "2026-08-01"]
    assert rows[:1] == [
        row | {"uri": rows[0]["uri"]} for row in twilio.usage(old.sid, "LastMonth", Category="totalprice")
    ]


def test_there_are_no_records_before_an_account_began(twilio: TwilioCaller, accounts: list[Account]) -> None:
    young = next(account for account in accounts if account.number % 40 == 0 and account.refusal is None)

    assert young.since.isoformat() == "2026-10-01"
    assert twilio.usage(young.sid, "Monthly", StartDate="2026-09-01", EndDate="2026-09-30") == []


def test_a_date_that_is_none_is_refused(twilio: TwilioCaller, old: Account) -> None:
    answer = twilio.get(f"/Accounts/{old.sid}/Usage/Records/Monthly.json", StartDate="October")

    assert (answer.status_code, answer.json()["message"]) == (400, "StartDate must be YYYY-MM-DD")


def test_suspended_and_long_closed_accounts_are_refused(twilio: TwilioCaller, accounts: list[Account]) -> None:
    refusals = {}
    for account in accounts:
        answer = twilio.get(f"/Accounts/{account.sid}/Usage/Records/ThisMonth.json")
        if answer.status_code != 200:
            refusals[account.status, answer.status_code] = answer.json()["code"]

    assert refusals == {("suspended", 401): 20003, ("closed", 404): 20404}


@pytest.mark.parametrize("resource", ["Daily", "AllTime", "Yesterday"])
def test_a_parent_may_not_read_everything(twilio: TwilioCaller, old: Account, resource: str) -> None:
    assert twilio.get(f"/Accounts/{old.sid}/Usage/Records/{resource}.json").status_code == 404
