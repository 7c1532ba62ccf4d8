"""Twilio's API: subaccounts, and what they used by month.

Source: https://www.twilio.com/docs/usage/api and Twilio's OpenAPI of 2010-04-01, read November 2026.
Auth:   Basic, on each call: Account SID and Auth Token, or an API key (a Main key: others may not read accounts).
Pages:  `PageSize` up to 1,000; `next_page_uri` has no host and is null on the last page. No number of rows is promised.
        Later pages need the token in that link, so that links are followed and never built.
Money:  texts with five decimals and more; `price_unit` in small letters.
Limits: calls at the same time are limited, not calls a minute: 429 with code 20429. One at a time is made here.
Quirks: usage categories hold each other, and `totalprice` holds all of them and more: `categories` says which ones are
        charged, and what the total has beyond them is a charge of its own. `count` can be null. The parent is in the
        list of accounts, and rows of accounts carry their `auth_token`. `IncludeSubaccounts` is true unless it is
        refused, and then does not work. A suspended account answers 401, with the code of wrong credentials (20003).
"""

from collections.abc import Mapping

from billingbot.connectors.http import Policy, Timing, Transport, Wire
from billingbot.connectors.kind import Connection, DistributorKind
from billingbot.connectors.twilio.account import FIELDS, SOURCE, TwilioAccount, account_of
from billingbot.connectors.twilio.connection import Twilio

__all__ = ["FIELDS", "KIND", "SOURCE", "Twilio", "TwilioAccount", "connect"]

# Far more than one call at a time can be.
POLICY = Policy(rate_calls=3000, rate_window=60)


def connect(
    credentials: Mapping[str, str],
    *,
    allowed_hosts: frozenset[str] = frozenset(),
    timing: Timing | None = None,
    hurried: bool = False,
) -> Connection:
    """Return a connection to Twilio, as `Connect` says."""
    account = account_of(credentials, allowed_hosts)
    policy = POLICY.hurried() if hurried else POLICY
    wire = Wire(policy, allowed_hosts)
    return Twilio(account, Transport(SOURCE, wire, policy, timing, secrets=[account.auth_token]))


_PUBLISHED = "Twilio counts what is used as it is used, and may correct a month in the first days of the next one."
KIND = DistributorKind("twilio", SOURCE, FIELDS, connect, _PUBLISHED)
