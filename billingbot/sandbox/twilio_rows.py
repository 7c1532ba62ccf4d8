"""Rows as Twilio writes them: numbers in quotes, currencies in small letters, links without a host."""

from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from email.utils import format_datetime
from random import Random

from billingbot.sandbox.twilio_books import Account, Amounts
from billingbot.sandbox.twilio_catalog import TOTAL, Category
from billingbot.sandbox.wire import Row

VERSION = "2010-04-01"
SECRET = "sandbox-twilio-row-secret-"  # noqa: S105 - every secret in a row starts so, for tests that look for leaks
_SUBRESOURCES = ("all_time", "daily", "last_month", "monthly", "this_month", "today", "yearly", "yesterday")


def account_row(parent_sid: str, account: Account) -> Row:
    """Return an account; the parent is its own. As at Twilio, its secret is in it."""
    random = Random(f"{account.sid}/account")  # noqa: S311 - lifelike, not secret
    created = datetime.combine(account.since, time(random.randrange(24), random.randrange(60)), UTC)
    uri = f"/{VERSION}/Accounts/{account.sid}"
    return {
        "sid": account.sid,
        "owner_account_sid": parent_sid,
        "friendly_name": account.name,
        "status": account.status,
        "type": "Full",
        "auth_token": f"{SECRET}{random.getrandbits(128):032x}",
        "date_created": format_datetime(created),
        "date_updated": format_datetime(created + timedelta(days=random.randrange(60))),
        "subresource_uris": {"messages": f"{uri}/Messages.json", "usage": f"{uri}/Usage.json"},
        "uri": f"{uri}.json",
    }


def usage_row(account: Account, resource: str, category: Category | None, amounts: Amounts, days: list[date]) -> Row:
    """Return a usage record.

    Args:
        account: whose.
        resource: the last part of the path, such as `LastMonth`.
        category: which, or None for the total.
        amounts: of the period.
        days: first and last of the period.
    """
    start, end = (day.isoformat() for day in days)
    name = category.name if category else TOTAL
    path = f"/{VERSION}/Accounts/{account.sid}/Usage/Records"
    links = {key: f"{path}/{key.title().replace('_', '')}.json?Category={name}" for key in _SUBRESOURCES}
    counted = category is not None and category.count_unit != ""
    return {
        "account_sid": account.sid,
        "api_version": VERSION,
        "as_of": f"{end}T23:10:05+00:00",
        "category": name,
        "count": str(amounts.count) if counted else None,
        "count_unit": category.count_unit if category else "",
        "description": category.description if category else "Total Price",
        "end_date": end,
        "price": _text(amounts.price),
        "price_unit": "usd",
        "start_date": start,
        "subresource_uris": links,
        "uri": f"{path}/{resource}.json?Category={name}&StartDate={start}&EndDate={end}",
        "usage": _text(amounts.usage),
        "usage_unit": category.usage_unit if category else "usd",
    }


def _text(number: Decimal) -> str:
    """Return a number as Twilio writes it: without zeros at the end.

    >>> _text(Decimal("12.30")), _text(Decimal("1E+2")), _text(Decimal("0.00000"))
    ('12.3', '100', '0')
    """
    return f"{number.normalize():f}"
