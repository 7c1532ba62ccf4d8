"""Twilio, recorded: a page leads to the next; rows carry secrets; categories hold each other."""

from datetime import date
from decimal import Decimal

from billingbot.domain.charge import ChargeKind
from billingbot.domain.party import Company
from billingbot.domain.period import Period
from tests.contract.recorded.conversation import CANARY, Answered, Line, Recorded

_PARENT, _ONE, _TWO = (f"AC{digit * 32}" for digit in "012")
_ACCOUNTS = "/2010-04-01/Accounts.json"


def _account(sid: str, name: str) -> dict[str, object]:
    secret = f"{CANARY}of-a-row"
    row = {"sid": sid, "owner_account_sid": _PARENT, "friendly_name": name, "status": "active"}
    return {**row, "auth_token": secret}


def _usage(sid: str) -> str:
    return f"/2010-04-01/Accounts/{sid}/Usage/Records/LastMonth.json"


def _record(sid: str, category: str, price: str) -> dict[str, object]:
    return {
        "account_sid": sid,
        "category": category,
        "description": category,
        "count": "2",
        "count_unit": "calls",
        "usage": "1.5",
        "usage_unit": "minutes",
        "price": price,
        "price_unit": "usd",
        "start_date": "2026-10-01",
        "end_date": "2026-10-31",
    }


def _line(sid: str, category: str, quantity: str, cost: str) -> Line:
    money, zero = Decimal(cost), Decimal(0)
    days = date(2026, 10, 1), date(2026, 10, 31)
    name = f"{sid}/{category}/2026-10"
    return Line(name, sid, ChargeKind.USAGE, Decimal(quantity), money, money, zero, zero, "USD", *days)


_CALLS = ("totalprice", "3.00001"), ("calls", "2.5"), ("calls-inbound", "1.25"), ("calls-outbound", "1.25")

RECORDED = Recorded(
    key="twilio",
    credentials={"account_sid": _PARENT, "auth_token": f"{CANARY}auth-token", "base_url": "{url}"},
    answers=(
        Answered("GET", f"/2010-04-01/Accounts/{_PARENT}.json", {"sid": _PARENT}),
        Answered("GET", _ACCOUNTS, {"accounts": [_account(_TWO, "Bolt")], "next_page_uri": None}, {"Page": "1"}),
        Answered(
            "GET",
            _ACCOUNTS,
            {
                "accounts": [_account(_ONE, "Acme"), _account(_PARENT, "The parent")],
                "next_page_uri": f"{_ACCOUNTS}?Page=1&PageToken=t",
            },
        ),
        Answered(
            "GET", _usage(_ONE), {"usage_records": [_record(_ONE, *one) for one in _CALLS], "next_page_uri": None}
        ),
        Answered(
            "GET", _usage(_TWO), {"usage_records": [_record(_TWO, "totalprice", "0.00000")], "next_page_uri": None}
        ),
    ),
    check=("GET", f"/2010-04-01/Accounts/{_PARENT}.json"),
    listed=("GET", _ACCOUNTS),
    optional=frozenset("auth_token description count count_unit usage_unit".split()),
    companies=(Company(_ONE, "Acme"), Company(_TWO, "Bolt")),
    period=Period(2026, 10),
    charges=(
        _line(_ONE, "calls-inbound", "1.5", "1.25"),
        _line(_ONE, "calls-outbound", "1.5", "1.25"),
        _line(_ONE, "totalprice", "1", "0.50001"),
    ),
    calls_a_minute=None,
)
