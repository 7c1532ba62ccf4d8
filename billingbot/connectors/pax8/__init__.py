"""Pax8's Partner API: companies, and what Pax8 charges.

Source: https://devx.pax8.com (OpenAPI of the partner endpoints and of authentication), read November 2026.
Auth:   client credentials as JSON, with an audience; a token is good for a day.
Pages:  `page` from 0, `size` up to 200. `page.totalElements` counts all rows. `content` is missing when there are none.
Money:  major units, as JSON numbers. Of an item, `costTotal` is what the MSP pays and `total` what the client pays.
Limits: 1,000 calls a minute are documented for usage; the same is assumed here.
Quirks: the order by id cannot be asked for; names are the nearest. Of a company, only id and name are certain to come.
        Deleted companies are listed among the others. An invoice is the partner's: its items name the company. One that
        was wrong stays in the list as Credited, beside another that takes its place. Items need not have an id. The end
        of a period is its last day, or the day after. Drafts lack usage in arrears; usage summaries have no date.
"""

from collections.abc import Mapping

from billingbot.connectors.http import Policy, Timing, Transport, Wire
from billingbot.connectors.kind import Connection, DistributorKind
from billingbot.connectors.pax8.account import FIELDS, SOURCE, Pax8Account, account_of
from billingbot.connectors.pax8.partner import Pax8

__all__ = ["FIELDS", "KIND", "POLICY", "SOURCE", "Pax8", "Pax8Account", "connect"]

POLICY = Policy(rate_calls=1000, rate_window=60)


def connect(
    credentials: Mapping[str, str],
    *,
    allowed_hosts: frozenset[str] = frozenset(),
    timing: Timing | None = None,
    hurried: bool = False,
) -> Connection:
    """Return a connection to Pax8, as `Connect` says."""
    account = account_of(credentials, allowed_hosts)
    policy = POLICY.hurried() if hurried else POLICY
    transport = Transport(SOURCE, Wire(policy, allowed_hosts), policy, timing, secrets=[account.client_secret])
    return Pax8(account, transport)


_PUBLISHED = "Pax8 publishes its invoices on the 5th of the following month."
KIND = DistributorKind("pax8", SOURCE, FIELDS, connect, _PUBLISHED)
