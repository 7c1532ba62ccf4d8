"""Twilio's charges: what subaccounts used of a month adds up to what Twilio bills, to the last decimal."""

import logging
from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from billingbot.connectors.twilio import Twilio
from billingbot.domain.charge import Charge, ChargeKind
from billingbot.domain.period import Period
from billingbot.errors import (
    RefreshStopped,
    UpstreamAuthError,
    UpstreamListUnstable,
    UpstreamRateLimited,
    UpstreamSchemaError,
    UpstreamUnavailable,
)
from billingbot.sandbox.dataset import build
from billingbot.sandbox.faults import Fault, FaultKind
from billingbot.sandbox.server import Sandbox
from billingbot.sandbox.twilio_books import TwilioBooks
from billingbot.sandbox.twilio_catalog import LEAVES, TOTAL
from billingbot.sandbox.twilio_rows import SECRET
from tests.contract.twilio_at_sandbox import connected_to
from tests.contract.twilio_stand_in import (
    ACCOUNTS,
    ONE,
    PARENT,
    TWO,
    Answer,
    account,
    accounts,
    answering,
    ignore,
    record,
    records,
    usage_path,
)

TODAY = date(2026, 11, 20)
LAST = Period(2026, 10)
OWN = f"/2010-04-01/Accounts/{PARENT}.json"


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    with Sandbox(build(seed=1, clients=240, companies=240, today=TODAY), rate_limit=None) as started:
        yield started


@pytest.fixture
def twilio(sandbox: Sandbox) -> Iterator[Twilio]:
    # Small pages, so that the total and its parts come on different ones.
    with connected_to(sandbox, page_size=40) as connected:
        yield connected
    sandbox.control.clear_faults()


@pytest.fixture
def books(sandbox: Sandbox) -> TwilioBooks:
    return TwilioBooks(sandbox.data)


def october(*rows: dict[str, Any], **account_changes: Any) -> dict[str, Answer]:
    """Return answers with these usage records of account ONE in the last month."""
    return {
        ACCOUNTS: accounts(account(PARENT), account(ONE, **account_changes)),
        usage_path(ONE, "LastMonth"): records(*rows),
        OWN: account(PARENT),
    }


def charged(*rows: dict[str, Any]) -> list[Charge]:
    with answering(october(*rows)) as (twilio, _):
        return list(twilio.charges(LAST, TODAY, ignore).charges)


@pytest.mark.parametrize("period", [Period(2026, 11), LAST, Period(2026, 7)], ids=str)
def test_the_charges_of_each_subaccount_are_its_total(twilio: Twilio, books: TwilioBooks, period: Period) -> None:
    statement = twilio.charges(period, TODAY, ignore)

    sums: defaultdict[str, list[Decimal]] = defaultdict(lambda: [Decimal(0)] * 4)
    for charge in statement.charges:
        amounts = (charge.cost, charge.price, charge.tax, charge.fee)
        sums[charge.company_id] = [old + new for old, new in zip(sums[charge.company_id], amounts, strict=True)]
    nothing = Decimal(0)
    truth = books.truth(period.first)
    assert {sid: found for sid, found in sums.items() if any(found)} == {
        sid: [total, total, nothing, nothing] for sid, total in truth.items()
    }
    assert len(truth) > 150
    assert {charge.currency for charge in statement.charges} == {"USD"}
    assert (statement.period, statement.final) == (period, period != Period(2026, 11))


def test_each_leaf_that_was_used_is_charged_and_what_is_in_no_category_is_other_usage(
    twilio: Twilio, books: TwilioBooks
) -> None:
    charges = {charge.charge_id: charge for charge in twilio.charges(LAST, TODAY, ignore).charges}

    expected: dict[str, tuple[str, Decimal, Decimal]] = {}
    for sid, known in books.accounts.items():
        if known.refusal is not None:
            continue
        amounts = books.usage(known, LAST.first)
        used = {leaf.name: amounts[leaf.name] for leaf in LEAVES if amounts[leaf.name].usage}
        expected |= {f"{sid}/{name}/{LAST}": (name, found.usage, found.price) for name, found in used.items()}
        unlisted = amounts[TOTAL].price - sum((found.price for found in used.values()), Decimal(0))
        if unlisted:
            expected[f"{sid}/{TOTAL}/{LAST}"] = ("", Decimal(1), unlisted)
    assert {key: (charge.sku, charge.quantity, charge.cost) for key, charge in charges.items()} == expected
    assert list(charges) == sorted(expected)


def test_whoever_is_refused_is_named_in_the_remarks(twilio: Twilio, books: TwilioBooks) -> None:
    remarks = twilio.charges(LAST, TODAY, ignore).remarks

    refused = {sid: known for sid, known in books.accounts.items() if known.refusal}
    assert {known.refusal for known in refused.values()} == {401, 404}
    assert list(remarks) == [
        f"{refused[sid].name} ({sid}, {refused[sid].status}): Twilio does not tell what it used "
        f"({refused[sid].refusal}), so that its usage of 2026-10 is not among the charges."
        for sid in sorted(refused)
    ]


def test_progress_counts_subaccounts(twilio: Twilio) -> None:
    heard: list[tuple[int, int]] = []

    twilio.charges(LAST, TODAY, lambda done, total: heard.append((done, total)))

    assert [step for step in heard if step[1]] == [(done, 240) for done in range(1, 241)]


def test_whoever_hears_of_it_can_stop_it_at_once(twilio: Twilio, sandbox: Sandbox) -> None:
    before = sandbox.control.requests("")

    def stop(done: int, total: int) -> None:
        raise RefreshStopped(f"{done}/{total}")

    with pytest.raises(RefreshStopped, match="0/0"):
        twilio.charges(LAST, TODAY, stop)
    assert sandbox.control.requests("") == before


def test_secrets_stay_outside(twilio: Twilio, sandbox: Sandbox, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)

    shown = repr(twilio.charges(LAST, TODAY, ignore)) + "".join(record.getMessage() for record in caplog.records)

    assert SECRET not in shown
    assert sandbox.credentials.twilio_auth_token not in shown


@pytest.mark.parametrize(
    ("period", "resource", "params"),
    [
        (Period(2026, 11), "ThisMonth", {}),
        (Period(2026, 10), "LastMonth", {}),
        (Period(2026, 2), "Monthly", {"StartDate": ["2026-02-01"], "EndDate": ["2026-02-28"]}),
        (Period(2025, 11), "Monthly", {"StartDate": ["2025-11-01"], "EndDate": ["2025-11-30"]}),
    ],
    ids=str,
)
def test_a_period_is_asked_for_where_twilio_has_it_and_without_other_accounts(
    period: Period, resource: str, params: dict[str, list[str]]
) -> None:
    path = usage_path(ONE, resource)

    with answering({ACCOUNTS: accounts(account(ONE)), path: records()}) as (twilio, server):
        assert twilio.charges(period, TODAY, ignore).charges == []

        asked = urlsplit(server.hits[-1].target)
    assert asked.path == path
    assert parse_qs(asked.query) == {"IncludeSubaccounts": ["false"], "PageSize": ["1000"], **params}


@pytest.mark.parametrize(("day", "final"), [(1, False), (3, False), (4, True)])
def test_a_month_is_final_when_twilio_has_had_time_to_correct_it(day: int, final: bool) -> None:
    with answering(october()) as (twilio, _):
        assert twilio.charges(LAST, date(2026, 11, day), ignore).final is final


def test_a_charge_says_what_the_record_says() -> None:
    row = record("calls-inbound-local", "3.52005", "414.5", count=None, description="Inbound Local Calls")

    [charge] = charged(row, record("totalprice", "3.52005"))

    assert charge == Charge(
        charge_id=f"{ONE}/calls-inbound-local/2026-10",
        company_id=ONE,
        company="Acme",
        kind=ChargeKind.USAGE,
        term="",
        azure="",
        product="Inbound Local Calls",
        sku="calls-inbound-local",
        description="",
        subscription_id="",
        quantity=Decimal("414.5"),
        unit="minutes",
        unit_cost=None,
        unit_price=None,
        cost=Decimal("3.52005"),
        price=Decimal("3.52005"),
        tax=Decimal(0),
        fee=Decimal(0),
        currency="USD",
        start=date(2026, 10, 1),
        end=date(2026, 10, 31),
        raw=row,
    )


def test_what_was_counted_is_in_the_description() -> None:
    [charge] = charged(record("mms", "1", count="12", count_unit="messages"), record("totalprice", "1"))

    assert charge.description == "12 messages"


@pytest.mark.parametrize(("total", "rest"), [("10.00001", "0.50001"), ("9", "-0.5")])
def test_the_difference_to_the_total_is_a_charge_of_its_own(total: str, rest: str) -> None:
    total_row = record("totalprice", total, total, count=None, usage_unit="usd")

    charges = charged(total_row, record("sms", "4.5"), record("mms", "5"))

    [other] = [charge for charge in charges if charge.product == "Other usage"]
    assert (other.cost, other.price, other.quantity, other.unit) == (Decimal(rest), Decimal(rest), Decimal(1), "")
    assert other.description == f"The total of {total} USD, less the categories that are listed."
    assert (other.charge_id, other.raw) == (f"{ONE}/totalprice/2026-10", total_row)
    assert sum(charge.cost for charge in charges) == Decimal(total)


def test_what_was_not_used_is_left_out() -> None:
    free = record("channels-whatsapp-service", "0", "12")
    charges = charged(record("totalprice", "0"), record("sms", "0", "0"), record("mms", "0.00000", "0.0"), free)

    assert [(charge.sku, charge.cost, charge.quantity) for charge in charges] == [
        ("channels-whatsapp-service", Decimal(0), Decimal(12))
    ]


def test_a_subaccount_without_records_has_no_charges() -> None:
    assert charged() == []


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"account_sid": TWO}, f" is of another account than {ONE}."),
        ({"start_date": "2026-09-30"}, ": 'start_date' does not lie in 2026-10."),
        ({"end_date": "2026-11-01"}, ": 'end_date' does not lie in 2026-10."),
        ({"end_date": None}, ": 'end_date' does not lie in 2026-10."),
        ({"price": "3,52"}, ": 'price' is not a number."),
        ({"price": None}, " has null for 'price'."),
        ({"usage": ""}, ": 'usage' is not a number."),
        ({"price_unit": None}, " has null for 'price_unit'."),
    ],
)
def test_a_record_that_cannot_be_right_is_refused(changes: dict[str, Any], sentence: str) -> None:
    with pytest.raises(UpstreamSchemaError) as caught:
        charged(record("totalprice", "1"), record("sms", "1") | changes)

    assert str(caught.value) == f"Twilio: /Accounts/{ONE}/Usage/Records/LastMonth page 1, row sms{sentence}"


@pytest.mark.parametrize("key", ["account_sid", "category", "price", "usage", "price_unit"])
def test_a_record_that_lacks_a_key_is_refused_and_says_which(key: str) -> None:
    row = {name: value for name, value in record("sms", "1").items() if name != key}

    with pytest.raises(UpstreamSchemaError, match=f"lacks '{key}'"):
        charged(record("totalprice", "1"), row)


def test_records_without_a_total_are_refused() -> None:
    with pytest.raises(UpstreamSchemaError, match=f"the usage of {ONE} lacks the category 'totalprice'"):
        charged(record("sms", "1"))


@pytest.mark.parametrize(
    ("total", "part", "sentence"),
    [("usd", "eur", f"the usage of {ONE} is in EUR, its total in USD"), ("", "", f"the usage of {ONE} is in no curr")],
)
def test_records_without_one_currency_are_refused(total: str, part: str, sentence: str) -> None:
    with pytest.raises(UpstreamSchemaError, match=sentence):
        charged(record("totalprice", "2", price_unit=total), record("sms", "1", price_unit=part))


def test_a_category_that_comes_twice_is_refused() -> None:
    with pytest.raises(UpstreamListUnstable, match="page 1 brings row sms again"):
        charged(record("totalprice", "2"), record("sms", "1"), record("sms", "1"))


@pytest.mark.parametrize(
    ("status", "account_status"), [(401, "suspended"), (401, "active"), (404, "closed"), (403, "suspended")]
)
def test_one_subaccount_that_is_refused_does_not_fail_the_others(status: int, account_status: str) -> None:
    answers = october(record("totalprice", "1")) | {
        ACCOUNTS: accounts(account(TWO, "Gone & Co", status=account_status), account(ONE)),
        usage_path(TWO, "LastMonth"): (status, {"code": 20003, "message": "Authenticate"}),
    }

    with answering(answers) as (twilio, _):
        statement = twilio.charges(LAST, TODAY, ignore)

    assert [charge.company_id for charge in statement.charges] == [ONE]
    [remark] = statement.remarks
    assert remark.startswith(f"Gone & Co ({TWO}, {account_status}): ")
    assert f"({status})" in remark


def test_credentials_that_are_refused_meanwhile_do_not_pass_for_suspended_subaccounts() -> None:
    refused = (401, {"code": 20003, "message": "Authenticate"})
    answers = october() | {usage_path(ONE, "LastMonth"): refused, OWN: refused}

    with answering(answers) as (twilio, _), pytest.raises(UpstreamAuthError, match=r"refused with 401 \(Authent"):
        twilio.charges(LAST, TODAY, ignore)


def test_a_missing_permission_fails_all() -> None:
    answers = october() | {usage_path(ONE, "LastMonth"): (403, {"code": 20003, "message": "Permission Denied"})}

    with answering(answers) as (twilio, _), pytest.raises(UpstreamAuthError, match="answered 403"):
        twilio.charges(LAST, TODAY, ignore)


def test_a_parent_that_is_refused_fails_all(twilio: Twilio, sandbox: Sandbox) -> None:
    sandbox.control.fault(Fault(FaultKind.UNAUTHORIZED, f"/twilio{ACCOUNTS}"))

    with pytest.raises(UpstreamAuthError):
        twilio.charges(LAST, TODAY, ignore)


def test_a_service_that_is_down_fails_all(twilio: Twilio, sandbox: Sandbox, books: TwilioBooks) -> None:
    sandbox.control.fault(Fault(FaultKind.SERVER_ERROR, f"/twilio{usage_path(min(books.accounts), 'LastMonth')}"))

    with pytest.raises(UpstreamUnavailable):
        twilio.charges(LAST, TODAY, ignore)


def test_too_many_calls_at_once_are_waited_for(twilio: Twilio, sandbox: Sandbox, books: TwilioBooks) -> None:
    path = f"/twilio{usage_path(min(books.accounts), 'LastMonth')}"
    sandbox.control.fault(Fault(FaultKind.RATE_LIMITED, path, times=3))

    assert len(twilio.charges(LAST, TODAY, ignore).charges) > 900


def test_a_rate_limit_without_end_is_given_up() -> None:
    answers = october() | {usage_path(ONE, "LastMonth"): (429, {"code": 20429, "message": "Too Many Requests"})}

    with answering(answers) as (twilio, _), pytest.raises(UpstreamRateLimited):
        twilio.charges(LAST, TODAY, ignore)
